//! Where there is no self-service: what has been let through is printed, handed over, and answered on a sheet whose number
//! stands on it as a barcode. Printing is a look; the sheet's number opens nothing.

use domain::{
    kernel::{Id, Instant, Public, Reference},
    messages::{LetterForm, Means, Refusal, may_control},
};

use super::{Row, body_place, cut_place, post::Post};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    messages::{Done, FormKey, LetterRow, Sent, once::Once, public, text, units},
};

/// Why it is looked at, in the trail.
const PRINTING: &str = "letter_print";
const ANSWERING: &str = "letter_answer";

/// A line of what is to be printed and handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToPrint {
    pub public: Public<LetterRow>,
    pub sheet: Reference,
    pub inmate: String,
    pub unit_name: String,
    pub released_at: Instant,
}

#[derive(sqlx::FromRow)]
struct Line {
    public_id: String,
    sheet: String,
    inmate: String,
    unit_name: String,
    released_at: i64,
}

fn sheet(text: &str) -> Result<Reference> {
    Reference::parse(text).ok_or(Error::Broken("number of a sheet"))
}

/// Oldest first.
pub async fn to_print(ctx: &Ctx, staff: &Staff) -> Result<Vec<ToPrint>> {
    if !may_control(&staff.roles) {
        return Ok(vec![]);
    }
    let lines: Vec<Line> = ctx.db.all(TO_PRINT, args![units(staff)]).await?;
    let line = |line: Line| {
        Ok(ToPrint {
            public: public(&line.public_id)?,
            sheet: sheet(&line.sheet)?,
            inmate: line.inmate,
            unit_name: line.unit_name,
            released_at: Instant(line.released_at),
        })
    };
    lines.into_iter().map(line).collect()
}

/// What stands on paper: the letter, and the sheet to answer on.
#[derive(Clone, Debug)]
pub struct Printed {
    pub sheet: Reference,
    pub relative: String,
    pub inmate: String,
    pub written_at: Instant,
    pub words: String,
    pub version: i64,
}

#[derive(sqlx::FromRow)]
struct PrintRow {
    id: String,
    person_id: String,
    subject_key: Vec<u8>,
    body: Vec<u8>,
    cut: i64,
    sheet: String,
    relative: String,
    inmate: String,
    written_at: i64,
    version: i64,
}

/// Only what waits to be handed over on paper, and only while the two may write to each other.
pub async fn print(ctx: &Ctx, staff: &Staff, letter: &Public<LetterRow>) -> Result<Option<Printed>> {
    if !may_control(&staff.roles) {
        return Ok(None);
    }
    let look = Look { ctx: ctx.clone(), staff: staff.clone(), letter: letter.clone(), now: ctx.now() };
    let Some(row) = ctx.db.write(look).await? else { return Ok(None) };
    let key = ctx.vault.subject_from(&row.person_id, &row.subject_key)?;
    let place = if row.cut == 1 { cut_place(&row.id) } else { body_place(&row.id) };
    Ok(Some(Printed {
        sheet: sheet(&row.sheet)?,
        relative: row.relative,
        inmate: row.inmate,
        written_at: Instant(row.written_at),
        words: text(&key.open(&place, &row.body)?),
        version: row.version,
    }))
}

struct Look {
    ctx: Ctx,
    staff: Staff,
    letter: Public<LetterRow>,
    now: Instant,
}

impl Command for Look {
    type Out = Option<PrintRow>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<PrintRow>> {
        let Some(row) = Row::of_staff(tx, &self.staff, &self.letter).await? else { return Ok(None) };
        if !is_printable(tx, &row, self.now).await? {
            return Ok(None);
        }
        let actor = Actor::Staff(self.staff.clone());
        row.trace(&self.ctx, &actor, "look").because(PRINTING).save(tx).await?;
        tx.optional(PRINT, args![&row.id]).await
    }
}

async fn is_printable(tx: &mut Tx, row: &Row, now: Instant) -> Result<bool> {
    let waits = row.state == "released" && row.from_relative == 1 && row.means()? == Means::Print;
    Ok(waits && super::due::is_open(tx, row, now).await?)
}

/// It has been given to him on paper.
pub async fn handed_over(ctx: &Ctx, staff: &Staff, letter: &Public<LetterRow>, version: i64) -> Result<Done> {
    if !may_control(&staff.roles) {
        return Ok(Err(Refusal::Hidden));
    }
    let (ctx, staff, letter, now) = (ctx.clone(), staff.clone(), letter.clone(), ctx.now());
    let db = ctx.db.clone();
    db.write(HandOver { ctx, staff, letter, version, now }).await
}

struct HandOver {
    ctx: Ctx,
    staff: Staff,
    letter: Public<LetterRow>,
    version: i64,
    now: Instant,
}

impl Command for HandOver {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let Some(row) = Row::of_staff(tx, &self.staff, &self.letter).await? else {
            return Ok(Err(Refusal::Hidden));
        };
        if !is_printable(tx, &row, self.now).await? {
            return Ok(Err(Refusal::MovedOn));
        }
        let letter = match row.letter()?.delivered(self.now, Means::Print) {
            Ok(letter) if row.version == self.version => letter,
            Ok(_) => return Ok(Err(Refusal::Stale)),
            Err(refusal) => return Ok(Err(refusal)),
        };
        if !row.save(tx, &letter, self.now).await? {
            return Ok(Err(Refusal::Stale));
        }
        let actor = Actor::Staff(self.staff.clone());
        row.trace(&self.ctx, &actor, "letter_delivered").detail("print").save(tx).await?;
        Ok(Ok(()))
    }
}

