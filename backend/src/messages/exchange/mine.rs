//! What she sees of her letters: all of her own with where each stands, and of his what has been let through to her.

use domain::{
    kernel::{CivilDate, Clock, Id, Instant, Public},
    messages::StopReason,
};

use super::{
    body_place, cut_place,
    pair::{Bounds, OPENED, PENS, Pair},
    post::draft_place,
};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    custody::inmates::Inmate,
    db::{Command, Tx},
    decision,
    messages::{
        ExchangeRow, LetterRow,
        drafts::{Draft, DraftRow, Owner},
        public, text,
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyLetter {
    pub public: Public<LetterRow>,
    pub from_you: bool,
    pub words: String,
    /// `in_control`, `stopped`, `released`, `delivered`, `read` or `lapsed`.
    pub state: String,
    /// A part was held back on the way.
    pub cut: bool,
    pub written_at: Instant,
    pub state_at: Instant,
    /// By when control is expected to be done.
    pub due_at: Option<Instant>,
    pub held_back: Option<HeldBack>,
}

/// What she is told when a letter of hers, or a part of it, was held back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldBack {
    pub category: Option<StopReason>,
    pub reason: String,
    pub milder: String,
    pub legal_basis: String,
    pub text_locale: String,
    pub made_at: Instant,
    pub appeal_days: i64,
    /// None until word of it has reached her.
    pub appeal_by: Option<CivilDate>,
    /// Where an appeal is sent.
    pub unit_name: String,
    pub unit_address: String,
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

#[derive(sqlx::FromRow)]
pub(super) struct LetterLine {
    pub id: String,
    pub exchange_id: String,
    pub public_id: String,
    pub from_relative: i64,
    pub body: Vec<u8>,
    pub cut: i64,
    pub cut_shown: i64,
    pub state: String,
    pub state_at: i64,
    pub due_at: Option<i64>,
    pub written_at: i64,
    pub category: Option<String>,
    pub sender_read_at: Option<i64>,
    pub reason: Option<String>,
    pub milder: Option<String>,
    pub legal_basis: Option<String>,
    pub text_locale: Option<String>,
    pub made_at: Option<i64>,
    pub appeal_days: Option<i64>,
    pub notice_sent_at: Option<i64>,
    pub opened_at: Option<i64>,
    pub unit_name: String,
    pub unit_address: String,
}

impl LetterLine {
    fn place(&self) -> String {
        if self.cut_shown == 1 { cut_place(&self.id) } else { body_place(&self.id) }
    }

    /// As one of the two ends reads it.
    pub fn letter(self, key: &crate::vault::SubjectKey, from_you: bool) -> Result<MyLetter> {
        let words = text(&key.open(&self.place(), &self.body)?);
        Ok(MyLetter {
            public: public(&self.public_id)?,
            from_you,
            words,
            cut: self.cut == 1,
            written_at: Instant(self.written_at),
            state_at: Instant(self.state_at),
            due_at: self.due_at.map(Instant),
            held_back: if from_you { self.held_back()? } else { None },
            state: self.state,
        })
    }

    fn held_back(&self) -> Result<Option<HeldBack>> {
        let (Some(made_at), Some(days)) = (self.made_at, self.appeal_days) else { return Ok(None) };
        let broken = || Error::Broken("decision on a letter");
        let made_at = Instant(made_at);
        Ok(Some(HeldBack {
            category: self.category.as_deref().and_then(StopReason::parse),
            reason: self.reason.clone().ok_or_else(broken)?,
            milder: self.milder.clone().ok_or_else(broken)?,
            legal_basis: self.legal_basis.clone().ok_or_else(broken)?,
            text_locale: self.text_locale.clone().ok_or_else(broken)?,
            made_at,
            appeal_days: days,
            appeal_by: decision::appeal_by(made_at, self.notice_sent_at, self.opened_at, days),
            unit_name: self.unit_name.clone(),
            unit_address: self.unit_address.clone(),
        }))
    }

    fn is_news_to_relative(&self) -> bool {
        match self.from_relative {
            1 => self.category.is_some() && self.sender_read_at.is_none(),
            _ => self.state == "delivered",
        }
    }
}

/// Two reads; opening it is reading it, which is a write when there was something new. One more read then, for the day of
/// an appeal that begins to run. Anybody else's is not found.
pub async fn exchange(ctx: &Ctx, who: &Citizen, inmate: &Public<Inmate>) -> Result<Option<Exchange>> {
    let (now, place) = (ctx.now(), draft_place(inmate));
    let (today, monday) = (now.date(), Instant::of_wall(now.date().monday(), Clock(0)));
    let found: Option<OpenedRow> =
        ctx.db.optional(OPENED, args![&who.person, today, inmate, &place, monday]).await?;
    let Some(row) = found else { return Ok(None) };
    let mut lines: Vec<LetterLine> = vec![];
    if let Some(id) = row.pair.exchange_id.as_deref().map(Id::<ExchangeRow>::new) {
        lines = ctx.db.all(LETTERS, args![&id]).await?;
        if lines.iter().any(LetterLine::is_news_to_relative) {
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
        tx.execute(READ, values()).await?;
        tx.execute(READ_RULINGS, values()).await?;
        tx.execute(OPEN_DECISIONS, values()).await.map(|_| ())
    }
}

macro_rules! letters {
    ($shown:literal, $rest:literal) => {
        concat!(
            "SELECT l.id, l.exchange_id, l.public_id, l.from_relative, CASE WHEN l.from_relative = ",
            $shown,
            " THEN COALESCE(l.cut_body, l.body) ELSE l.body END AS body, ",
            "CAST(CASE WHEN l.cut_body IS NULL THEN 0 ELSE 1 END AS BIGINT) AS cut, ",
            "CAST(CASE WHEN l.from_relative = ",
            $shown,
            " AND l.cut_body IS NOT NULL THEN 1 ELSE 0 END AS BIGINT) AS cut_shown, ",
            "l.state, l.state_at, l.due_at, l.written_at, l.category, l.sender_read_at, d.reason, d.milder, ",
            "d.legal_basis, d.text_locale, d.made_at, d.appeal_days, d.notice_sent_at, d.opened_at, ",
            "u.name AS unit_name, u.address AS unit_address FROM letter l JOIN unit u ON u.id = l.unit_id ",
            "LEFT JOIN decision d ON d.subject_kind = 'letter' AND d.subject_id = l.id ",
            $rest
        )
    };
}
pub const LETTERS: &str = letters!(
    "0",
    "WHERE l.exchange_id = $1 AND (l.from_relative = 1 OR l.state IN ('delivered', 'read')) \
    ORDER BY l.written_at, l.id LIMIT 1000"
);
/// His end: what has been let through to him, and his own. The newest first, so that no number of old ones hides a new one.
pub const LETTERS_INSIDE: &str = letters!(
    "1",
    "WHERE l.exchange_id IN (SELECT e.id FROM exchange e WHERE e.inmate_id = $1) \
    AND (l.from_relative = 0 OR l.state IN ('released', 'delivered', 'read')) ORDER BY l.written_at DESC, l.id DESC LIMIT 2000"
);
pub const READ: &str = "UPDATE letter SET state = 'read', state_at = $1, read_at = $1, version = version + 1 \
    WHERE exchange_id = $2 AND from_relative = 0 AND state = 'delivered'";
pub const READ_RULINGS: &str = "UPDATE letter SET sender_read_at = $1 WHERE exchange_id = $2 AND from_relative = 1 \
    AND category IS NOT NULL AND sender_read_at IS NULL";
/// The days run from the first of two: word of it, or opening it before any word had gone.
pub const OPEN_DECISIONS: &str = "UPDATE decision SET opened_at = $1 WHERE opened_at IS NULL AND notice_sent_at IS NULL \
    AND subject_kind = 'letter' AND subject_id IN (SELECT id FROM letter WHERE exchange_id = $2 AND from_relative = 1)";
