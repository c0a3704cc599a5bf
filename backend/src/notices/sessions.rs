//! Sessions of the victims' entrance, and nobody else's: signing in here touches no row of another slice. Whoever has an
//! eID can sign in; what she finds depends on what is registered on her number.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{
    access::{Level, Session},
    kernel::{Id, Instant},
};
use serde::{Deserialize, Serialize};

use super::{Recipient, number_hash};
use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx, Visitor},
    db::{Command, Tx},
    identity::{arrival::Arrival, sessions::Live},
    oidc::Ended,
};

/// How old `seen_at` may become before a request writes it again.
const TOUCH_SECONDS: i64 = 60;
/// How much the provider's clock may differ from ours.
const CLOCKS_DIFFER_SECONDS: i64 = 60;

/// Who signed in, as the provider vouched for her.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Who {
    pub name: String,
    pub number: String,
}

/// Opens the session and gives its token for the cookie. None: she came without a Norwegian number.
pub async fn welcome(ctx: &Ctx, arrival: &Arrival) -> Result<Option<String>> {
    let Some(number) = &arrival.number else { return Ok(None) };
    let (now, token) = (ctx.now(), ctx.chance.token());
    let id: Id<Session> = ctx.chance.id(now);
    let who = Who { name: arrival.name.clone(), number: number.expose().to_owned() };
    let plain = serde_json::to_vec(&who).map_err(|_| Error::Broken("a session"))?;
    let command = Welcome {
        token_hash: token_hash(ctx, &token),
        number_hash: number_hash(ctx, number.expose()),
        sealed: ctx.vault.seal(&ctx.chance, &place(&id), &plain)?,
        sealed_token: ctx.vault.seal(&ctx.chance, &token_place(&id), arrival.id_token.as_bytes())?,
        previous: arrival.previous.as_deref().map(|token| token_hash(ctx, token)),
        issuer: arrival.issuer.clone(),
        subject: arrival.subject.clone(),
        sid: arrival.sid.clone(),
        level: arrival.level,
        fresh_at: arrival.fresh_at,
        id,
        now,
    };
    ctx.db.write(command).await?;
    Ok(Some(token))
}

struct Welcome {
    id: Id<Session>,
    token_hash: Vec<u8>,
    number_hash: Vec<u8>,
    sealed: Vec<u8>,
    sealed_token: Vec<u8>,
    previous: Option<Vec<u8>>,
    issuer: String,
    subject: String,
    sid: Option<String>,
    level: Level,
    fresh_at: Option<Instant>,
    now: Instant,
}

impl Command for Welcome {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if let Some(previous) = &self.previous {
            tx.later(CLOSE_PREVIOUS, args![self.now, previous.as_slice()]).await?;
        }
        let values = args![
            &self.id,
            self.token_hash.as_slice(),
            self.number_hash.as_slice(),
            self.sealed.as_slice(),
            self.sealed_token.as_slice(),
            &self.issuer,
            &self.subject,
            self.sid.as_ref(),
            self.level.code(),
            self.now,
            self.fresh_at
        ];
        tx.later(INSERT, values).await
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    number_hash: Vec<u8>,
    sealed: Vec<u8>,
    level: String,
    opened_at: i64,
    seen_at: i64,
    fresh_at: Option<i64>,
    recipient_id: Option<String>,
}

/// The live session behind the cookie. Using it counts as activity.
pub async fn find(ctx: &Ctx, token: &str) -> Result<Option<Live>> {
    let Some(row) = open_row(ctx, token).await? else { return Ok(None) };
    let (now, mut ends) = (ctx.now(), ends(ctx, &row));
    if now >= ends.0 {
        return Ok(None);
    }
    if now >= Instant(row.seen_at).plus_seconds(TOUCH_SECONDS) {
        match ctx.db.write(Touch { id: Id::new(row.id.clone()), now }).await {
            Ok(()) => ends.0 = now.plus_minutes(ctx.settings.session.idle_minutes).min(ends.1),
            Err(error) if error.passes() => tracing::warn!(%error, "a session was not touched"),
            Err(error) => return Err(error),
        }
    }
    Ok(Some(Live { actor: actor(ctx, row)?, idle_end: ends.0, absolute_end: ends.1 }))
}

/// Whose session this was, if it ran out and nobody ended it.
pub async fn ran_out(ctx: &Ctx, token: &str) -> Result<Option<Actor>> {
    let row = open_row(ctx, token).await?;
    row.filter(|row| ctx.now() >= ends(ctx, row).0).map(|row| actor(ctx, row)).transpose()
}

async fn open_row(ctx: &Ctx, token: &str) -> Result<Option<Row>> {
    ctx.db.optional(FIND, args![token_hash(ctx, token)]).await
}

fn ends(ctx: &Ctx, row: &Row) -> (Instant, Instant) {
    let limits = &ctx.settings.session;
    let absolute = Instant(row.opened_at).plus_minutes(limits.absolute_minutes);
    (Instant(row.seen_at).plus_minutes(limits.idle_minutes).min(absolute), absolute)
}

