//! A session for one hand-in. The browser holds a token of which only a keyed hash is kept; nobody is signed in by it.

use domain::{
    kernel::{Id, Instant},
    visits::handin::{HandIn, HandInForm, Purpose, Reached},
};

use super::{SessionMark, form, token_hash};
use crate::{
    Error, Result, args,
    ctx::Ctx,
    db::{Command, Tx},
};

/// One that a code has opened and that has not ended.
#[derive(Clone, Debug)]
pub struct Session {
    pub reached: Reached,
    /// What was handed in, or what is followed.
    pub(super) hand_in: Option<Id<HandIn>>,
    pub(super) id: Id<SessionMark>,
    pub(super) reached_hash: Vec<u8>,
    draft: Option<HandInForm>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    reached: Vec<u8>,
    reached_hash: Vec<u8>,
    draft: Option<Vec<u8>>,
    hand_in_id: Option<String>,
    opened_at: Option<i64>,
    ends_at: i64,
}

impl Session {
    /// Handed in: there is nothing more to write.
    pub fn is_done(&self) -> bool {
        self.hand_in.is_some()
    }

    /// She has written something.
    pub fn is_begun(&self) -> bool {
        self.draft.is_some()
    }

    /// What she has written so far; at first, where she was reached.
    pub fn form(&self) -> HandInForm {
        if let Some(draft) = &self.draft {
            return draft.clone();
        }
        let text = self.reached.as_str().to_owned();
        match &self.reached {
            Reached::Email(_) => HandInForm { email: text, ..HandInForm::default() },
            Reached::Phone(_) => HandInForm { phone: text, ..HandInForm::default() },
        }
    }
}

async fn row(ctx: &Ctx, purpose: Purpose, token: &str) -> Result<Option<Row>> {
    ctx.db.optional(BY_TOKEN, args![token_hash(ctx, purpose, token)]).await
}

/// Where the code goes that is waited for, if it is hers.
pub async fn waits(ctx: &Ctx, purpose: Purpose, token: &str) -> Result<Option<Reached>> {
    let row = row(ctx, purpose, token).await?.filter(|row| row.opened_at.is_none());
    let Some(row) = row else { return Ok(None) };
    let plain = ctx.vault.open(&reached_place(&Id::new(row.id)), &row.reached)?;
    super::reached(&plain).map(Some)
}

pub async fn session(ctx: &Ctx, purpose: Purpose, token: &str) -> Result<Option<Session>> {
    let open = |row: &Row| row.opened_at.is_some() && Instant(row.ends_at) > ctx.now();
    let Some(row) = row(ctx, purpose, token).await?.filter(open) else { return Ok(None) };
    let id: Id<SessionMark> = Id::new(row.id);
    let reached = super::reached(&ctx.vault.open(&reached_place(&id), &row.reached)?)?;
    let draft = match &row.draft {
        Some(sealed) => Some(form(&ctx.vault.open(&draft_place(&id), sealed)?)?),
        None => None,
    };
    let hand_in = row.hand_in_id.map(Id::new);
    Ok(Some(Session { reached, hand_in, id, reached_hash: row.reached_hash, draft }))
}

/// Keeps what was typed, also when it came too late: a new code to the same address finds it. False: the session has ended.
pub async fn keep(ctx: &Ctx, token: &str, typed: &HandInForm) -> Result<bool> {
    let opened = row(ctx, Purpose::Write, token).await?.filter(|row| row.opened_at.is_some());
    let Some(row) = opened else { return Ok(false) };
    let id: Id<SessionMark> = Id::new(row.id);
    let plain = serde_json::to_vec(typed).map_err(|_| Error::Broken("a hand-in"))?;
    let sealed = ctx.vault.seal(&ctx.chance, &draft_place(&id), &plain)?;
    ctx.db.write(Keep { id, sealed }).await?;
    Ok(Instant(row.ends_at) > ctx.now())
}

struct Keep {
    id: Id<SessionMark>,
    sealed: Vec<u8>,
}

impl Command for Keep {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(KEEP_DRAFT, args![self.sealed.as_slice(), &self.id]).await.map(|_| ())
    }
}

/// What she began in an earlier session, by the same address.
pub(super) async fn carry(tx: &mut Tx, ctx: &Ctx, id: &Id<SessionMark>, reached_hash: &[u8]) -> Result<()> {
    let begun: Option<(String, Vec<u8>)> = tx.optional(BEGUN, args![reached_hash]).await?;
    let Some((earlier, sealed)) = begun else { return Ok(()) };
    let plain = ctx.vault.open(&draft_place(&Id::new(earlier.as_str())), &sealed)?;
    let sealed = ctx.vault.seal(&ctx.chance, &draft_place(id), &plain)?;
    tx.later(KEEP_DRAFT, args![sealed, id]).await?;
    tx.later(DROP_DRAFT, args![earlier]).await
}

pub(super) fn reached_place(id: &Id<SessionMark>) -> String {
    format!("hand_in_session/reached/{id}")
}

fn draft_place(id: &Id<SessionMark>) -> String {
    format!("hand_in_session/draft/{id}")
}

pub const BY_TOKEN: &str = "SELECT id, reached, reached_hash, draft, hand_in_id, opened_at, ends_at FROM hand_in_session \
    WHERE token_hash = $1";
pub const KEEP_DRAFT: &str =
    "UPDATE hand_in_session SET draft = $1 WHERE id = $2 AND hand_in_id IS NULL AND opened_at IS NOT NULL";
pub const BEGUN: &str = "SELECT id, draft FROM hand_in_session WHERE reached_hash = $1 AND hand_in_id IS NULL \
    AND draft IS NOT NULL ORDER BY asked_at DESC LIMIT 1";
pub const DROP_DRAFT: &str = "UPDATE hand_in_session SET draft = NULL WHERE id = $1";
