//! What each side sees: whoever booked the codes and the answers, a guest the visit.

use domain::{
    identity::InviteCode,
    kernel::{CivilDate, Clock, Id, Instant, Public, Reference},
    visits::booking::{
        Booking, Refusal, SessionKind, UnitRules,
        joining::{JoinRefusal, Joining, Told, may_ask},
        text::UnitText,
    },
};

use super::{
    super::{
        change::{OwnRow, TO_CHANGE},
        facts::{From, kind, wall},
    },
    Invitation, OF_GUEST, Row,
    answer::judged,
    ask::SEATS,
    broken, drawn, state,
};
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    visits::sessions::{
        rows::{date, texts_on},
        rules_of,
    },
};

/// One who was asked, as whoever booked sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    pub public: Public<Invitation>,
    pub told: Told,
    /// As long as nothing is answered: that it was typed would tell that somebody with a clearance has it.
    pub code: Option<InviteCode>,
}

/// All whom whoever booked has asked, oldest first; what was taken back is not there any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Others {
    pub guests: Vec<Guest>,
    /// Until when one who is asked now can answer, or why nobody can be asked.
    pub may_ask: std::result::Result<Instant, JoinRefusal>,
    /// False when it has begun or does not take place.
    pub open: bool,
}

#[derive(sqlx::FromRow)]
struct GuestRow {
    public_id: String,
    form_key: String,
    state: String,
    answer_by: i64,
    end_reason: Option<String>,
}

/// None when it is not hers, or a lawyer's.
pub async fn others(ctx: &Ctx, who: &Citizen, booking: &Public<Booking>) -> Result<Option<Others>> {
    let (db, now) = (&ctx.db, ctx.now());
    let row: Option<OwnRow> = db.optional(TO_CHANGE, args![booking, &who.person]).await?;
    let Some(row) = row else { return Ok(None) };
    let rows: Vec<GuestRow> = db.all(ASKED, args![&row.id]).await?;
    let (seats,): (i64,) = db.one(SEATS, args![&row.id, now]).await?;
    let rules = rules_of(ctx, &Id::new(row.unit_id.as_str())).await?;
    let may_ask = may_ask(&row.asking(seats), &rules, now);
    let guests = rows.into_iter().map(|guest| shown(ctx, &row.id, guest, now)).collect::<Result<_>>()?;
    Ok(Some(Others { guests, open: may_ask != Err(JoinRefusal::Closed), may_ask }))
}

fn shown(ctx: &Ctx, booking: &str, row: GuestRow, now: Instant) -> Result<Guest> {
    let told = state(&row.state, row.answer_by, row.end_reason.as_deref())?.told(now);
    let open = matches!(told, Told::NotAnswered { .. });
    Ok(Guest {
        public: Public::parse(&row.public_id).ok_or_else(broken)?,
        told,
        code: open.then(|| drawn(ctx, booking, &row.form_key)),
    })
}

/// A visit to come along on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyJoining {
    pub public: Public<Invitation>,
    pub state: Joining,
    pub booker_name: String,
    pub inmate_name: String,
    pub unit_name: String,
    pub date: CivilDate,
    pub start: Clock,
    pub end: Clock,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub is_booked: bool,
}

/// One of them, with what to know before coming.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinedVisit {
    pub visit: MyJoining,
    pub reference: Reference,
    pub kind: SessionKind,
    pub room: String,
    pub unit_slug: String,
    pub unit_address: String,
    pub unit_travel: String,
    pub unit_phone: String,
    pub rules: Option<UnitRules>,
    /// What the unit says of the day.
    pub texts: Vec<UnitText>,
    /// Nothing can be answered or taken back any more.
    pub over: bool,
    /// What stands in the way of a yes.
    pub against: Vec<Refusal>,
}

#[derive(sqlx::FromRow)]
struct VisitRow {
    public_id: String,
    state: String,
    answer_by: i64,
    end_reason: Option<String>,
    booking_state: String,
    booker_name: String,
    inmate_name: String,
    unit_id: String,
    unit_name: String,
    unit_slug: String,
    unit_address: String,
    unit_travel: String,
    unit_phone: String,
    reference: String,
    kind: String,
    room: String,
    date: String,
    start_minute: i64,
    end_minute: i64,
    starts_at: i64,
    ends_at: i64,
}

