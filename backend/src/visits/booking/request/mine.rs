//! What she has asked for, and what became of it: hers alone.

use domain::{
    access::Person,
    kernel::{CivilDate, Clock, Id, Instant, Public, Reference},
    visits::booking::{
        Booking, StaffReason,
        request::{RequestEnd, RequestState, VisitRequest},
    },
};

use super::super::{
    Inmate,
    draft::{PartyMember, member},
    facts::wall,
};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    rules::Rules,
    visits::sessions::rows::date,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyRequest {
    pub public: Public<VisitRequest>,
    pub reference: Reference,
    pub inmate: Public<Inmate>,
    pub inmate_name: String,
    pub unit_name: String,
    pub unit_phone: String,
    pub room: String,
    pub date: CivilDate,
    pub start: Clock,
    pub end: Clock,
    pub asked_at: Instant,
    pub expires_at: Instant,
    /// What became of it, and when.
    pub ended: Option<(RequestEnd, Instant)>,
    /// The visit that it became.
    pub booking: Option<Public<Booking>>,
}

/// With those who come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestView {
    pub request: MyRequest,
    /// Of a no for security: what it rests on.
    pub legal_basis: Option<String>,
    pub people: Vec<PartyMember>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    public_id: String,
    reference: String,
    inmate_public: String,
    inmate_name: String,
    unit_name: String,
    unit_phone: String,
    room: String,
    date: String,
    start_minute: i64,
    end_minute: i64,
    asked_at: i64,
    expires_at: i64,
    state: String,
    reason: Option<String>,
    decided_at: Option<i64>,
    booking: Option<String>,
}

fn public<T>(stored: &str) -> Result<Public<T>> {
    Public::parse(stored).ok_or(Error::Broken("public id"))
}

/// What became of one.
pub(super) fn ended(
    state: &str,
    reason: Option<&str>,
    at: Option<i64>,
) -> Result<Option<(RequestEnd, Instant)>> {
    let state = RequestState::parse(state).ok_or(Error::Broken("the state of a request"))?;
    Ok(RequestEnd::stored(state, reason).zip(at.map(Instant)))
}

impl Row {
    fn request(self) -> Result<MyRequest> {
        Ok(MyRequest {
            public: public(&self.public_id)?,
            reference: Reference::parse(&self.reference).ok_or(Error::Broken("reference"))?,
            inmate: public(&self.inmate_public)?,
            inmate_name: self.inmate_name,
            unit_name: self.unit_name,
            unit_phone: self.unit_phone,
            room: self.room,
            date: date(&self.date)?,
            start: wall(self.start_minute)?,
            end: wall(self.end_minute)?,
            asked_at: Instant(self.asked_at),
            expires_at: Instant(self.expires_at),
            ended: ended(&self.state, self.reason.as_deref(), self.decided_at)?,
            booking: self.booking.as_deref().map(public).transpose()?,
        })
    }
}

/// What waits for an answer, and until its day what was not answered with a yes.
pub async fn requests(ctx: &Ctx, who: &Citizen) -> Result<Vec<MyRequest>> {
    let rows: Vec<Row> = ctx.db.all(MINE, args![&who.person, ctx.now().date()]).await?;
    rows.into_iter().map(Row::request).collect()
}

pub async fn request(ctx: &Ctx, who: &Citizen, of: &Public<VisitRequest>) -> Result<Option<RequestView>> {
    let Some(row): Option<Row> = ctx.db.optional(ONE, args![of, &who.person]).await? else {
        return Ok(None);
    };
    let people = people(ctx, &row.id, &who.person).await?;
    let request = row.request()?;
    let legal_basis = match request.ended {
        Some((RequestEnd::Rejected(StaffReason::Risk), at)) => {
            Some(Rules::on(&ctx.db, at.date()).await?.text("clearance.legal_basis")?.to_owned())
        }
        _ => None,
    };
    Ok(Some(RequestView { request, legal_basis, people }))
}

pub(super) async fn people(ctx: &Ctx, request: &str, who: &Id<Person>) -> Result<Vec<PartyMember>> {
    let people: Vec<(String, String, String, Option<String>, i64)> =
        ctx.db.all(PEOPLE, args![request]).await?;
    let mut people = people.into_iter().map(|p| member(p, who)).collect::<Result<Vec<_>>>()?;
    people.sort_by_key(|p| (!p.own, p.child, p.born, p.name.clone()));
    Ok(people)
}

macro_rules! mine {
    ($which:literal) => {
        concat!(
            "SELECT q.id, q.public_id, q.reference, i.public_id AS inmate_public, i.name AS inmate_name, u.name AS unit_name, ",
            "u.phone AS unit_phone, s.room, q.date, s.start_minute, s.end_minute, q.asked_at, q.expires_at, q.state, q.reason, ",
            "q.decided_at, (SELECT b.public_id FROM booking b WHERE b.draft_id = q.id) AS booking FROM visit_request q ",
            "JOIN inmate i ON i.id = q.inmate_id JOIN unit u ON u.id = q.unit_id JOIN visit_session s ON s.id = q.session_id ",
            $which
        )
    };
}

pub const MINE: &str = mine!(
    "WHERE q.person_id = $1 AND (q.state = 'open' OR (q.state IN ('rejected', 'lapsed') AND q.date >= $2)) \
     ORDER BY q.asked_at DESC, q.id DESC"
);
pub const ONE: &str = mine!("WHERE q.public_id = $1 AND q.person_id = $2");
pub const PEOPLE: &str = "SELECT p.id, p.public_id, p.name, p.birth_date, d.child FROM visit_request_party d \
    JOIN person p ON p.id = d.person_id WHERE d.request_id = $1";
