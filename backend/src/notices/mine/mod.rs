//! What she sees in her own area: her notices, her channels, who has looked. What a notice may tell is the rule's list of
//! fields, and nothing else is read out of the row.

mod confirm;
pub mod held;
mod notice;
mod thread;

use domain::kernel::{Id, Instant, Public, TextError};

use super::{
    Duty, Profile, Recipient,
    channels::{self, ChannelView},
    reading::{self, Look},
    representing::{self, Represented},
    sessions,
};
use crate::{
    Error, Result, args,
    ctx::{Ctx, Visitor},
};

pub(super) use confirm::OWN;
pub use confirm::confirm;
pub(super) use notice::told;
pub use notice::{Notice, Opened, notice};
pub use thread::{LONGEST, Message, thread, write};
pub(super) use thread::{Write, messages, words_place};

/// How far her registration has come. What it says of a request is the same whoever was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// She has asked for nothing.
    Nothing,
    /// An officer looks at what she has asked.
    Asked,
    /// She is told.
    Active,
    /// She has declined, or it has ended.
    Off,
}

/// Her front page.
#[derive(Clone, Debug)]
pub struct Home {
    pub standing: Standing,
    pub notices: Vec<Line>,
    pub channels: Vec<ChannelView>,
    /// When everything goes off, if she has asked for that.
    pub off_at: Option<Instant>,
    /// Whom else she reads for.
    pub represented: Vec<Represented>,
}

/// A notice in her list. It says no more than that there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub public: Public<Duty>,
    pub came_at: Instant,
    pub confirmed_at: Option<Instant>,
    /// A newer one stands in its place.
    pub replaced: bool,
}

#[derive(sqlx::FromRow)]
struct LineRow {
    public_id: String,
    opened_at: i64,
    state: String,
    ended_at: Option<i64>,
}

pub async fn home(ctx: &Ctx, visitor: &Visitor) -> Result<Home> {
    let represented = representing::represented(ctx, visitor).await?;
    let Some(recipient) = sessions::recipient(visitor) else {
        let standing = Standing::Nothing;
        return Ok(Home { standing, notices: vec![], channels: vec![], off_at: None, represented });
    };
    let (active, all, open): (i64, i64, i64) = ctx.db.one(STANDING, args![&recipient]).await?;
    let standing = match (active, all, open) {
        (1.., ..) => Standing::Active,
        (0, _, 1..) => Standing::Asked,
        (0, 1.., _) => Standing::Off,
        _ => Standing::Nothing,
    };
    let (off_at,): (Option<i64>,) = ctx.db.one(channels::OFF_AT, args![&recipient]).await?;
    Ok(Home {
        standing,
        notices: lines(ctx, &recipient).await?,
        channels: channels::list(ctx, &recipient).await?,
        off_at: off_at.map(Instant),
        represented,
    })
}

/// What there is to read, the newest first.
pub(super) async fn lines(ctx: &Ctx, recipient: &Id<Recipient>) -> Result<Vec<Line>> {
    let rows: Vec<LineRow> = ctx.db.all(NOTICES, args![recipient, reading::FEW]).await?;
    rows.into_iter().map(LineRow::line).collect()
}

impl LineRow {
    fn line(self) -> Result<Line> {
        let told = matches!(self.state.as_str(), "acknowledged" | "voice");
        Ok(Line {
            public: Public::parse(&self.public_id).ok_or(Error::Broken("public id"))?,
            came_at: Instant(self.opened_at),
            confirmed_at: self.ended_at.filter(|_| told).map(Instant),
            replaced: self.state == "superseded",
        })
    }
}

/// What she has set.
pub async fn wishes(ctx: &Ctx, visitor: &Visitor) -> Result<Option<(Profile, Vec<String>)>> {
    let Some(recipient) = sessions::recipient(visitor) else { return Ok(None) };
    let (sealed,): (Vec<u8>,) = ctx.db.one(super::profile::PROFILE, args![&recipient]).await?;
    let (kinds,): (String,) = ctx.db.one(KINDS, args![&recipient]).await?;
    let kinds = kinds.split(' ').filter(|kind| !kind.is_empty()).map(str::to_owned).collect();
    Ok(Some((Profile::open(ctx, &recipient, &sealed)?, kinds)))
}

pub async fn looks(ctx: &Ctx, visitor: &Visitor) -> Result<Vec<Look>> {
    match sessions::recipient(visitor) {
        Some(recipient) => reading::looks(ctx, &recipient).await,
        None => Ok(Vec::new()),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Prove,
    /// A newer one stands; she is to read that.
    Replaced,
    Words(TextError),
}

impl Refusal {
    pub fn code(self) -> &'static str {
        match self {
            Self::Prove => "prove",
            Self::Replaced => "replaced",
            Self::Words(error) => error.code(),
        }
    }
}

pub const STANDING: &str = "SELECT \
    CAST((SELECT COUNT(*) FROM notice_party WHERE recipient_id = $1 AND state = 'active' AND wish = 'wants') AS BIGINT), \
    CAST((SELECT COUNT(*) FROM notice_party WHERE recipient_id = $1) AS BIGINT), \
    CAST((SELECT COUNT(*) FROM notice_request WHERE recipient_id = $1 AND state <> 'verified') AS BIGINT)";
pub const NOTICES: &str = "SELECT o.public_id, o.opened_at, o.state, o.ended_at FROM notice_obligation o \
    JOIN notice_matter m ON m.id = o.matter_id JOIN notice_party p ON p.id = m.party_id \
    LEFT JOIN notice_hold h ON h.id = o.hold_id WHERE p.recipient_id = $1 AND COALESCE(h.state, 'settled') = 'settled' \
    AND o.state NOT IN ('not_wanted') AND NOT (o.state = 'closed_by_officer' AND COALESCE(h.what, '') = 'drop') \
    ORDER BY o.opened_at DESC, o.version DESC, o.id DESC LIMIT $2";
pub const KINDS: &str = "SELECT kinds FROM notice_recipient WHERE id = $1";