impl VisitRow {
    fn visit(&self) -> Result<MyJoining> {
        Ok(MyJoining {
            public: Public::parse(&self.public_id).ok_or_else(broken)?,
            state: state(&self.state, self.answer_by, self.end_reason.as_deref())?,
            booker_name: self.booker_name.clone(),
            inmate_name: self.inmate_name.clone(),
            unit_name: self.unit_name.clone(),
            date: date(&self.date)?,
            start: wall(self.start_minute)?,
            end: wall(self.end_minute)?,
            starts_at: Instant(self.starts_at),
            ends_at: Instant(self.ends_at),
            is_booked: self.booking_state == "booked",
        })
    }
}

/// Those that are ahead, the next one first: to be answered, to come to, or called off after a yes.
pub async fn joinings(ctx: &Ctx, who: &Citizen) -> Result<Vec<MyJoining>> {
    let rows: Vec<VisitRow> = ctx.db.all(AHEAD, args![ctx.now(), &who.person]).await?;
    rows.iter().map(VisitRow::visit).collect()
}

/// Whoever has no clearance for it any more finds nothing, unless the answer was given.
pub async fn guest(ctx: &Ctx, who: &Citizen, invitation: &Public<Invitation>) -> Result<Option<JoinedVisit>> {
    let now = ctx.now();
    let row: Option<VisitRow> = ctx.db.optional(ONE, args![invitation, &who.person]).await?;
    let own: Option<Row> = ctx.db.optional(OF_GUEST, args![now, invitation, &who.person]).await?;
    let (Some(row), Some(own)) = (row, own) else { return Ok(None) };
    let visit = row.visit()?;
    let against = match visit.state {
        Joining::Asked { .. } => judged(&mut From::Db(&ctx.db), ctx, &own).await?.1.0,
        _ => vec![],
    };
    if against.iter().any(|refusal| matches!(refusal, Refusal::NotCleared(_))) {
        return Ok(None);
    }
    let unit = Id::new(row.unit_id.as_str());
    let rules = rules_of(ctx, &unit).await?;
    Ok(Some(JoinedVisit {
        texts: texts_on(ctx, &unit, visit.date).await?,
        rules: domain::visits::booking::in_force(&rules, visit.date).cloned(),
        over: own.is_over(now),
        visit,
        reference: Reference::parse(&row.reference).ok_or_else(broken)?,
        kind: kind(&row.kind)?,
        room: row.room,
        unit_slug: row.unit_slug,
        unit_address: row.unit_address,
        unit_travel: row.unit_travel,
        unit_phone: row.unit_phone,
        against,
    }))
}

pub const ASKED: &str = "SELECT public_id, form_key, state, answer_by, end_reason FROM visit_invitation \
    WHERE booking_id = $1 AND COALESCE(end_reason, '') NOT IN ('booker', 'moved') ORDER BY asked_at, id";
macro_rules! joined {
    ($rest:literal) => {
        concat!(
            "SELECT i.public_id, i.state, i.answer_by, i.end_reason, b.state AS booking_state, q.name AS booker_name, ",
            "n.name AS inmate_name, b.unit_id, u.name AS unit_name, u.slug AS unit_slug, u.address AS unit_address, ",
            "u.travel AS unit_travel, u.phone AS unit_phone, b.reference, b.kind, s.room, s.date, s.start_minute, s.end_minute, ",
            "b.starts_at, b.ends_at FROM visit_invitation i JOIN booking b ON b.id = i.booking_id JOIN person q ON q.id = b.person_id ",
            "JOIN inmate n ON n.id = b.inmate_id JOIN unit u ON u.id = b.unit_id JOIN visit_session s ON s.id = b.session_id ",
            $rest
        )
    };
}
pub const AHEAD: &str = joined!(
    "WHERE i.guest_id = $2 AND b.ends_at > $1 AND (i.state = 'coming' OR (i.state = 'asked' AND i.answer_by > $1 AND b.state = 'booked' \
    AND EXISTS (SELECT 1 FROM clearance c WHERE c.person_id = i.guest_id AND c.inmate_id = b.inmate_id AND c.unit_id = b.unit_id \
    AND c.outcome = 'granted' AND COALESCE(c.other_parent, 'given') IN ('given', 'without') \
    AND b.date BETWEEN c.valid_from AND c.valid_to))) ORDER BY b.starts_at, i.id LIMIT 100"
);
pub const ONE: &str = joined!("WHERE i.public_id = $1 AND i.guest_id = $2");
