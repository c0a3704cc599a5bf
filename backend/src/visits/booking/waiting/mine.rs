//! What she waits for, and what she is offered: hers alone.

use domain::{
    access::Person,
    kernel::{CivilDate, Clock, Id, Instant, Public},
    visits::booking::{
        Booking,
        waiting::{OfferState, Offered, Period, Wait, WaitEnd},
    },
};

use super::{
    super::{
        Inmate,
        draft::{PartyMember, member},
        facts::wall,
    },
    rows::period,
};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    visits::sessions::rows::date,
};

/// One wait as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyWait {
    pub public: Public<Wait>,
    pub inmate: Public<Inmate>,
    pub inmate_name: String,
    pub unit_name: String,
    pub unit_phone: String,
    pub period: Period,
    pub since: Instant,
    pub ended: Option<(WaitEnd, Instant)>,
    /// What she can answer now.
    pub offer: Option<MyOffer>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyOffer {
    pub public: Public<Offered>,
    pub state: OfferState,
    pub date: CivilDate,
    pub start: Clock,
    pub end: Clock,
    pub room: String,
    pub answer_by: Instant,
    /// What it became.
    pub booking: Option<Public<Booking>>,
}

impl MyOffer {
    /// It can be answered.
    pub fn stands(&self, now: Instant) -> bool {
        self.state == OfferState::Open && now < self.answer_by
    }
}

/// A wait with those who come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitView {
    pub wait: MyWait,
    pub people: Vec<PartyMember>,
}

/// An offer with what she waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferView {
    pub offer: MyOffer,
    pub of: WaitView,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    public_id: String,
    inmate_public: String,
    inmate_name: String,
    unit_name: String,
    unit_phone: String,
    first_day: String,
    last_day: String,
    suits: String,
    created_at: i64,
    ended_at: Option<i64>,
    end_reason: Option<String>,
}

#[derive(sqlx::FromRow)]
struct OfferRow {
    public_id: String,
    state: String,
    date: String,
    start_minute: i64,
    end_minute: i64,
    room: String,
    answer_by: i64,
    booking: Option<String>,
}

impl OfferRow {
    fn offer(self) -> Result<MyOffer> {
        Ok(MyOffer {
            public: Public::parse(&self.public_id).ok_or(Error::Broken("public id"))?,
            state: OfferState::parse(&self.state).ok_or(Error::Broken("the state of an offer"))?,
            date: date(&self.date)?,
            start: wall(self.start_minute)?,
            end: wall(self.end_minute)?,
            room: self.room,
            answer_by: Instant(self.answer_by),
            booking: self
                .booking
                .map(|public| Public::parse(&public).ok_or(Error::Broken("public id")))
                .transpose()?,
        })
    }
}

impl Row {
    async fn wait(&self, ctx: &Ctx) -> Result<MyWait> {
        let ended = match (self.ended_at, &self.end_reason) {
            (Some(at), Some(why)) => {
                Some((WaitEnd::parse(why).ok_or(Error::Broken("the end of a wait"))?, Instant(at)))
            }
            _ => None,
        };
        let offer: Option<OfferRow> = ctx.db.optional(STANDING, args![&self.id, ctx.now()]).await?;
        Ok(MyWait {
            public: Public::parse(&self.public_id).ok_or(Error::Broken("public id"))?,
            inmate: Public::parse(&self.inmate_public).ok_or(Error::Broken("public id"))?,
            inmate_name: self.inmate_name.clone(),
            unit_name: self.unit_name.clone(),
            unit_phone: self.unit_phone.clone(),
            period: period(&self.first_day, &self.last_day, &self.suits)?,
            since: Instant(self.created_at),
            ended,
            offer: offer.map(OfferRow::offer).transpose()?,
        })
    }

    async fn view(&self, ctx: &Ctx, who: &Id<Person>) -> Result<WaitView> {
        let people: Vec<(String, String, String, Option<String>, i64)> =
            ctx.db.all(PEOPLE, args![&self.id]).await?;
        let mut people = people.into_iter().map(|p| member(p, who)).collect::<Result<Vec<_>>>()?;
        people.sort_by_key(|p| (!p.own, p.child, p.born, p.name.clone()));
        Ok(WaitView { wait: self.wait(ctx).await?, people })
    }
}

