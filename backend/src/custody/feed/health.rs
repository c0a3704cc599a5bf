//! How the feed is: when each source was heard, the last events, what was refused and why. No name of an inmate and no
//! word of what was decided: whoever looks after the feed needs neither.

use domain::{
    custody::may_see_feed,
    kernel::{Instant, Public},
};

use super::CustodyEvent;
use crate::{
    Result,
    ctx::{Ctx, Staff},
    rules::Rules,
};

/// How many rows a page shows.
const SHOWN: i64 = 50;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedHealth {
    pub sources: Vec<Heard>,
    pub last: Vec<LastEvent>,
    pub refused: Vec<Refused>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    pub source: String,
    pub at: Instant,
    pub taken: i64,
    pub refused: i64,
    /// Longer than the rule allows.
    pub silent: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LastEvent {
    pub source: String,
    pub decision: String,
    pub version: i64,
    /// This version stands.
    pub stands: i64,
    pub received_at: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Refused {
    pub source: String,
    pub decision_key: String,
    pub version: i64,
    pub field: String,
    pub code: String,
    pub at: i64,
}

/// What was kept under a receipt, if it was this source's.
pub async fn kept(ctx: &Ctx, source: &str, receipt: &Public<CustodyEvent>) -> Result<Option<LastEvent>> {
    ctx.db.optional(KEPT, crate::args![source, receipt]).await
}

/// For whoever looks after the feed; to others of the staff it is not there.
pub async fn health(ctx: &Ctx, staff: &Staff) -> Result<Option<FeedHealth>> {
    if !may_see_feed(&staff.roles) {
        return Ok(None);
    }
    read(ctx).await.map(Some)
}

/// When the source that has been quiet longest was last heard; none where no source has ever spoken.
pub async fn quietest(ctx: &Ctx) -> Result<Option<Instant>> {
    let (heard,): (Option<i64>,) = ctx.db.one(QUIETEST, vec![]).await?;
    Ok(heard.map(Instant))
}

async fn read(ctx: &Ctx) -> Result<FeedHealth> {
    let now = ctx.now();
    let bound = Rules::on(&ctx.db, now.date()).await?.days("feed.silent_minutes")?;
    let sources: Vec<(String, i64, i64, i64)> = ctx.db.all(SOURCES, vec![]).await?;
    let heard = |(source, at, taken, refused)| {
        let at = Instant(at);
        Heard { source, at, taken, refused, silent: at.plus_minutes(bound) < now }
    };
    Ok(FeedHealth {
        sources: sources.into_iter().map(heard).collect(),
        last: ctx.db.all(LAST, crate::args![SHOWN]).await?,
        refused: ctx.db.all(REFUSALS, crate::args![SHOWN]).await?,
    })
}

pub const SOURCES: &str = "SELECT source, heard_at, taken, refused FROM custody_source ORDER BY source";
pub const QUIETEST: &str = "SELECT CAST(MIN(heard_at) AS BIGINT) FROM custody_source";
pub const LAST: &str = "SELECT d.source, d.key AS decision, e.version, \
    CAST(CASE WHEN e.version = d.version THEN 1 ELSE 0 END AS BIGINT) AS stands, e.received_at FROM custody_event e \
    JOIN custody_decision d ON d.id = e.decision_id ORDER BY e.received_at DESC, e.id DESC LIMIT $1";
pub const KEPT: &str = "SELECT d.source, d.key AS decision, e.version, \
    CAST(CASE WHEN e.version = d.version THEN 1 ELSE 0 END AS BIGINT) AS stands, e.received_at FROM custody_event e \
    JOIN custody_decision d ON d.id = e.decision_id WHERE d.source = $1 AND e.public_id = $2";
pub const REFUSALS: &str = "SELECT source, decision_key, version, field, code, at FROM custody_refusal \
    ORDER BY at DESC, id DESC LIMIT $1";