fn actor(ctx: &Ctx, row: Row) -> Result<Actor> {
    let session: Id<Session> = Id::new(row.id);
    let who = who(ctx, &session, &row.sealed)?;
    let minutes = ctx.settings.session.fresh_minutes;
    Ok(Actor::Visitor(Visitor {
        session,
        recipient: row.recipient_id,
        mark: mark(ctx, &row.number_hash),
        name: who.name,
        level: Level::parse(&row.level).ok_or(Error::Broken("session level"))?,
        fresh_until: row.fresh_at.map(|at| Instant(at).plus_minutes(minutes)),
    }))
}

/// Names her outside the compartment, for her own forms: under a key of its own, so that it matches nothing here.
fn mark(ctx: &Ctx, number_hash: &[u8]) -> String {
    let hash = BASE64_URL_SAFE_NO_PAD.encode(number_hash);
    BASE64_URL_SAFE_NO_PAD.encode(ctx.vault.fingerprint("notice_form", &hash))
}

/// Name and number of whoever is signed in.
pub(super) async fn of_visitor(tx: &mut Tx, ctx: &Ctx, visitor: &Visitor) -> Result<Who> {
    let (sealed,): (Vec<u8>,) = tx.one(SEALED, args![&visitor.session]).await?;
    who(ctx, &visitor.session, &sealed)
}

fn who(ctx: &Ctx, session: &Id<Session>, sealed: &[u8]) -> Result<Who> {
    let plain = ctx.vault.open(&place(session), sealed)?;
    serde_json::from_slice(&plain).map_err(|_| Error::Broken("a session"))
}

struct Touch {
    id: Id<Session>,
    now: Instant,
}

impl Command for Touch {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(TOUCH, args![self.now, &self.id]).await
    }
}

/// Ends the session behind this cookie and gives the sealed ID token back, as the hint for the provider.
pub async fn close(ctx: &Ctx, token: &str) -> Result<Option<String>> {
    let (hash, now) = (token_hash(ctx, token), ctx.now());
    let closed = ctx.db.write(Close { hash, now }).await?;
    let Some((id, sealed)) = closed else { return Ok(None) };
    let plain = ctx.vault.open(&token_place(&Id::new(id)), &sealed)?;
    Ok(String::from_utf8(plain.to_vec()).ok())
}

struct Close {
    hash: Vec<u8>,
    now: Instant,
}

impl Command for Close {
    type Out = Option<(String, Vec<u8>)>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        tx.optional(CLOSE, args![self.now, self.hash.as_slice()]).await
    }
}

/// Ends every session that this provider's session, or this person's sign-out there, has ended. Tells how many.
pub async fn close_from_provider(ctx: &Ctx, issuer: &str, ended: &Ended) -> Result<u64> {
    let (issuer, ended, now) = (issuer.to_owned(), ended.clone(), ctx.now());
    ctx.db.write(CloseFromProvider { issuer, ended, now }).await
}

struct CloseFromProvider {
    issuer: String,
    ended: Ended,
    now: Instant,
}

impl Command for CloseFromProvider {
    type Out = u64;

    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        match &self.ended {
            Ended::Session(sid) => tx.execute(CLOSE_BY_SID, args![self.now, &self.issuer, sid]).await,
            Ended::Person { subject, at } => {
                let until = at.plus_seconds(CLOCKS_DIFFER_SECONDS);
                tx.execute(CLOSE_BY_SUBJECT, args![self.now, &self.issuer, subject, until]).await
            }
        }
    }
}

/// The recipient of a session, once she has a row.
pub(crate) fn recipient(visitor: &Visitor) -> Option<Id<Recipient>> {
    visitor.recipient.as_deref().map(Id::new)
}

fn token_hash(ctx: &Ctx, token: &str) -> Vec<u8> {
    ctx.vault.fingerprint("notice_session", token)
}

fn place(session: &Id<Session>) -> String {
    format!("notice_session/sealed/{session}")
}

fn token_place(session: &Id<Session>) -> String {
    format!("notice_session/sealed_token/{session}")
}

pub const INSERT: &str = "INSERT INTO notice_session (id, token_hash, number_hash, sealed, sealed_token, issuer, subject, sid, \
    level, opened_at, seen_at, fresh_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)";
pub const CLOSE_PREVIOUS: &str =
    "UPDATE notice_session SET closed_at = $1 WHERE token_hash = $2 AND closed_at IS NULL";
pub const FIND: &str = "SELECT s.id, s.number_hash, s.sealed, s.level, s.opened_at, s.seen_at, s.fresh_at, r.id AS recipient_id \
    FROM notice_session s LEFT JOIN notice_recipient r ON r.number_hash = s.number_hash \
    WHERE s.token_hash = $1 AND s.closed_at IS NULL";
pub const SEALED: &str = "SELECT sealed FROM notice_session WHERE id = $1";
pub const TOUCH: &str = "UPDATE notice_session SET seen_at = $1 WHERE id = $2 AND closed_at IS NULL";
pub const CLOSE: &str = "UPDATE notice_session SET closed_at = $1 WHERE token_hash = $2 AND closed_at IS NULL \
    RETURNING id, sealed_token";
pub const CLOSE_BY_SID: &str =
    "UPDATE notice_session SET closed_at = $1 WHERE issuer = $2 AND sid = $3 AND closed_at IS NULL";
pub const CLOSE_BY_SUBJECT: &str = "UPDATE notice_session SET closed_at = $1 WHERE issuer = $2 AND subject = $3 \
    AND opened_at <= $4 AND closed_at IS NULL";
