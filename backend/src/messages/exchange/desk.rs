//! The control desk: what waits, the most urgent first, and one letter to read. What waits is counted, not read; a list of any
//! length is a page. Watched words are shown to whoever reads, and decide nothing.

use domain::{
    kernel::{Instant, Public},
    messages::{Span, marks, may_control, may_oversee},
};

use super::{CONTROL, Row, body_place, note_place};
use crate::{
    Result,
    appeals::{self, Ruling},
    args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    messages::{ExchangeRow, LetterRow, public, text, units},
};

/// A line of the queue. No words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueRow {
    pub public: Public<LetterRow>,
    pub from_relative: bool,
    pub relative: String,
    pub inmate: String,
    pub unit_name: String,
    pub written_at: Instant,
    pub due_at: Instant,
    pub late: bool,
    /// A second opinion: `none`, `asked` or `given`; and whether it is asked for by whoever looks.
    pub second: String,
    pub asked_by_you: bool,
}

#[derive(Clone, Debug)]
pub struct Queue {
    pub rows: Vec<QueueRow>,
    /// How many wait and how many of them are late; of more than a hundred, a hundred.
    pub waiting: i64,
    pub late: i64,
}

#[derive(sqlx::FromRow)]
struct QueueLine {
    public_id: String,
    from_relative: i64,
    relative: String,
    inmate: String,
    unit_name: String,
    written_at: i64,
    due_at: i64,
    second: String,
    second_by: Option<String>,
}

impl QueueLine {
    fn row(self, staff: &Staff, now: Instant) -> Result<QueueRow> {
        Ok(QueueRow {
            public: public(&self.public_id)?,
            from_relative: self.from_relative == 1,
            relative: self.relative,
            inmate: self.inmate,
            unit_name: self.unit_name,
            written_at: Instant(self.written_at),
            due_at: Instant(self.due_at),
            late: self.due_at < now.micros(),
            asked_by_you: self.second == "asked" && self.second_by.as_deref() == Some(staff.staff.as_str()),
            second: self.second,
        })
    }
}

/// A page of what waits in her units, after this letter. Two reads after the trace of them. What one of the two has paused
/// or blocked is nobody's to read now.
pub async fn queue(ctx: &Ctx, staff: &Staff, after: Option<&Public<LetterRow>>) -> Result<Queue> {
    if !may_control(&staff.roles) {
        return Ok(Queue { rows: vec![], waiting: 0, late: 0 });
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "letter_list");
    audit::record(ctx, entry.because(CONTROL)).await?;
    let now = ctx.now();
    let lines: Vec<QueueLine> = match after {
        None => ctx.db.all(QUEUE, args![units(staff)]).await?,
        Some(after) => ctx.db.all(QUEUE_AFTER, args![units(staff), after]).await?,
    };
    let (waiting, late): (i64, i64) = ctx.db.one(COUNTS, args![units(staff), now]).await?;
    let rows = lines.into_iter().map(|line| line.row(staff, now)).collect::<Result<_>>()?;
    Ok(Queue { rows, waiting, late })
}

