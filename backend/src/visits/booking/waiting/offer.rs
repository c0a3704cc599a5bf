//! One offer: made to whoever is next for a session, closed in one way or another, its place passed on.

use domain::{
    access::Person,
    kernel::{CivilDate, Clock, Id, Instant},
    visits::booking::{
        Session,
        waiting::{News, OfferState, Offered, WaitEnd, in_order},
    },
};

use super::{
    super::{
        facts::{From, SessionRow, wall},
        hold::{GIVE, TAKE, drop_dead},
    },
    Letter,
    end::end,
    offer_rules,
    rows::{WaitRow, Waiting},
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx},
    db::Tx,
    visits::sessions::rows::date,
};

/// Offers a free place of this session to whoever is next in the line. Tells whether somebody was.
pub(super) async fn offer_next(ctx: &Ctx, tx: &mut Tx, session: &str) -> Result<bool> {
    let now = ctx.now();
    let unit: Option<(String,)> = tx.optional(UNIT_OF, args![session]).await?;
    let row: Option<SessionRow> = From::Tx(tx).optional(TO_OFFER, args![now, session]).await?;
    let (Some((unit,)), Some(row)) = (unit, row) else { return Ok(false) };
    let session = row.session()?;
    let until = offer_rules(tx, now.date()).await?.answer_by(session.starts_at, now);
    let Some(until) = until.filter(|_| session.free() > 0) else { return Ok(false) };
    let line: Vec<WaitRow> = tx.all(LINE, args![&unit, session.date, &session.id]).await?;
    let line: Vec<Waiting> = line.into_iter().map(WaitRow::waiting).collect::<Result<_>>()?;
    for next in in_order(line, |waiting| &waiting.in_line, session.date) {
        if next.fits(&mut From::Tx(tx), &session, now).await? {
            return make(ctx, tx, &next, &session, (now, until)).await;
        }
    }
    Ok(false)
}

async fn make(
    ctx: &Ctx,
    tx: &mut Tx,
    to: &Waiting,
    session: &Session,
    (now, until): (Instant, Instant),
) -> Result<bool> {
    drop_dead(tx, session.id.as_str(), now).await?;
    if tx.execute(TAKE, args![1, &session.id]).await? == 0 {
        return Ok(false);
    }
    let (id, public) = (ctx.chance.id::<Offered>(now), ctx.chance.public::<Offered>());
    tx.later(INSERT, args![&id, &public, &to.in_line.id, &session.id, now, until]).await?;
    Letter::job(ctx, &to.person, News::Offered, id.as_str())?.save(tx).await?;
    let entry = audit::Entry::new(ctx, &Actor::System, "visit_offered");
    entry.about("visit_wait", &to.in_line.id).save(tx).await?;
    Ok(true)
}

#[derive(sqlx::FromRow)]
pub(super) struct ClosedRow {
    pub wait_id: String,
    pub session_id: String,
}

/// Closes an offer that is open. Of two who do so at once the second one finds nothing.
pub(super) async fn close(
    tx: &mut Tx,
    offer: &str,
    state: OfferState,
    now: Instant,
) -> Result<Option<ClosedRow>> {
    tx.optional(CLOSE, args![offer, state.code(), now]).await
}

/// It is over without a visit: the place is given back and offered to the next.
pub(super) async fn give_back(
    ctx: &Ctx,
    tx: &mut Tx,
    actor: &Actor,
    offer: &str,
    state: OfferState,
) -> Result<bool> {
    let Some(closed) = close(tx, offer, state, ctx.now()).await? else { return Ok(false) };
    tx.later(GIVE, args![1, &closed.session_id]).await?;
    let wait = Id::<()>::new(closed.wait_id.as_str());
    let entry = audit::Entry::new(ctx, actor, "offer_closed").about("visit_wait", &wait);
    entry.because(state.code()).save(tx).await?;
    if state == OfferState::Lapsed {
        end_if_silent(ctx, tx, &closed.wait_id, offer).await?;
    }
    offer_next(ctx, tx, &closed.session_id).await.map(|_| true)
}

/// Whoever answers none of so many offers waits no longer, and is told.
async fn end_if_silent(ctx: &Ctx, tx: &mut Tx, wait: &str, offer: &str) -> Result<()> {
    let (unanswered, person): (i64, String) = tx.one(UNANSWERED, args![wait]).await?;
    if offer_rules(tx, ctx.now().date()).await?.ends_after(unanswered) {
        end(ctx, tx, &Actor::System, wait, WaitEnd::Unanswered).await?;
        Letter::job(ctx, &Id::new(person), News::Ended, offer)?.save(tx).await?;
    }
    Ok(())
}

/// What a letter tells of an offer that can still be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub date: CivilDate,
    pub start: Clock,
    pub answer_by: Instant,
}

/// None when it has been answered, or its time is over.
pub async fn told(ctx: &Ctx, person: &Id<Person>, offer: &str) -> Result<Option<Told>> {
    let row: Option<(String, i64, i64)> = ctx.db.optional(TOLD, args![offer, person, ctx.now()]).await?;
    row.map(|(on, start, until)| {
        Ok(Told { date: date(&on)?, start: wall(start)?, answer_by: Instant(until) })
    })
    .transpose()
}

pub const UNIT_OF: &str = "SELECT unit_id FROM visit_session WHERE id = $1";
/// Dead holds do not count as taken; a session that its time has ended before is offered to nobody.
pub const TO_OFFER: &str = "SELECT s.id, s.template_id, s.public_id, s.kind, s.date, s.start_minute, s.end_minute, s.starts_at, \
    s.ends_at, s.room, s.on_holidays, COALESCE(s.planned, s.capacity) AS capacity, CAST(s.taken - COALESCE((SELECT SUM(h.places) FROM visit_hold h \
    WHERE h.session_id = s.id AND h.expires_at <= $1), 0) AS BIGINT) AS taken \
    FROM visit_session s JOIN visit_template t ON t.id = s.template_id AND (t.valid_to IS NULL OR t.valid_to >= s.date) \
    WHERE s.id = $2 AND s.kind <> 'lawyer'";
/// Who has no offer now, and was not offered this one before.
pub const LINE: &str = "SELECT w.id, w.person_id, w.inmate_id, w.unit_id, w.first_day, w.last_day, w.suits, w.created_at \
    FROM visit_wait w WHERE w.unit_id = $1 AND w.ended_at IS NULL AND w.first_day <= $2 AND w.last_day >= $2 \
    AND NOT EXISTS (SELECT 1 FROM visit_offer o WHERE o.wait_id = w.id AND (o.state = 'open' OR o.session_id = $3)) \
    ORDER BY w.created_at, w.id";
pub const INSERT: &str = "INSERT INTO visit_offer (id, public_id, wait_id, session_id, made_at, answer_by) \
    VALUES ($1, $2, $3, $4, $5, $6)";
pub const CLOSE: &str = "UPDATE visit_offer SET state = $2, answered_at = $3 WHERE id = $1 AND state = 'open' \
    RETURNING wait_id, session_id";
pub const UNANSWERED: &str = "SELECT CAST((SELECT COUNT(*) FROM visit_offer o WHERE o.wait_id = w.id AND o.state = 'lapsed') \
    AS BIGINT) AS unanswered, w.person_id FROM visit_wait w WHERE w.id = $1";
pub const TOLD: &str = "SELECT s.date, s.start_minute, o.answer_by FROM visit_offer o JOIN visit_wait w ON w.id = o.wait_id \
    JOIN visit_session s ON s.id = o.session_id WHERE o.id = $1 AND w.person_id = $2 AND o.state = 'open' AND o.answer_by > $3";
