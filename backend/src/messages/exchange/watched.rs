//! Words that are shown in another colour to whoever reads a letter of the unit. Nothing follows from them by itself.

use domain::{
    kernel::{Id, Public, line},
    messages::{FieldError, Refusal, may_control, may_oversee},
};

use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    messages::{Done, Sent, WordRow, public, units},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchWord {
    pub public: Public<WordRow>,
    pub word: String,
    pub unit_name: String,
}

/// Those of her units.
pub async fn list(ctx: &Ctx, staff: &Staff) -> Result<Vec<WatchWord>> {
    if !may_oversee(&staff.roles) {
        return Ok(vec![]);
    }
    let rows: Vec<(String, String, String)> = ctx.db.all(LIST, args![units(staff)]).await?;
    let word = |(id, word, unit_name): (String, String, String)| {
        Ok(WatchWord { public: public(&id)?, word, unit_name })
    };
    rows.into_iter().map(word).collect()
}

/// Adds one to her first unit; one that is there is there once.
pub async fn add(ctx: &Ctx, staff: &Staff, word: &str) -> Result<Sent<()>> {
    let word = match line(word, 60) {
        Ok(word) => word.to_lowercase(),
        Err(error) => return Ok(Err(vec![FieldError { field: "word", code: error.code() }].into())),
    };
    if !may_control(&staff.roles) || staff.units.is_empty() {
        return Ok(Err(Refusal::Hidden.into()));
    }
    let (id, public) = (ctx.chance.id(ctx.now()), ctx.chance.public());
    let command = Change { ctx: ctx.clone(), staff: staff.clone(), what: What::Add { id, public, word } };
    Ok(ctx.db.write(command).await?.map_err(Into::into))
}

pub async fn end(ctx: &Ctx, staff: &Staff, word: &Public<WordRow>) -> Result<Done> {
    if !may_control(&staff.roles) {
        return Ok(Err(Refusal::Hidden));
    }
    ctx.db.write(Change { ctx: ctx.clone(), staff: staff.clone(), what: What::End(word.clone()) }).await
}

struct Change {
    ctx: Ctx,
    staff: Staff,
    what: What,
}

enum What {
    Add { id: Id<WordRow>, public: Public<WordRow>, word: String },
    End(Public<WordRow>),
}

impl Command for Change {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let (staff, now) = (&self.staff, self.ctx.now());
        let action = match &self.what {
            What::Add { id, public, word } => {
                let unit = staff.units.first();
                if tx.optional::<(String,)>(KNOWN, args![unit, word]).await?.is_some() {
                    return Ok(Ok(()));
                }
                tx.later(ADD, args![id, public, unit, word, &staff.staff, now]).await?;
                "watch_word_added"
            }
            What::End(word) => {
                if tx.execute(END, args![now, word, units(staff)]).await? == 0 {
                    return Ok(Err(Refusal::Hidden));
                }
                "watch_word_ended"
            }
        };
        audit::Entry::new(&self.ctx, &Actor::Staff(staff.clone()), action).save(tx).await?;
        Ok(Ok(()))
    }
}

pub const LIST: &str = "SELECT w.public_id, w.word, u.name FROM watch_word w JOIN unit u ON u.id = w.unit_id \
    WHERE w.ended_at IS NULL AND $1 LIKE '% ' || u.id || ' %' ORDER BY w.word, w.id LIMIT 500";
pub const KNOWN: &str = "SELECT id FROM watch_word WHERE unit_id = $1 AND word = $2 AND ended_at IS NULL";
pub const ADD: &str = "INSERT INTO watch_word (id, public_id, unit_id, word, added_by, added_at) \
    VALUES ($1, $2, $3, $4, $5, $6)";
pub const END: &str = "UPDATE watch_word SET ended_at = $1 WHERE public_id = $2 AND ended_at IS NULL \
    AND unit_id IN (SELECT id FROM unit WHERE $3 LIKE '% ' || id || ' %')";