/// A letter as whoever controls it reads it.
#[derive(Clone, Debug)]
pub struct DeskLetter {
    pub row: QueueRow,
    pub state: String,
    pub version: i64,
    pub exchange: Public<ExchangeRow>,
    pub unit_level: String,
    pub control_order: String,
    pub norwegian_only: bool,
    /// Sámi may be used here: whoever orders Norwegian reads so first.
    pub sami: bool,
    pub words: String,
    /// Where watched words stand in it, in bytes.
    pub marks: Vec<Span>,
    pub notes: Vec<LetterNote>,
    /// Why it is controlled again: what was decided on an appeal.
    pub ruling: Option<Ruling>,
    /// The next that waits, for whoever works through them.
    pub next: Option<Public<LetterRow>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterNote {
    /// `translation` or `second`.
    pub kind: String,
    pub staff: String,
    pub words: String,
    pub written_at: Instant,
}

#[derive(sqlx::FromRow)]
struct Head {
    id: String,
    person_id: String,
    subject_key: Vec<u8>,
    body: Vec<u8>,
    state: String,
    version: i64,
    exchange_public: String,
    unit_level: String,
    control_order: String,
    norwegian_only: i64,
    sami: i64,
    next_public: Option<String>,
    again: i64,
    #[sqlx(flatten)]
    line: QueueLine,
}

#[derive(sqlx::FromRow)]
struct Beside {
    kind: String,
    id: String,
    staff: String,
    body: Option<Vec<u8>>,
    word: Option<String>,
    written_at: i64,
}

/// A letter of her units; any other is not found. The look is written first, in the same transaction; then one read.
pub async fn letter(ctx: &Ctx, staff: &Staff, letter: &Public<LetterRow>) -> Result<Option<DeskLetter>> {
    if !may_control(&staff.roles) {
        return Ok(None);
    }
    let look = Look { ctx: ctx.clone(), staff: staff.clone(), letter: letter.clone(), now: ctx.now() };
    let Some(head) = ctx.db.write(look).await? else { return Ok(None) };
    let beside: Vec<Beside> = ctx.db.all(BESIDE, args![&head.id]).await?;
    let key = ctx.vault.subject_from(&head.person_id, &head.subject_key)?;
    let words = text(&key.open(&body_place(&head.id), &head.body)?);
    let (mut watched, mut notes) = (vec![], vec![]);
    for row in beside {
        match (row.body, row.word) {
            (Some(body), _) => notes.push(LetterNote {
                words: text(&key.open(&note_place(&row.id), &body)?),
                kind: row.kind,
                staff: row.staff,
                written_at: Instant(row.written_at),
            }),
            (None, word) => watched.extend(word),
        }
    }
    let ruling = ruling(ctx, &head).await?;
    Ok(Some(DeskLetter {
        row: head.line.row(staff, ctx.now())?,
        state: head.state,
        version: head.version,
        exchange: public(&head.exchange_public)?,
        unit_level: head.unit_level,
        control_order: head.control_order,
        norwegian_only: head.norwegian_only == 1,
        sami: head.sami == 1,
        marks: marks(&words, &watched),
        words,
        notes,
        ruling,
        next: head.next_public.as_deref().map(public).transpose()?,
    }))
}

/// Of a letter that is controlled again.
async fn ruling(ctx: &Ctx, head: &Head) -> Result<Option<Ruling>> {
    if head.again == 1 { appeals::ruling_on(ctx, "letter", &head.id).await } else { Ok(None) }
}

struct Look {
    ctx: Ctx,
    staff: Staff,
    letter: Public<LetterRow>,
    now: Instant,
}

impl Command for Look {
    type Out = Option<Head>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<Head>> {
        let Some(row) = Row::of_staff(tx, &self.staff, &self.letter).await? else { return Ok(None) };
        let actor = Actor::Staff(self.staff.clone());
        row.trace(&self.ctx, &actor, "look").because(CONTROL).save(tx).await?;
        // Only what waits for control, or has been through it, is a controller's to read.
        tx.optional(HEAD, args![&row.id, self.now.date(), units(&self.staff)]).await
    }
}

/// How control goes in her units: of the last days, and no text of anybody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Statistics {
    pub written: i64,
    pub let_through: i64,
    pub cut: i64,
    pub stopped: i64,
    pub escalated: i64,
    /// From written to let through, on average, in minutes.
    pub minutes: Option<i64>,
}

pub async fn statistics(ctx: &Ctx, staff: &Staff, days: i64) -> Result<Statistics> {
    if !may_oversee(&staff.roles) {
        return Ok(Statistics::default());
    }
    ctx.db.one(STATISTICS, args![units(staff), ctx.now().plus_days(-days)]).await
}

