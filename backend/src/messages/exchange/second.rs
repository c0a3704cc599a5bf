//! What controllers write beside a letter: another's view before the first decides, and what it says in Norwegian.

use domain::{
    kernel::{Id, Public},
    messages::{NoteForm, Refusal, may_control},
};

use super::{Row, note_place};
use crate::{
    Result, args,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    messages::{Done, FormKey, LetterRow, Sent, once::Once},
};

/// The first controller wants another's view; until it is given nobody decides.
pub async fn ask_second(ctx: &Ctx, staff: &Staff, letter: &Public<LetterRow>, version: i64) -> Result<Done> {
    if !may_control(&staff.roles) {
        return Ok(Err(Refusal::Hidden));
    }
    ctx.db.write(Ask { ctx: ctx.clone(), staff: staff.clone(), letter: letter.clone(), version }).await
}

struct Ask {
    ctx: Ctx,
    staff: Staff,
    letter: Public<LetterRow>,
    version: i64,
}

impl Command for Ask {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let Some(row) = Row::of_staff(tx, &self.staff, &self.letter).await? else {
            return Ok(Err(Refusal::Hidden));
        };
        if row.version != self.version {
            return Ok(Err(Refusal::Stale));
        }
        let next = match row.letter()?.second_asked(self.staff.staff.clone()) {
            Ok(next) => next,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if !row.save(tx, &next, self.ctx.now()).await? {
            return Ok(Err(Refusal::Stale));
        }
        let actor = Actor::Staff(self.staff.clone());
        row.trace(&self.ctx, &actor, "letter_second_asked").save(tx).await?;
        Ok(Ok(()))
    }
}

/// Another gives it.
pub async fn give_second(
    ctx: &Ctx,
    staff: &Staff,
    letter: &Public<LetterRow>,
    form: &NoteForm,
) -> Result<Sent<()>> {
    note(ctx, staff, letter, form, Kind::Second).await
}

/// What the letter says, for whoever decides and does not read its language.
pub async fn translate(
    ctx: &Ctx,
    staff: &Staff,
    letter: &Public<LetterRow>,
    form: &NoteForm,
) -> Result<Sent<()>> {
    note(ctx, staff, letter, form, Kind::Translation).await
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Translation,
    Second,
}

impl Kind {
    fn code(self) -> &'static str {
        if self == Self::Second { "second" } else { "translation" }
    }
}

async fn note(
    ctx: &Ctx,
    staff: &Staff,
    letter: &Public<LetterRow>,
    form: &NoteForm,
    kind: Kind,
) -> Result<Sent<()>> {
    let words = match form.parse() {
        Ok(words) => words,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let key = FormKey::parse(&form.key).filter(|_| may_control(&staff.roles));
    let Some(key) = key else { return Ok(Err(Refusal::Hidden.into())) };
    let once = Once::new(ctx, staff.staff.as_str(), &key, &format!("{letter} {}", kind.code()), &words);
    let id = ctx.chance.id(ctx.now());
    let (ctx, staff, letter) = (ctx.clone(), staff.clone(), letter.clone());
    let db = ctx.db.clone();
    Ok(db.write(Note { ctx, staff, letter, id, once, words, kind }).await?.map_err(Into::into))
}

struct Note {
    ctx: Ctx,
    staff: Staff,
    letter: Public<LetterRow>,
    id: Id<Note>,
    once: Once,
    words: String,
    kind: Kind,
}

impl Command for Note {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let Some(row) = Row::of_staff(tx, &self.staff, &self.letter).await? else {
            return Ok(Err(Refusal::Hidden));
        };
        let (ctx, staff, once, now) = (&self.ctx, &self.staff, &self.once, self.ctx.now());
        let before: Option<(String,)> =
            tx.optional(NOTED, args![&staff.staff, &once.key, once.digest.clone()]).await?;
        if before.is_some() {
            return Ok(Ok(()));
        }
        let action = match self.kind {
            Kind::Translation if row.state != "in_control" => return Ok(Err(Refusal::MovedOn)),
            Kind::Translation => "letter_translated",
            Kind::Second => {
                let next = match row.letter()?.second_given(staff.staff.clone()) {
                    Ok(next) => next,
                    Err(refusal) => return Ok(Err(refusal)),
                };
                if !row.save(tx, &next, now).await? {
                    return Ok(Err(Refusal::Stale));
                }
                "letter_second_given"
            }
        };
        let key = ctx.vault.subject(tx, &row.person_id).await?;
        let body = key.seal(&ctx.chance, &note_place(self.id.as_str()), self.words.as_bytes())?;
        let digest = once.digest.clone();
        let values = args![&self.id, &row.id, self.kind.code(), &staff.staff, &once.key, digest, body, now];
        tx.later(NOTE, values).await?;
        row.trace(ctx, &Actor::Staff(staff.clone()), action).save(tx).await?;
        Ok(Ok(()))
    }
}

pub const NOTED: &str = "SELECT id FROM letter_note WHERE staff_id = $1 AND form_key = $2 AND digest = $3";
pub const NOTE: &str = "INSERT INTO letter_note (id, letter_id, kind, staff_id, form_key, digest, body, written_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
