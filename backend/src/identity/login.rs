//! A sign-in on its way: what must come back from the provider is kept here, not in the browser.
//!
//! The browser holds only a key; the row holds its hash. It is taken once and is good for ten minutes.

use domain::{access::Area, kernel::Instant};
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result, args,
    ctx::Ctx,
    db::{Command, Tx},
};

const GOOD_MINUTES: i64 = 10;

/// What a sign-in must match when it returns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    pub state: String,
    pub nonce: String,
    pub pkce_verifier: String,
    /// A path of our own to land on.
    pub return_to: String,
    /// The level that was asked for.
    pub level: String,
    /// When a fresh sign-in was asked for, in microseconds; none if any would do.
    #[serde(default)]
    pub fresh_since: Option<i64>,
}

/// Keeps the attempt and gives the key for the browser's cookie.
pub async fn save(ctx: &Ctx, area: Area, attempt: &Attempt) -> Result<String> {
    let key = ctx.chance.token();
    let plain = serde_json::to_vec(attempt).map_err(|_| Error::Broken("login attempt"))?;
    let hash = ctx.vault.fingerprint("login_attempt", &key);
    let sealed = ctx.vault.seal(&ctx.chance, &place(area), &plain)?;
    ctx.db.write(Save { hash, area, state: attempt.state.clone(), sealed, now: ctx.now() }).await?;
    Ok(key)
}

struct Save {
    hash: Vec<u8>,
    area: Area,
    state: String,
    sealed: Vec<u8>,
    now: Instant,
}

impl Command for Save {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let expires = self.now.plus_minutes(GOOD_MINUTES);
        let values =
            args![self.hash.as_slice(), self.area.code(), &self.state, self.sealed.as_slice(), expires];
        tx.later(INSERT, values).await
    }
}

/// Drops what nobody came back for. Not with each new attempt: on PostgreSQL all who sign in at once would throw each
/// other back.
pub async fn sweep(ctx: &Ctx) -> Result<u64> {
    ctx.db.write(Sweep { now: ctx.now() }).await
}

struct Sweep {
    now: Instant,
}

impl Command for Sweep {
    type Out = u64;

    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        tx.execute(DROP_OLD, args![self.now]).await
    }
}

/// Takes the attempt of this browser if the state is its own; a second time there is none.
pub async fn take(ctx: &Ctx, area: Area, key: &str, state: &str) -> Result<Option<Attempt>> {
    let hash = ctx.vault.fingerprint("login_attempt", key);
    let taken = ctx.db.write(Take { hash, area, state: state.to_owned(), now: ctx.now() }).await?;
    let Some(sealed) = taken else { return Ok(None) };
    let plain = ctx.vault.open(&place(area), &sealed)?;
    serde_json::from_slice(&plain).map(Some).map_err(|_| Error::Broken("login attempt"))
}

struct Take {
    hash: Vec<u8>,
    area: Area,
    state: String,
    now: Instant,
}

impl Command for Take {
    type Out = Option<Vec<u8>>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<Vec<u8>>> {
        let values = args![self.hash.as_slice(), self.area.code(), &self.state, self.now];
        Ok(tx.optional::<(Vec<u8>,)>(TAKE, values).await?.map(|(sealed,)| sealed))
    }
}

fn place(area: Area) -> String {
    format!("login_attempt/sealed/{}", area.code())
}

pub const DROP_OLD: &str = "DELETE FROM login_attempt WHERE expires_at < $1";
pub const INSERT: &str =
    "INSERT INTO login_attempt (key_hash, area, state, sealed, expires_at) VALUES ($1, $2, $3, $4, $5)";
pub const TAKE: &str = "DELETE FROM login_attempt WHERE key_hash = $1 AND area = $2 AND state = $3 \
    AND expires_at >= $4 RETURNING sealed";