macro_rules! lines {
    ($more:literal, $rest:literal) => {
        concat!(
            "SELECT l.public_id, l.from_relative, p.name AS relative, i.name AS inmate, u.name AS unit_name, ",
            "l.written_at, COALESCE(l.due_at, l.state_at) AS due_at, l.second, l.second_by",
            $more,
            " FROM letter l JOIN exchange e ON e.id = l.exchange_id JOIN person p ON p.id = e.person_id ",
            "JOIN inmate i ON i.id = e.inmate_id JOIN unit u ON u.id = l.unit_id ",
            $rest
        )
    };
}
/// Walks the queue by its hour until the page is full.
pub const QUEUE: &str = lines!(
    "",
    "WHERE l.state = 'in_control' AND $1 LIKE '% ' || l.unit_id || ' %' AND e.relative_side = 'open' \
    AND e.inmate_side = 'open' ORDER BY l.due_at, l.id LIMIT 25"
);
pub const QUEUE_AFTER: &str = lines!(
    "",
    "WHERE l.state = 'in_control' AND $1 LIKE '% ' || l.unit_id || ' %' AND e.relative_side = 'open' \
    AND e.inmate_side = 'open' AND (l.due_at, l.id) > (SELECT COALESCE(c.due_at, c.state_at), c.id FROM letter c \
    WHERE c.public_id = $2) ORDER BY l.due_at, l.id LIMIT 25"
);
pub const COUNTS: &str = "SELECT CAST(COUNT(*) AS BIGINT), CAST(COUNT(CASE WHEN x.due_at < $2 THEN 1 END) AS BIGINT) \
    FROM (SELECT l.due_at FROM letter l WHERE l.state = 'in_control' AND $1 LIKE '% ' || l.unit_id || ' %' \
    ORDER BY l.due_at, l.id LIMIT 100) x";
pub const HEAD: &str = lines!(
    ", l.id, e.person_id, k.sealed AS subject_key, l.body, l.state, l.version, e.public_id AS exchange_public, \
    u.level AS unit_level, e.control_order, e.norwegian_only, CAST(CASE WHEN EXISTS (SELECT 1 FROM decision d \
    WHERE d.subject_kind = 'letter' AND d.subject_id = l.id AND d.superseded_at IS NOT NULL) THEN 1 ELSE 0 END AS BIGINT) \
    AS again, CAST(COALESCE((SELECT m.sami FROM message_rule m \
    WHERE m.unit_id = l.unit_id AND m.valid_from <= $2 ORDER BY m.valid_from DESC LIMIT 1), 0) AS BIGINT) AS sami, \
    (SELECT n.public_id FROM letter n JOIN exchange f ON f.id = n.exchange_id WHERE n.state = 'in_control' \
    AND $3 LIKE '% ' || n.unit_id || ' %' AND f.relative_side = 'open' AND f.inmate_side = 'open' \
    AND (n.due_at, n.id) > (COALESCE(l.due_at, 0), l.id) ORDER BY n.due_at, n.id LIMIT 1) AS next_public",
    "JOIN subject_key k ON k.subject_id = e.person_id WHERE l.id = $1 AND (l.category IS NOT NULL \
    OR (l.state = 'in_control' AND e.relative_side = 'open' AND e.inmate_side = 'open'))"
);
pub const BESIDE: &str = "SELECT n.kind, n.id, s.name AS staff, n.body, CAST(NULL AS TEXT) AS word, n.written_at \
    FROM letter_note n JOIN staff_member s ON s.id = n.staff_id WHERE n.letter_id = $1 UNION ALL \
    SELECT CAST('' AS TEXT), w.id, CAST('' AS TEXT), NULL, w.word, w.added_at FROM watch_word w \
    JOIN letter l ON l.unit_id = w.unit_id WHERE l.id = $1 AND w.ended_at IS NULL ORDER BY written_at LIMIT 1000";
pub const STATISTICS: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS written, \
    CAST(COUNT(l.released_at) AS BIGINT) AS let_through, CAST(COUNT(l.cut_body) AS BIGINT) AS cut, \
    CAST(COUNT(CASE WHEN l.state = 'stopped' THEN 1 END) AS BIGINT) AS stopped, \
    CAST(COUNT(l.escalated_at) AS BIGINT) AS escalated, \
    CAST(AVG(l.released_at - l.written_at) / 60000000 AS BIGINT) AS minutes FROM letter l \
    WHERE l.unit_id IN (SELECT id FROM unit WHERE $1 LIKE '% ' || id || ' %') AND l.written_at >= $2";
