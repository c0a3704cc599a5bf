//! A round of the worker: offers that were not answered in time go to the next, waits whose period has passed end, and every
//! free time that somebody waits for is offered. Doing it again changes nothing.

use domain::{
    kernel::{Id, Instant},
    visits::booking::{
        Session, VisitSession, hindrances,
        waiting::{OfferRules, OfferState, WaitEnd},
    },
};

use super::{
    super::facts::{From, SessionRow},
    end::end,
    of,
    offer::{give_back, offer_next},
    rows::{WaitRow, Waiting},
};
use crate::{
    Result, args,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    rules::Rules,
};

/// What a round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    pub lapsed: usize,
    pub over: usize,
    pub offered: usize,
}

/// One read when nobody waits.
pub async fn tend(ctx: &Ctx) -> Result<Round> {
    let mut round = Round::default();
    let due: Vec<(String,)> = ctx.db.all(DUE, args![ctx.now()]).await?;
    for (offer,) in due {
        round.lapsed += usize::from(ctx.db.write(Lapse { ctx: ctx.clone(), offer }).await?);
    }
    let rules = of(&Rules::on(&ctx.db, ctx.now().date()).await?)?;
    let line: Vec<WaitRow> = ctx.db.all(LOOKING, vec![]).await?;
    for row in line {
        let waiting = row.waiting()?;
        if waiting.in_line.period.is_over(ctx.now().date()) {
            let wait = waiting.in_line.id.as_str().to_owned();
            ctx.db.write(EndOver { ctx: ctx.clone(), wait }).await?;
            round.over += 1;
        } else if let Some(session) = first_fitting(ctx, &waiting, &rules).await? {
            round.offered += usize::from(ctx.db.write(OfferFree { ctx: ctx.clone(), session }).await?);
        }
    }
    Ok(round)
}

/// The first time that is free for her now. Who gets it is decided by the whole line.
async fn first_fitting(ctx: &Ctx, waiting: &Waiting, rules: &OfferRules) -> Result<Option<Id<VisitSession>>> {
    let (now, mut from) = (ctx.now(), From::Db(&ctx.db));
    let (today, period) = (now.date(), &waiting.in_line.period);
    let first = period.first.max(today);
    let values = args![now, &waiting.unit, first, period.last, &waiting.in_line.id];
    let rows: Vec<SessionRow> = from.all(FREE, values).await?;
    let mut free: Vec<Session> = rows.into_iter().map(SessionRow::session).collect::<Result<_>>()?;
    free.retain(|s| s.free() > 0 && period.includes(s.date) && can_be_offered(s, rules, now));
    if free.is_empty() {
        return Ok(None);
    }
    let facts = waiting.facts_to_offer(&mut from, (first, period.last), now).await?;
    Ok(free.into_iter().find(|s| hindrances(s, &facts, today, now).is_empty()).map(|s| s.id))
}

fn can_be_offered(session: &Session, rules: &OfferRules, now: Instant) -> bool {
    rules.answer_by(session.starts_at, now).is_some()
}

struct Lapse {
    ctx: Ctx,
    offer: String,
}

impl Command for Lapse {
    type Out = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        give_back(&self.ctx, tx, &Actor::System, &self.offer, OfferState::Lapsed).await
    }
}

struct EndOver {
    ctx: Ctx,
    wait: String,
}

impl Command for EndOver {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        end(&self.ctx, tx, &Actor::System, &self.wait, WaitEnd::Over).await
    }
}

struct OfferFree {
    ctx: Ctx,
    session: Id<VisitSession>,
}

impl Command for OfferFree {
    type Out = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        offer_next(&self.ctx, tx, self.session.as_str()).await
    }
}

pub const DUE: &str =
    "SELECT id FROM visit_offer WHERE state = 'open' AND answer_by <= $1 ORDER BY answer_by, id LIMIT 500";
/// Who has no offer to answer.
pub const LOOKING: &str = "SELECT w.id, w.person_id, w.inmate_id, w.unit_id, w.first_day, w.last_day, w.suits, w.created_at \
    FROM visit_wait w WHERE w.ended_at IS NULL \
    AND NOT EXISTS (SELECT 1 FROM visit_offer o WHERE o.wait_id = w.id AND o.state = 'open') ORDER BY w.created_at, w.id";
/// The unit's times from now on that this wait was not offered.
pub const FREE: &str = "SELECT s.id, s.template_id, s.public_id, s.kind, s.date, s.start_minute, s.end_minute, s.starts_at, \
    s.ends_at, s.room, s.on_holidays, COALESCE(s.planned, s.capacity) AS capacity, CAST(s.taken - COALESCE((SELECT SUM(h.places) FROM visit_hold h \
    WHERE h.session_id = s.id AND h.expires_at <= $1), 0) AS BIGINT) AS taken \
    FROM visit_session s JOIN visit_template t ON t.id = s.template_id AND (t.valid_to IS NULL OR t.valid_to >= s.date) \
    WHERE s.unit_id = $2 AND s.date BETWEEN $3 AND $4 AND s.starts_at > $1 AND s.kind <> 'lawyer' \
    AND NOT EXISTS (SELECT 1 FROM visit_offer o WHERE o.wait_id = $5 AND o.session_id = s.id) \
    ORDER BY s.starts_at, s.room, s.id";
