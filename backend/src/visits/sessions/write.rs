//! What a change of a plan writes, once it has been judged. Each time of the week leaves its own trace.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id, Instant, Public},
    visits::booking::{PlanChange, Several, Template},
};

use super::{
    expand::{DROP_DEAD, GIVE_BACK},
    plan::{ChangeDay, block},
    rules::PutRules,
    texts::PutText,
    touched::FAR,
    watch::PutWatch,
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    visits::wings::PutTimeWings,
};

pub(super) enum Written {
    Rules(Box<PutRules>),
    Times(Vec<OfTime>),
    Day(ChangeDay),
    Watch(PutWatch),
    Text(Box<PutText>),
    Wings(Box<PutTimeWings>),
}

impl Written {
    pub fn new(ctx: &Ctx, actor: &Actor, unit: &Id<Unit>, change: &PlanChange) -> Self {
        let of_time = |time: &Public<Template>, what| OfTime::new(ctx, actor, unit, time, what);
        match change {
            PlanChange::Rules { rules, .. } => {
                Self::Rules(Box::new(PutRules::new(ctx, actor, unit, rules.clone())))
            }
            PlanChange::End { time, last, .. } => Self::Times(vec![of_time(time, Several::Last(*last))]),
            PlanChange::Close(day) => Self::Day(block(ctx, actor, unit, day.date, &day.reason)),
            PlanChange::Text { text, .. } => {
                Self::Text(Box::new(PutText::new(ctx, actor, unit, (**text).clone())))
            }
            PlanChange::Watch { at_least, source, .. } => {
                Self::Watch(PutWatch::new(ctx, actor, unit, (*at_least, source)))
            }
            PlanChange::Wings { new, .. } => Self::Wings(Box::new(PutTimeWings::new(ctx, actor, unit, new))),
            PlanChange::Several { times, what, .. } => {
                Self::Times(times.iter().map(|time| of_time(time, *what)).collect())
            }
        }
    }

    pub async fn run(&self, tx: &mut Tx) -> Result<()> {
        match self {
            Self::Rules(put) => put.run(tx).await,
            Self::Day(day) => day.run(tx).await,
            Self::Watch(watch) => watch.run(tx).await,
            Self::Text(text) => text.run(tx).await,
            Self::Wings(wings) => wings.run(tx).await,
            Self::Times(all) => {
                for one in all {
                    one.run(tx).await?;
                }
                Ok(())
            }
        }
    }
}

/// What becomes of one time of the week.
pub(super) struct OfTime {
    time: Public<Template>,
    what: Several,
    /// Of a pause.
    id: Id<Several>,
    now: Instant,
    entry: audit::Entry,
}

impl OfTime {
    fn new(ctx: &Ctx, actor: &Actor, unit: &Id<Unit>, time: &Public<Template>, what: Several) -> Self {
        let (action, detail) = match what {
            Several::Places(places) => ("time_places", places.to_string()),
            Several::Last(last) => ("time_ended", last.iso()),
            Several::Pause { first, last } => ("time_paused", format!("{}/{}", first.iso(), last.iso())),
        };
        let entry = audit::Entry::new(ctx, actor, action).at_unit(unit).detail(detail);
        Self { time: time.clone(), what, id: ctx.chance.id(ctx.now()), now: ctx.now(), entry }
    }

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (id,): (String,) = tx.one(ID_OF, args![&self.time]).await?;
        let id: Id<Template> = Id::new(id);
        match self.what {
            Several::Places(places) => {
                tx.later(PUT_PLACES, args![places, &id]).await?;
                tx.later(REPLAN, args![places, &id, self.now.date()]).await?;
            }
            Several::Last(last) => {
                tx.later(END_TIME, args![last, &id]).await?;
                self.drop_free(tx, &id, (last.plus_days(1), last.plus_days(FAR))).await?;
            }
            Several::Pause { first, last } => {
                tx.later(PAUSE, args![&self.id, first, last, self.now, &id]).await?;
                self.drop_free(tx, &id, (first, last)).await?;
                tx.later(HOLD_NONE, args![&id, first, last]).await?;
            }
        }
        self.entry.clone().about("visit_template", &id).save(tx).await
    }

    /// Sessions go, but for those that somebody has, holds or was offered, which nobody else can book any more.
    async fn drop_free(
        &self,
        tx: &mut Tx,
        id: &Id<Template>,
        (first, last): (CivilDate, CivilDate),
    ) -> Result<()> {
        tx.later(GIVE_BACK, args![self.now]).await?;
        tx.later(DROP_DEAD, args![self.now]).await?;
        tx.later(DROP_FREE, args![id, first, last]).await
    }
}

pub const ID_OF: &str = "SELECT id FROM visit_template WHERE public_id = $1";
pub const END_TIME: &str = "UPDATE visit_template SET valid_to = $1 WHERE id = $2";
pub const PUT_PLACES: &str = "UPDATE visit_template SET capacity = $1 WHERE id = $2";
/// A session can have more taken than is planned: that stands. One in a pause stays without places.
pub const REPLAN: &str = "UPDATE visit_session SET planned = CASE WHEN EXISTS (SELECT 1 FROM visit_pause p \
    WHERE p.template_id = visit_session.template_id AND visit_session.date BETWEEN p.first_day AND p.last_day) THEN 0 \
    ELSE CAST($1 AS BIGINT) END, capacity = CASE WHEN CAST($1 AS BIGINT) > capacity THEN CAST($1 AS BIGINT) \
    ELSE capacity END WHERE template_id = $2 AND date >= $3";
pub const PAUSE: &str = "INSERT INTO visit_pause (id, template_id, unit_id, first_day, last_day, created_at) \
    SELECT $1, t.id, t.unit_id, $2, $3, CAST($4 AS BIGINT) FROM visit_template t WHERE t.id = $5";
pub const HOLD_NONE: &str =
    "UPDATE visit_session SET planned = 0 WHERE template_id = $1 AND date BETWEEN $2 AND $3";
/// A cancelled booking names its session too, and so does an offer: whoever asks is told where it was.
pub const DROP_FREE: &str = "DELETE FROM visit_session WHERE template_id = $1 AND date BETWEEN $2 AND $3 \
    AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.session_id = visit_session.id) \
    AND NOT EXISTS (SELECT 1 FROM visit_offer o WHERE o.session_id = visit_session.id) \
    AND NOT EXISTS (SELECT 1 FROM visit_request q WHERE q.session_id = visit_session.id) \
    AND NOT EXISTS (SELECT 1 FROM visit_hold h WHERE h.session_id = visit_session.id)";
