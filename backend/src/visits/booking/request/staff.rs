//! A request as the officers of its unit see it: who comes to whom and when, why it is looked at, and what stands in the way now. The
//! look is written before anything is read.

use domain::{
    access::Unit,
    kernel::{CivilDate, Clock, Id, Instant, Public, Reference},
    visits::{
        booking::{
            Booking, Need, Refusal, SessionKind, approve,
            request::{RequestEnd, VisitRequest, may_answer},
        },
        clearance::Measure,
    },
};

use super::{
    super::{
        draft::PartyMember,
        facts::{From, kind, wall},
    },
    OpenRow,
    answer::{ASKED_BY, OPEN},
    mine::{ended, people},
};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    visits::{clearance::LookReason, sessions::rows::date, units},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRequest {
    pub public: Public<VisitRequest>,
    pub reference: Reference,
    pub inmate_name: String,
    pub unit_name: String,
    /// Whoever asked first, children last.
    pub people: Vec<PartyMember>,
    pub kind: SessionKind,
    pub room: String,
    pub date: CivilDate,
    pub start: Clock,
    pub end: Clock,
    pub need: Need,
    pub asked_at: Instant,
    pub expires_at: Instant,
    pub ended: Option<(RequestEnd, Instant)>,
    /// What a booking would meet now; nothing once it has ended.
    pub hindrances: Vec<Refusal>,
    /// Under which the visit would be.
    pub measures: Vec<Measure>,
    pub booking: Option<Public<Booking>>,
    /// She has asked for it in somebody's name: another answers.
    pub own: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    person_id: String,
    reference: String,
    inmate_name: String,
    unit_name: String,
    kind: String,
    room: String,
    date: String,
    start_minute: i64,
    end_minute: i64,
    why: String,
    asked_at: i64,
    expires_at: i64,
    state: String,
    reason: Option<String>,
    decided_at: Option<i64>,
    booking: Option<String>,
}

/// None when it is another unit's or not her duty.
pub async fn staff_request(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<VisitRequest>,
) -> Result<Option<StaffRequest>> {
    if !may_answer(&staff.roles) {
        return Ok(None);
    }
    let known: Option<(String, String)> =
        ctx.db.optional(OF_UNITS, vec![public.into(), units(staff)]).await?;
    let Some((id, unit)) = known else { return Ok(None) };
    look(ctx, staff, &Id::new(unit), &Id::new(id.as_str())).await?;
    let row: Row = ctx.db.one(ONE_FOR_STAFF, args![&id]).await?;
    let (hindrances, measures) = standing(ctx, &id).await?;
    let people = people(ctx, &id, &Id::new(row.person_id.as_str())).await?;
    let own = ctx.db.optional::<(String,)>(ASKED_BY, args![&id, &staff.staff]).await?.is_some();
    row.shown(public, people, (hindrances, measures), own).map(Some)
}

async fn look(ctx: &Ctx, staff: &Staff, unit: &Id<Unit>, id: &Id<VisitRequest>) -> Result<()> {
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "look").at_unit(unit);
    audit::record(ctx, entry.about("visit_request", id).because(LookReason::HandleCase.code())).await
}

/// What stands in the way now, and the measures of its day.
async fn standing(ctx: &Ctx, id: &str) -> Result<(Vec<Refusal>, Vec<Measure>)> {
    let open: Option<OpenRow> = ctx.db.optional(OPEN, args![id]).await?;
    let Some(open) = open else { return Ok((vec![], vec![])) };
    let (held, facts) = open.judged(&mut From::Db(&ctx.db), ctx.now()).await?;
    let found = approve(&held, &facts, ctx.now()).err().unwrap_or_default();
    let measures = held.session.as_ref().map(|s| facts.measures_on(s.date)).unwrap_or_default();
    Ok((found, measures))
}

impl Row {
    fn shown(
        self,
        public: &Public<VisitRequest>,
        people: Vec<PartyMember>,
        (hindrances, measures): (Vec<Refusal>, Vec<Measure>),
        own: bool,
    ) -> Result<StaffRequest> {
        let booking = self.booking.as_deref().map(|id| Public::parse(id).ok_or(Error::Broken("public id")));
        Ok(StaffRequest {
            public: public.clone(),
            reference: Reference::parse(&self.reference).ok_or(Error::Broken("reference"))?,
            inmate_name: self.inmate_name,
            unit_name: self.unit_name,
            people,
            kind: kind(&self.kind)?,
            room: self.room,
            date: date(&self.date)?,
            start: wall(self.start_minute)?,
            end: wall(self.end_minute)?,
            need: Need::parse(&self.why).ok_or(Error::Broken("why a visit is looked at"))?,
            asked_at: Instant(self.asked_at),
            expires_at: Instant(self.expires_at),
            ended: ended(&self.state, self.reason.as_deref(), self.decided_at)?,
            hindrances,
            measures,
            booking: booking.transpose()?,
            own,
        })
    }
}

pub const OF_UNITS: &str =
    "SELECT id, unit_id FROM visit_request WHERE public_id = $1 AND $2 LIKE '% ' || unit_id || ' %'";
pub const ONE_FOR_STAFF: &str = "SELECT q.person_id, q.reference, i.name AS inmate_name, u.name AS unit_name, q.kind, \
    s.room, q.date, s.start_minute, s.end_minute, q.why, q.asked_at, q.expires_at, q.state, q.reason, q.decided_at, \
    (SELECT b.public_id FROM booking b WHERE b.draft_id = q.id) AS booking FROM visit_request q JOIN inmate i ON i.id = q.inmate_id \
    JOIN unit u ON u.id = q.unit_id JOIN visit_session s ON s.id = q.session_id WHERE q.id = $1";