/// What she waits for now, the oldest first.
pub async fn waits(ctx: &Ctx, who: &Citizen) -> Result<Vec<MyWait>> {
    let rows: Vec<Row> = ctx.db.all(OPEN, args![&who.person, ctx.now().date()]).await?;
    let mut all = Vec::new();
    for row in rows {
        all.push(row.wait(ctx).await?);
    }
    Ok(all)
}

pub async fn wait(ctx: &Ctx, who: &Citizen, public: &Public<Wait>) -> Result<Option<WaitView>> {
    let row: Option<Row> = ctx.db.optional(ONE, args![public, &who.person]).await?;
    match row {
        Some(row) => row.view(ctx, &who.person).await.map(Some),
        None => Ok(None),
    }
}

pub async fn offer(ctx: &Ctx, who: &Citizen, public: &Public<Offered>) -> Result<Option<OfferView>> {
    let row: Option<Row> = ctx.db.optional(OF_OFFER, args![public, &who.person]).await?;
    let Some(row) = row else { return Ok(None) };
    let offer: OfferRow = ctx.db.one(OFFER, args![public]).await?;
    Ok(Some(OfferView { offer: offer.offer()?, of: row.view(ctx, &who.person).await? }))
}

pub const OPEN: &str = "SELECT w.id, w.public_id, i.public_id AS inmate_public, i.name AS inmate_name, u.name AS unit_name, \
    u.phone AS unit_phone, w.first_day, w.last_day, w.suits, w.created_at, w.ended_at, w.end_reason FROM visit_wait w \
    JOIN inmate i ON i.id = w.inmate_id JOIN unit u ON u.id = w.unit_id WHERE w.person_id = $1 AND w.ended_at IS NULL \
    AND w.last_day >= $2 ORDER BY w.created_at, w.id";
pub const ONE: &str = "SELECT w.id, w.public_id, i.public_id AS inmate_public, i.name AS inmate_name, u.name AS unit_name, \
    u.phone AS unit_phone, w.first_day, w.last_day, w.suits, w.created_at, w.ended_at, w.end_reason FROM visit_wait w \
    JOIN inmate i ON i.id = w.inmate_id JOIN unit u ON u.id = w.unit_id WHERE w.public_id = $1 AND w.person_id = $2";
pub const OF_OFFER: &str = "SELECT w.id, w.public_id, i.public_id AS inmate_public, i.name AS inmate_name, \
    u.name AS unit_name, u.phone AS unit_phone, w.first_day, w.last_day, w.suits, w.created_at, w.ended_at, w.end_reason \
    FROM visit_offer o JOIN visit_wait w ON w.id = o.wait_id JOIN inmate i ON i.id = w.inmate_id \
    JOIN unit u ON u.id = w.unit_id WHERE o.public_id = $1 AND w.person_id = $2";
pub const PEOPLE: &str = "SELECT p.id, p.public_id, p.name, p.birth_date, d.child FROM visit_wait_party d \
    JOIN person p ON p.id = d.person_id WHERE d.wait_id = $1";
pub const STANDING: &str = "SELECT o.public_id, o.state, s.date, s.start_minute, s.end_minute, s.room, o.answer_by, \
    CAST(NULL AS TEXT) AS booking FROM visit_offer o JOIN visit_session s ON s.id = o.session_id \
    WHERE o.wait_id = $1 AND o.state = 'open' AND o.answer_by > $2";
pub const OFFER: &str = "SELECT o.public_id, o.state, s.date, s.start_minute, s.end_minute, s.room, o.answer_by, \
    (SELECT b.public_id FROM booking b WHERE b.draft_id = o.id OR b.hold_public_id = o.public_id) AS booking FROM visit_offer o \
    JOIN visit_session s ON s.id = o.session_id WHERE o.public_id = $1";
