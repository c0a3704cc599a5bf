//! A form that was refused: what was typed and which codes, sealed, shown to the same person only.
//!
//! The page is fetched again with `?try=<key>`; neither values nor codes ever stand in a URL or a log.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
};

/// How long a refused form waits for its person: as long as a session may last and a sign-in more.
const KEPT_MINUTES: i64 = 240;

/// What was typed, by field, and what is wrong with it. Codes only: words are made by the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormTry {
    pub values: BTreeMap<String, String>,
    pub errors: Vec<FieldError>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    pub field: String,
    pub code: String,
}

impl FormTry {
    /// What was typed, by field; nothing is wrong with it yet.
    pub fn new(values: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { values, errors: vec![] }
    }

    /// Fields and what is wrong with each, in place of what was wrong before.
    #[must_use]
    pub fn with<'a>(mut self, faults: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let error =
            |(field, code): (&str, &str)| FieldError { field: field.to_owned(), code: code.to_owned() };
        self.errors = faults.into_iter().map(error).collect();
        self
    }

    /// Empty for a field that was not there.
    pub fn value(&self, field: &str) -> String {
        self.values.get(field).cloned().unwrap_or_default()
    }

    /// What is wrong with this field.
    pub fn code(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.code.as_str())
    }
}

/// Keeps the try and gives the key for the redirect.
pub async fn keep(ctx: &Ctx, actor: &Actor, form: &'static str, content: &FormTry) -> Result<String> {
    let key = ctx.chance.token();
    let plain = serde_json::to_vec(content).map_err(|_| Error::Broken("form try"))?;
    let sealed = ctx.vault.seal(&ctx.chance, &place(&key), &plain)?;
    let (owner, now) = (owner(actor), ctx.now());
    ctx.db.write(Keep { key: key.clone(), owner, form, sealed, now }).await?;
    Ok(key)
}

struct Keep {
    key: String,
    owner: String,
    form: &'static str,
    sealed: Vec<u8>,
    now: domain::kernel::Instant,
}

impl Command for Keep {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let expires = self.now.plus_minutes(KEPT_MINUTES);
        tx.later(INSERT, args![&self.key, &self.owner, self.form, self.sealed.as_slice(), expires]).await
    }
}

/// Drops what nobody came back for; for the worker. Not done while keeping one: on PostgreSQL a crowd that is refused
/// at once would throw each other back over the rows that each looks for.
pub async fn sweep(ctx: &Ctx) -> Result<u64> {
    ctx.db.write(Sweep { now: ctx.now() }).await
}

struct Sweep {
    now: domain::kernel::Instant,
}

impl Command for Sweep {
    type Out = u64;

    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        tx.execute(DROP_OLD, args![self.now]).await
    }
}

/// The try behind this key, if it is this person's, this form's and not too old.
pub async fn find(ctx: &Ctx, actor: &Actor, form: &'static str, key: &str) -> Result<Option<FormTry>> {
    let values = args![key, owner(actor), form, ctx.now()];
    let Some((sealed,)) = ctx.db.optional::<(Vec<u8>,)>(FIND, values).await? else { return Ok(None) };
    let plain = ctx.vault.open(&place(key), &sealed)?;
    serde_json::from_slice(&plain).map(Some).map_err(|_| Error::Broken("form try"))
}

/// Whether something of this person's is kept under this key, whatever its form.
pub async fn is_kept(ctx: &Ctx, actor: &Actor, key: &str) -> Result<bool> {
    let found: Option<(i64,)> = ctx.db.optional(IS_KEPT, args![key, owner(actor), ctx.now()]).await?;
    Ok(found.is_some())
}

/// The person, so that a try is found again after a new sign-in; without one the key alone opens it.
fn owner(actor: &Actor) -> String {
    // In the audit a visitor is a citizen like others; what she has typed must be found by her alone.
    if let Actor::Visitor(visitor) = actor {
        return format!("visitor/{}", visitor.mark);
    }
    let (kind, id) = actor.trace();
    format!("{kind}/{}", id.unwrap_or_default())
}

fn place(key: &str) -> String {
    format!("form_try/sealed/{key}")
}

pub const DROP_OLD: &str = "DELETE FROM form_try WHERE expires_at < $1";
pub const INSERT: &str =
    "INSERT INTO form_try (key, owner, form, sealed, expires_at) VALUES ($1, $2, $3, $4, $5)";
pub const IS_KEPT: &str =
    "SELECT CAST(1 AS BIGINT) FROM form_try WHERE key = $1 AND owner = $2 AND expires_at >= $3";
pub const FIND: &str =
    "SELECT sealed FROM form_try WHERE key = $1 AND owner = $2 AND form = $3 AND expires_at >= $4";
