//! Looks at the rows as another process than the worker does, and tells what stands still that a living worker would have
//! moved (L2). It reads and never writes; the worker's part is a sign of life.

use domain::{
    kernel::Instant,
    notices::watch::{Bounds, Raised, Signs, raised},
};

use crate::{
    Result, args,
    ctx::Ctx,
    custody::feed,
    db::{Command, Tx},
    rules::Rules,
};

/// What is wrong now, and the bounds by which it is.
#[derive(Clone, Debug)]
pub struct Look {
    pub raised: Vec<Raised>,
    pub bounds: Bounds,
}

#[derive(sqlx::FromRow)]
struct Row {
    beat: Option<i64>,
    moved: Option<i64>,
    due: Option<i64>,
    question: Option<i64>,
    call: Option<i64>,
    page: Option<i64>,
    lost: Option<i64>,
    untaken: Option<i64>,
}

pub async fn look(ctx: &Ctx) -> Result<Look> {
    let now = ctx.now();
    let rules = Rules::on(&ctx.db, now.date()).await?;
    let bounds = Bounds {
        still: rules.days("notices.watch_still_minutes")?,
        stuck: rules.days("notices.watch_stuck_minutes")?,
        page: rules.days("notices.page_minutes")?,
        quiet: rules.days("notices.watch_feed_minutes")?,
    };
    let near = now.plus_minutes(rules.days("notices.watch_near_minutes")?);
    let row: Row = ctx.db.one(SIGNS, args![now, near]).await?;
    let signs = Signs {
        beat: row.beat.map(Instant),
        moved: row.moved.map(Instant),
        due: row.due.map(Instant),
        question: row.question.map(Instant),
        call: row.call.map(Instant),
        page: row.page.map(Instant),
        lost: row.lost.map(Instant),
        untaken: row.untaken.map(Instant),
        heard: feed::quietest(ctx).await?,
    };
    Ok(Look { raised: raised(&signs, now, &bounds), bounds })
}

/// The worker is alive: said after a round that went well.
pub async fn beat(ctx: &Ctx) -> Result<()> {
    ctx.db.write(Beat { now: ctx.now() }).await
}

struct Beat {
    now: Instant,
}

impl Command for Beat {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(BEAT, args![self.now]).await
    }
}

/// Each part asks the rows that carry the duty, not only the queue's own column: a row that fell out of the queue is found
/// as well. `$1` is now, `$2` until when a deadline is near.
pub const SIGNS: &str = "SELECT CAST((SELECT MAX(at) FROM notice_beat) AS BIGINT) AS beat, \
    CAST((SELECT MAX(intended_at) FROM notice_attempt) AS BIGINT) AS moved, \
    CAST((SELECT MIN(due_at) FROM notice_matter WHERE due_at <= $1) AS BIGINT) AS due, \
    CAST((SELECT MIN(climbs_at) FROM notice_matter WHERE assessment = 'open' AND climbed = 0 AND climbs_at <= $1) AS BIGINT) \
        AS question, \
    CAST((SELECT MIN(call_at) FROM notice_obligation WHERE state = 'open' AND call_open = 0 AND call_at <= $1) AS BIGINT) \
        AS call, \
    CAST((SELECT MIN(pages_at) FROM notice_task WHERE duty = 'nobodys' AND pages_at <= $1) AS BIGINT) AS page, \
    CAST((SELECT MIN(o.opened_at) FROM notice_obligation o JOIN notice_matter m ON m.id = o.matter_id \
        WHERE o.state = 'open' AND o.call_open = 0 AND m.due_at IS NULL) AS BIGINT) AS lost, \
    CAST((SELECT MIN(since) FROM notice_task WHERE desk = 'duty' AND duty = 'nobodys' AND paged >= 3 AND deadline <= $2) \
        AS BIGINT) AS untaken";
pub const BEAT: &str =
    "INSERT INTO notice_beat (one, at) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET at = excluded.at";
