//! What she sees of her letters: all of her own with where each stands, and of his what has been let through to her.

use domain::kernel::{CivilDate, Clock, Id, Instant, Public};

use super::{
    lines::{LETTERS, LetterLine, MyLetter},
    pair::{Bounds, OPENED, PENS, Pair},
    post::draft_place,
};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    custody::inmates::Inmate,
    db::{Command, Tx},
    messages::{
        ExchangeRow,
        drafts::{Draft, DraftRow, Owner},
        public,
    },
};

/// A line of her list: somebody she writes to, or might.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pen {
    pub inmate: Public<Inmate>,
    pub name: String,
    /// Whether she can write today. If not, nothing says why.
    pub open: bool,
    /// What she has chosen herself: `open`, `paused` or `blocked`.
    pub own_side: String,
    pub unread: i64,
    pub last_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct PenRow {
    #[sqlx(flatten)]
    pair: Pair,
    unread: i64,
    last_at: Option<i64>,
}

/// By name; one read.
pub async fn mine(ctx: &Ctx, who: &Citizen) -> Result<Vec<Pen>> {
    let today = ctx.now().date();
    let rows: Vec<PenRow> = ctx.db.all(PENS, args![&who.person, today]).await?;
    let pen = |row: PenRow| {
        Ok(Pen {
            inmate: public(&row.pair.inmate_public)?,
            open: row.pair.is_open(today)?,
            own_side: row.pair.relative_side.unwrap_or_else(|| "open".to_owned()),
            name: row.pair.inmate_name,
            unread: row.unread,
            last_at: row.last_at.map(Instant),
        })
    };
    rows.into_iter().map(pen).collect()
}

/// An exchange with its letters: also what is printed and taken along.
#[derive(Clone, Debug)]
pub struct Exchange {
    pub inmate: Public<Inmate>,
    pub name: String,
    pub own_side: String,
    /// How she may write today; none if she may not, and nothing says why.
    pub open: Option<Openness>,
    /// Oldest first.
    pub letters: Vec<MyLetter>,
    pub draft: Option<Draft>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Openness {
    pub unit_name: String,
    pub bounds: Bounds,
    pub left_this_week: i64,
    /// Somebody reads it on its way.
    pub controlled: bool,
    pub norwegian_only: bool,
}

#[derive(sqlx::FromRow)]
struct OpenedRow {
    #[sqlx(flatten)]
    pair: Pair,
    subject_key: Vec<u8>,
    #[sqlx(flatten)]
    draft: DraftRow,
    sent_this_week: i64,
}

/// Whether she reads what is new in it, or only passes by to write, to change or to report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Showing {
    Letters,
    Nothing,
}

/// With its letters for her to read: two reads, and a write and a read more when there was something new, for the day of an
/// appeal that begins to run. Anybody else's is not found.
pub async fn exchange(ctx: &Ctx, who: &Citizen, inmate: &Public<Inmate>) -> Result<Option<Exchange>> {
    shown(ctx, who, inmate, Showing::Letters).await
}

/// For a page that shows none of its letters: what is new stays new.
pub async fn peek(ctx: &Ctx, who: &Citizen, inmate: &Public<Inmate>) -> Result<Option<Exchange>> {
    shown(ctx, who, inmate, Showing::Nothing).await
}

async fn shown(
    ctx: &Ctx,
    who: &Citizen,
    inmate: &Public<Inmate>,
    showing: Showing,
) -> Result<Option<Exchange>> {
    let (now, place) = (ctx.now(), draft_place(inmate));
    let (today, monday) = (now.date(), Instant::of_wall(now.date().monday(), Clock(0)));
    let found: Option<OpenedRow> =
        ctx.db.optional(OPENED, args![&who.person, today, inmate, &place, monday]).await?;
    let Some(row) = found else { return Ok(None) };
    let mut lines: Vec<LetterLine> = vec![];
    if let Some(id) = row.pair.exchange_id.as_deref().map(Id::<ExchangeRow>::new) {
        lines = ctx.db.all(LETTERS, args![&id]).await?;
        if showing == Showing::Letters && lines.iter().any(LetterLine::is_news_to_relative) {
            ctx.db.write(Read { exchange: id.clone(), now }).await?;
            lines = ctx.db.all(LETTERS, args![&id]).await?;
        }
    }
    let key = ctx.vault.subject_from(who.person.as_str(), &row.subject_key)?;
    let letters = lines.into_iter().map(|line| {
        let own = line.from_relative == 1;
        line.letter(&key, own)
    });
    let letters = letters.collect::<Result<_>>()?;
    let draft = row.draft.open(ctx, &Owner::citizen(who), &row.subject_key, &place)?;
    let open = openness(&row.pair, row.sent_this_week, today)?;
    let own_side = row.pair.relative_side.unwrap_or_else(|| "open".to_owned());
    Ok(Some(Exchange { inmate: inmate.clone(), name: row.pair.inmate_name, own_side, open, letters, draft }))
}

/// Where he is, is told to nobody to whom the exchange is closed.
pub(super) fn openness(pair: &Pair, sent: i64, today: CivilDate) -> Result<Option<Openness>> {
    if !pair.is_open(today)? {
        return Ok(None);
    }
    let bounds = pair.rule.bounds().ok_or(Error::Broken("rule of a unit"))?;
    Ok(Some(Openness {
        unit_name: pair.unit_name.clone().unwrap_or_default(),
        left_this_week: (bounds.per_week - sent).max(0),
        bounds,
        controlled: pair.is_controlled()?,
        norwegian_only: pair.norwegian_only == Some(1),
    }))
}

/// She has opened his letters, and what was decided on hers.
struct Read {
    exchange: Id<ExchangeRow>,
    now: Instant,
}

impl Command for Read {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let values = || args![self.now, &self.exchange];
        tx.later(READ, values()).await?;
        tx.later(READ_RULINGS, values()).await?;
        tx.later(OPEN_DECISIONS, values()).await
    }
}

pub const READ: &str = "UPDATE letter SET state = 'read', state_at = $1, read_at = $1, version = version + 1 \
    WHERE exchange_id = $2 AND from_relative = 0 AND state = 'delivered'";
pub const READ_RULINGS: &str = "UPDATE letter SET sender_read_at = $1 WHERE exchange_id = $2 AND from_relative = 1 \
    AND category IS NOT NULL AND sender_read_at IS NULL";
/// The days run from the first of two: word of it, or opening it before any word had gone.
pub const OPEN_DECISIONS: &str = "UPDATE decision SET opened_at = $1 WHERE opened_at IS NULL AND notice_sent_at IS NULL \
    AND subject_kind = 'letter' AND subject_id IN (SELECT id FROM letter WHERE exchange_id = $2 AND from_relative = 1)";
