//! What ends a request. Each end has its trace and its letter, and each but a yes gives its place to the next.

use domain::{
    access::Person,
    kernel::{CivilDate, Clock, Id, Public},
    visits::booking::{
        By, StaffReason,
        request::{RequestEnd, RequestState, VisitRequest},
    },
};

use super::{
    super::{facts::wall, hold::GIVE, waiting},
    Letter,
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    visits::sessions::rows::date,
};

#[derive(sqlx::FromRow)]
struct ClosedRow {
    person_id: String,
    unit_id: String,
    session_id: String,
}

/// Ends it, unless it has ended: of two who do so at once the second one finds nothing.
pub(super) async fn end(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    request: &str,
    how: RequestEnd,
) -> Result<bool> {
    let by = match actor {
        Actor::Staff(staff) => Some(staff.staff.as_str().to_owned()),
        _ => None,
    };
    let values = args![request, how.state().code(), how.reason(), ctx.now(), by];
    let Some(closed): Option<ClosedRow> = tx.optional(CLOSE, values).await? else { return Ok(false) };
    let id = Id::<VisitRequest>::new(request);
    let mut entry = audit::Entry::new(ctx, actor, how.action()).about("visit_request", &id);
    if !matches!(actor, Actor::Citizen(_)) {
        entry = entry.at_unit(&Id::new(closed.unit_id.as_str()));
    }
    if let Some(reason) = how.reason() {
        entry = entry.because(reason);
    }
    if how == RequestEnd::Rejected(StaffReason::Risk) {
        entry = entry.detail("control considered");
    }
    entry.save(tx).await?;
    if how == RequestEnd::Approved {
        return Ok(true);
    }
    tx.later(GIVE, args![1, &closed.session_id]).await?;
    Letter::job(ctx, &Id::new(closed.person_id), how.state(), request)?.save(tx).await?;
    waiting::pass_on(ctx, tx, &closed.session_id).await.map(|()| true)
}

/// She takes it back. Tells whether it was open; none when it is not hers.
pub async fn withdraw(ctx: &Ctx, who: &Citizen, request: Public<VisitRequest>) -> Result<Option<bool>> {
    ctx.db.write(Withdraw { ctx: ctx.clone(), who: who.clone(), request }).await
}

struct Withdraw {
    ctx: Ctx,
    who: Citizen,
    request: Public<VisitRequest>,
}

impl Command for Withdraw {
    type Out = Option<bool>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let own: Option<(String,)> = tx.optional(OWN, args![&self.request, &self.who.person]).await?;
        let Some((id,)) = own else { return Ok(None) };
        let actor = Actor::Citizen(self.who.clone());
        end(&self.ctx, tx, &actor, &id, RequestEnd::Withdrawn).await.map(Some)
    }
}

/// Her leave to visit him is given up or taken back, and with it what she has asked for.
pub(in crate::visits::booking) async fn end_of_leave(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    by: By,
    (person, inmate): (&Id<Person>, &str),
) -> Result<()> {
    let open: Option<(String,)> = tx.optional(super::ask::OPEN_OF, args![person, inmate]).await?;
    let Some((id,)) = open else { return Ok(()) };
    let how = match by {
        By::Person => RequestEnd::Withdrawn,
        By::Unit(reason) => RequestEnd::Rejected(reason),
    };
    end(ctx, tx, actor, &id, how).await.map(|_| ())
}

/// He has left the unit.
pub(in crate::visits::booking) async fn end_left(ctx: &Ctx, tx: &mut Tx, inmate: &str) -> Result<()> {
    let open: Vec<(String,)> = tx.all(ELSEWHERE, args![inmate]).await?;
    for (id,) in open {
        let how = RequestEnd::Rejected(StaffReason::CannotReceive);
        end(ctx, tx, &Actor::System, &id, how).await?;
    }
    Ok(())
}

/// What a round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    pub lapsed: usize,
    pub gone: usize,
}

/// A round of the worker: what nobody answered in time lapses, and so does what the unit does not hold any more. Doing it again
/// changes nothing.
pub async fn tend(ctx: &Ctx) -> Result<Round> {
    let due: Vec<(String,)> = ctx.db.all(DUE, args![ctx.now()]).await?;
    let gone: Vec<(String,)> = ctx.db.all(GONE, args![ctx.now()]).await?;
    Ok(Round {
        lapsed: over(ctx, due, RequestEnd::Lapsed).await?,
        gone: over(ctx, gone, RequestEnd::TimeGone).await?,
    })
}

async fn over(ctx: &Ctx, all: Vec<(String,)>, how: RequestEnd) -> Result<usize> {
    let mut ended = 0;
    for (request,) in all {
        ended += usize::from(ctx.db.write(Over { ctx: ctx.clone(), request, how }).await?);
    }
    Ok(ended)
}

struct Over {
    ctx: Ctx,
    request: String,
    how: RequestEnd,
}

impl Command for Over {
    type Out = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        end(&self.ctx, tx, &Actor::System, &self.request, self.how).await
    }
}

/// What a letter tells of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub state: RequestState,
    pub date: CivilDate,
    pub start: Clock,
}

/// As it is now; none when it is not there any more.
pub async fn told(ctx: &Ctx, person: &Id<Person>, request: &str) -> Result<Option<Told>> {
    let row: Option<(String, String, i64)> = ctx.db.optional(TOLD, args![request, person]).await?;
    let Some((state, on, start)) = row else { return Ok(None) };
    let Some(state) = RequestState::parse(&state) else { return Ok(None) };
    Ok(Some(Told { state, date: date(&on)?, start: wall(start)? }))
}

pub const CLOSE: &str = "UPDATE visit_request SET state = $2, reason = $3, decided_at = $4, decided_by = $5 \
    WHERE id = $1 AND state = 'open' RETURNING person_id, unit_id, session_id";
pub const OWN: &str = "SELECT id FROM visit_request WHERE public_id = $1 AND person_id = $2";
pub const ELSEWHERE: &str = "SELECT q.id FROM visit_request q WHERE q.inmate_id = $1 AND q.state = 'open' AND NOT EXISTS \
    (SELECT 1 FROM placement p WHERE p.inmate_id = q.inmate_id AND p.unit_id = q.unit_id AND p.ended_at IS NULL) ORDER BY q.id";
pub const DUE: &str = "SELECT id FROM visit_request WHERE state = 'open' AND expires_at <= $1 \
    ORDER BY expires_at, public_id LIMIT 500";
/// The day is closed, its time has ended before it, or is not held then.
pub const GONE: &str = "SELECT q.id FROM visit_request q JOIN visit_session s ON s.id = q.session_id \
    JOIN visit_template t ON t.id = s.template_id WHERE q.state = 'open' AND q.expires_at > $1 AND (s.planned = 0 \
    OR t.valid_to < q.date OR EXISTS (SELECT 1 FROM blocked_date d WHERE d.unit_id = q.unit_id AND d.date = q.date)) \
    ORDER BY q.expires_at, q.public_id LIMIT 500";
pub const TOLD: &str = "SELECT q.state, q.date, s.start_minute FROM visit_request q JOIN visit_session s ON s.id = q.session_id \
    WHERE q.id = $1 AND q.person_id = $2";