/// The letter whose sheet has this number, scanned or typed, if it was handed over in one of her units. What is no number,
/// nobody's and another unit's is the same.
pub async fn of_sheet(ctx: &Ctx, staff: &Staff, number: &str) -> Result<Option<Public<LetterRow>>> {
    let number = Reference::parse(number).filter(|_| may_control(&staff.roles));
    let Some(number) = number else { return Ok(None) };
    let found: Option<(String,)> = ctx.db.optional(BY_NUMBER, args![units(staff), &number]).await?;
    found.map(|(letter,)| public(&letter)).transpose()
}

/// Whose answer is typed in, and to whom. None of the words of either.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub number: Reference,
    pub relative: String,
    pub inmate: String,
    pub unit_name: String,
    pub written_at: Instant,
}

#[derive(Clone, sqlx::FromRow)]
struct SheetRow {
    id: String,
    unit_id: String,
    number: String,
    person_id: String,
    inmate_id: String,
    inmate_public: String,
    relative: String,
    inmate: String,
    unit_name: String,
    written_at: i64,
}

/// What the page of an answer says of the sheet; the look is written first.
pub async fn sheet_of(ctx: &Ctx, staff: &Staff, letter: &Public<LetterRow>) -> Result<Option<Sheet>> {
    let Some(row) = answered(ctx, staff, letter).await? else { return Ok(None) };
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "look").because(ANSWERING);
    let entry = entry.at_unit(&Id::new(row.unit_id.as_str()));
    audit::record(ctx, entry.about("letter", &Id::<LetterRow>::new(row.id.as_str()))).await?;
    Ok(Some(Sheet {
        number: sheet(&row.number)?,
        relative: row.relative,
        inmate: row.inmate,
        unit_name: row.unit_name,
        written_at: Instant(row.written_at),
    }))
}

async fn answered(ctx: &Ctx, staff: &Staff, letter: &Public<LetterRow>) -> Result<Option<SheetRow>> {
    if !may_control(&staff.roles) {
        return Ok(None);
    }
    ctx.db.optional(OF_SHEET, args![units(staff), letter]).await
}

/// His answer on a sheet, typed in by the unit: a letter of his, checked and controlled as all are.
pub async fn sheet_reply(
    ctx: &Ctx,
    staff: &Staff,
    letter: &Public<LetterRow>,
    form: &LetterForm,
) -> Result<Sent<Public<LetterRow>>> {
    let (Some(row), Some(key)) = (answered(ctx, staff, letter).await?, FormKey::parse(&form.key)) else {
        return Ok(Err(Refusal::Hidden.into()));
    };
    let once = Once::new(ctx, &row.inmate_id, &key, &row.number, &form.words);
    let actor = Actor::Staff(staff.clone());
    let post = Post::new(ctx, actor, Id::new(row.person_id), public(&row.inmate_public)?, once, &form.words);
    ctx.db.write(Post { from_relative: false, detail: "sheet".to_owned(), ..post }).await
}

pub const TO_PRINT: &str = "SELECT l.public_id, l.sheet, i.name AS inmate, u.name AS unit_name, l.released_at FROM letter l \
    JOIN exchange e ON e.id = l.exchange_id JOIN inmate i ON i.id = e.inmate_id JOIN unit u ON u.id = l.unit_id \
    WHERE l.state = 'released' AND l.means = 'print' AND l.from_relative = 1 AND $1 LIKE '% ' || l.unit_id || ' %' \
    AND e.relative_side = 'open' AND e.inmate_side = 'open' ORDER BY l.released_at, l.id LIMIT 200";
pub const PRINT: &str = "SELECT l.id, e.person_id, k.sealed AS subject_key, COALESCE(l.cut_body, l.body) AS body, \
    CAST(CASE WHEN l.cut_body IS NULL THEN 0 ELSE 1 END AS BIGINT) AS cut, l.sheet, p.name AS relative, i.name AS inmate, \
    l.written_at, l.version FROM letter l JOIN exchange e ON e.id = l.exchange_id JOIN person p ON p.id = e.person_id \
    JOIN subject_key k ON k.subject_id = p.id JOIN inmate i ON i.id = e.inmate_id WHERE l.id = $1";
/// A sheet that has been handed over in one of her units.
pub const BY_NUMBER: &str = "SELECT l.public_id FROM letter l WHERE $1 LIKE '% ' || l.unit_id || ' %' AND l.sheet = $2 \
    AND l.from_relative = 1 AND l.means = 'print' AND l.state IN ('delivered', 'read')";
pub const OF_SHEET: &str = "SELECT l.id, l.unit_id, l.sheet AS number, e.person_id, e.inmate_id, \
    i.public_id AS inmate_public, p.name AS relative, i.name AS inmate, u.name AS unit_name, l.written_at FROM letter l \
    JOIN exchange e ON e.id = l.exchange_id JOIN inmate i ON i.id = e.inmate_id JOIN person p ON p.id = e.person_id \
    JOIN unit u ON u.id = l.unit_id WHERE $1 LIKE '% ' || l.unit_id || ' %' AND l.public_id = $2 \
    AND l.from_relative = 1 AND l.means = 'print' AND l.state IN ('delivered', 'read')";
