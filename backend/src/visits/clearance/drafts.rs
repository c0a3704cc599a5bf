//! The draft: one a person, sealed under her own key, kept 28 days (a rule) after the last answer.

use domain::{
    access::Person,
    kernel::{Id, Instant},
    visits::clearance::{Answer, Child, Draft, Step},
};

use super::stored;
use crate::{
    Result, args,
    ctx::{Chance, Citizen, Ctx},
    db::{Command, Tx},
    rules::Rules,
    vault::Vault,
};

#[derive(sqlx::FromRow)]
pub(super) struct DraftRow {
    pub id: String,
    sealed: Vec<u8>,
    updated_at: i64,
}

/// Her answers so far; none when there is no draft or it is too old.
pub async fn draft(ctx: &Ctx, who: &Citizen) -> Result<Draft> {
    let row = ctx.db.optional::<DraftRow>(FIND, args![&who.person]).await?;
    let rules = Rules::on(&ctx.db, ctx.now().date()).await?;
    match row {
        Some(row) if row.is_fresh(&rules, ctx.now())? => {
            let (key,): (Vec<u8>,) = ctx.db.one(crate::vault::SUBJECT_KEY, args![&who.person]).await?;
            row.open(&ctx.vault, &who.person, &key)
        }
        _ => Ok(Draft::default()),
    }
}

impl DraftRow {
    pub fn is_fresh(&self, rules: &Rules, now: Instant) -> Result<bool> {
        Ok(now < Instant(self.updated_at).plus_days(rules.days("clearance.draft_days")?))
    }

    pub fn open(&self, vault: &Vault, person: &Id<Person>, subject_key: &[u8]) -> Result<Draft> {
        let key = vault.subject_from(person.as_str(), subject_key)?;
        stored::open(&key.open(&place(person), &self.sealed)?)
    }

    /// The draft inside a transaction, if there is a fresh one.
    pub async fn find(
        tx: &mut Tx,
        vault: &Vault,
        person: &Id<Person>,
        now: Instant,
    ) -> Result<Option<(Self, Draft)>> {
        let Some(row) = tx.optional::<Self>(FIND, args![person]).await? else { return Ok(None) };
        if !row.is_fresh(&Rules::within(tx, now.date()).await?, now)? {
            return Ok(None);
        }
        let (key,): (Vec<u8>,) = tx.one(crate::vault::SUBJECT_KEY, args![person]).await?;
        let draft = row.open(vault, person, &key)?;
        Ok(Some((row, draft)))
    }
}

/// Keeps an answer; answering again replaces it.
pub async fn answer(ctx: &Ctx, who: &Citizen, answer: Answer) -> Result<()> {
    change(ctx, who, Change::Answer(answer)).await
}

pub async fn add_child(ctx: &Ctx, who: &Citizen, child: Child) -> Result<()> {
    change(ctx, who, Change::AddChild(child)).await
}

/// Takes the child at this place off the list; a place that is not there changes nothing.
pub async fn remove_child(ctx: &Ctx, who: &Citizen, index: usize) -> Result<()> {
    change(ctx, who, Change::RemoveChild(index)).await
}

/// Begins with these answers, unless there are some already.
pub(super) async fn begin(ctx: &Ctx, who: &Citizen, answers: Vec<Answer>) -> Result<()> {
    change(ctx, who, Change::Begin(answers)).await
}

async fn change(ctx: &Ctx, who: &Citizen, change: Change) -> Result<()> {
    let (now, id) = (ctx.now(), ctx.chance.id::<Draft>(ctx.now()));
    let (vault, chance) = (ctx.vault.clone(), ctx.chance.clone());
    ctx.db.write(Keep { person: who.person.clone(), id, change, now, vault, chance }).await
}

enum Change {
    Answer(Answer),
    AddChild(Child),
    RemoveChild(usize),
    Begin(Vec<Answer>),
}

impl Change {
    fn apply(&self, draft: Draft) -> Draft {
        let mut children = match draft.get(Step::Children) {
            Some(Answer::Children(list)) => list.clone(),
            _ => vec![],
        };
        match self {
            Self::Answer(answer) => return draft.with(answer.clone()),
            Self::Begin(_) if draft.answers().next().is_some() => return draft,
            Self::Begin(answers) => return Draft::new(answers.iter().cloned()),
            Self::AddChild(child) if children.contains(child) => {}
            Self::AddChild(child) => children.push(child.clone()),
            Self::RemoveChild(index) if *index < children.len() => drop(children.remove(*index)),
            Self::RemoveChild(_) => {}
        }
        draft.with(Answer::Children(children))
    }
}

struct Keep {
    person: Id<Person>,
    id: Id<Draft>,
    change: Change,
    now: Instant,
    vault: Vault,
    /// Only for the salt and nonce of the sealed value, which must be new each time it is written.
    chance: Chance,
}

impl Command for Keep {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let found = DraftRow::find(tx, &self.vault, &self.person, self.now).await?;
        let (id, draft) = match found {
            Some((row, draft)) => (row.id, draft),
            None => (self.id.as_str().to_owned(), Draft::default()),
        };
        let key = self.vault.subject(tx, self.person.as_str()).await?;
        let plain = stored::seal(&self.change.apply(draft))?;
        let sealed = key.seal(&self.chance, &place(&self.person), &plain)?;
        tx.later(KEEP, args![&self.person, &id, sealed.as_slice(), self.now]).await
    }
}

/// Throws the draft away.
pub async fn discard(ctx: &Ctx, who: &Citizen) -> Result<()> {
    ctx.db.write(Discard(who.person.clone())).await
}

struct Discard(Id<Person>);

impl Command for Discard {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(DISCARD, args![&self.0]).await
    }
}

fn place(person: &Id<Person>) -> String {
    format!("application_draft/sealed/{person}")
}

pub const FIND: &str = "SELECT id, sealed, updated_at FROM application_draft WHERE person_id = $1";
pub const KEEP: &str = "INSERT INTO application_draft (person_id, id, sealed, updated_at) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (person_id) DO UPDATE SET id = excluded.id, sealed = excluded.sealed, updated_at = excluded.updated_at";
pub const DISCARD: &str = "DELETE FROM application_draft WHERE person_id = $1";
