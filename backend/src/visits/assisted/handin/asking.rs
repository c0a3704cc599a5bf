//! A code is asked for, sent and typed. Whether an address and a reference belong together is known to the letter alone: the same is read,
//! written and answered either way, and a code that was never sent opens nothing, however it is guessed.

use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{
    identity::{CODE_MINUTES, CODES_MINUTES, CodeRefusal, Waiting},
    kernel::{Id, Instant, Locale, Reference},
    visits::handin::{Purpose, Reached},
};
use subtle::ConstantTimeEq;

use super::{SessionMark, reached_hash, session, token_hash};
use crate::{
    Error, Result, args,
    ctx::{Ctx, FALLBACK},
    db::{Command, Tx},
    outbox,
    rules::Rules,
};

/// The outbox kinds of the letter and of the text with the code.
pub const CODE_LETTER: &str = "visits.hand_in_code";
pub const CODE_TEXT: &str = "visits.hand_in_text_code";

/// What is asked for, and by whom.
#[derive(Clone, Debug)]
pub struct Asked {
    pub purpose: Purpose,
    pub reached: Reached,
    /// Of what she wants to follow.
    pub reference: Option<Reference>,
    /// The network that asks, as the server sees it.
    pub network: Option<String>,
    pub locale: Locale,
}

/// The code on its way, as it waits in the outbox.
#[derive(serde::Serialize, serde::Deserialize)]
pub struct CodeLetter {
    pub session: String,
    /// The code, sealed by the vault, in base64.
    pub sealed: String,
}

/// A code, ready to be written to where it goes.
#[derive(Debug)]
pub struct Sent {
    pub to: Reached,
    pub code: String,
    pub locale: Locale,
}

/// The token for her browser, whether or not a code is on its way. None: her network has asked for too many.
pub async fn ask(ctx: &Ctx, asked: &Asked) -> Result<Option<String>> {
    let (now, token, code) = (ctx.now(), ctx.chance.token(), ctx.chance.code());
    let id: Id<SessionMark> = ctx.chance.id(now);
    let sealed = ctx.vault.seal(&ctx.chance, &code_place(&id), code.as_bytes())?;
    let letter = CodeLetter { session: id.as_str().to_owned(), sealed: BASE64_STANDARD.encode(sealed) };
    let kind = match &asked.reached {
        Reached::Email(_) => CODE_LETTER,
        Reached::Phone(_) => CODE_TEXT,
    };
    let command = Ask {
        token: token_hash(ctx, asked.purpose, &token),
        reached: ctx.vault.seal(
            &ctx.chance,
            &session::reached_place(&id),
            asked.reached.as_str().as_bytes(),
        )?,
        reached_hash: reached_hash(ctx, &asked.reached),
        network: asked.network.as_deref().map(|from| ctx.vault.fingerprint("hand_in_network", from)),
        code: code_hash(ctx, &id, &code),
        reference: asked.reference.as_ref().map(|one| one.stored().to_owned()).unwrap_or_default(),
        job: outbox::Job::new(ctx, kind, &letter)?,
        purpose: asked.purpose,
        locale: asked.locale,
        id,
        now,
    };
    Ok(ctx.db.write(command).await?.then_some(token))
}

struct Ask {
    id: Id<SessionMark>,
    purpose: Purpose,
    token: Vec<u8>,
    reached: Vec<u8>,
    reached_hash: Vec<u8>,
    network: Option<Vec<u8>>,
    code: Vec<u8>,
    reference: String,
    locale: Locale,
    job: outbox::Job,
    now: Instant,
}

impl Command for Ask {
    type Out = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        let rules = Rules::within(tx, self.now.date()).await?;
        let since = self.now.plus_minutes(-CODES_MINUTES);
        if let Some(network) = &self.network {
            let (asked,): (i64,) = tx.one(FROM_NETWORK, args![network.as_slice(), since]).await?;
            if asked >= rules.days("handin.network_codes")? {
                return Ok(false);
            }
        }
        let hash = self.reached_hash.as_slice();
        let followed: Option<(String,)> = tx.optional(FOLLOWED, args![&self.reference, hash]).await?;
        let followed = followed.map(|(id,)| id);
        let (sent,): (i64,) = tx.one(SENT_TO, args![hash, since]).await?;
        let goes = self.purpose == Purpose::Write || followed.is_some();
        let expires = self.now.plus_minutes(CODE_MINUTES);
        let values = args![
            &self.id,
            self.token.as_slice(),
            self.purpose.code(),
            self.reached.as_slice(),
            hash,
            self.network.clone(),
            self.locale.code(),
            self.code.as_slice(),
            expires,
            goes && sent < rules.days("handin.codes")?,
            self.now,
            followed
        ];
        tx.later(INSERT_SESSION, values).await?;
        self.job.save(tx).await?;
        Ok(true)
    }
}

#[derive(sqlx::FromRow)]
struct Waits {
    reached: Vec<u8>,
    locale: String,
    code_expires_at: i64,
}

/// What the letter or text says and where it goes. `None`: there is nothing to send, or no longer.
pub async fn code_sent(ctx: &Ctx, letter: &CodeLetter) -> Result<Option<Sent>> {
    let id: Id<SessionMark> = Id::new(letter.session.as_str());
    let row: Option<Waits> = ctx.db.optional(TO_SEND, args![&id]).await?;
    let Some(row) = row.filter(|row| Instant(row.code_expires_at) > ctx.now()) else { return Ok(None) };
    let sealed = BASE64_STANDARD.decode(&letter.sealed).map_err(|_| Error::Broken("code letter"))?;
    let code = ctx.vault.open(&code_place(&id), &sealed)?;
    let code = std::str::from_utf8(&code).map_err(|_| Error::Broken("code letter"))?.to_owned();
    let to = super::reached(&ctx.vault.open(&session::reached_place(&id), &row.reached)?)?;
    Ok(Some(Sent { to, code, locale: Locale::parse(&row.locale).unwrap_or(FALLBACK) }))
}

/// Opens the session if the code is the one that was sent: a new token, for whoever knew the old one has proved nothing.
pub async fn open(
    ctx: &Ctx,
    purpose: Purpose,
    token: &str,
    code: &str,
) -> Result<Result<String, CodeRefusal>> {
    let fresh = ctx.chance.token();
    let command = Open {
        ctx: ctx.clone(),
        purpose,
        old: token_hash(ctx, purpose, token),
        new: token_hash(ctx, purpose, &fresh),
        code: code.to_owned(),
    };
    Ok(ctx.db.write(command).await?.map(|()| fresh))
}

struct Open {
    ctx: Ctx,
    purpose: Purpose,
    old: Vec<u8>,
    new: Vec<u8>,
    code: String,
}

#[derive(sqlx::FromRow)]
struct Closed {
    id: String,
    reached_hash: Vec<u8>,
    code_hash: Option<Vec<u8>>,
    code_expires_at: i64,
    code_tries: i64,
    sent: i64,
}

impl Command for Open {
    type Out = Result<(), CodeRefusal>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let now = self.ctx.now();
        let Some(row) = tx.optional::<Closed>(NOT_OPEN, args![self.old.as_slice()]).await? else {
            return Ok(Err(CodeRefusal::Expired));
        };
        let id: Id<SessionMark> = Id::new(row.id.as_str());
        let typed = code_hash(&self.ctx, &id, &self.code);
        let same = row.code_hash.as_deref().is_some_and(|known| bool::from(known.ct_eq(&typed)));
        let waiting = Waiting { expires_at: Some(Instant(row.code_expires_at)), tries: row.code_tries };
        let verdict = waiting.judge(same && row.sent == 1, now);
        match verdict {
            Ok(()) => {
                let minutes = Rules::within(tx, now.date()).await?.days("handin.session_minutes")?;
                let values = args![self.new.as_slice(), now, now.plus_minutes(minutes), &id];
                tx.later(OPENED, values).await?;
                if self.purpose == Purpose::Write {
                    session::carry(tx, &self.ctx, &id, &row.reached_hash).await?;
                }
            }
            Err(CodeRefusal::Wrong | CodeRefusal::TooManyTries) => {
                tx.later(ONE_MORE_TRY, args![&id]).await?;
            }
            Err(_) => {}
        }
        Ok(verdict)
    }
}

/// A code of one session is none of another.
fn code_hash(ctx: &Ctx, id: &Id<SessionMark>, code: &str) -> Vec<u8> {
    ctx.vault.fingerprint("hand_in_code", &format!("{id}/{code}"))
}

fn code_place(id: &Id<SessionMark>) -> String {
    format!("outbox/hand_in_code/{id}")
}

pub const FROM_NETWORK: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM hand_in_session \
    WHERE network_hash = $1 AND asked_at > $2";
pub const FOLLOWED: &str = "SELECT id FROM hand_in WHERE reference = $1 AND reached_hash = $2";
pub const SENT_TO: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM hand_in_session \
    WHERE reached_hash = $1 AND asked_at > $2 AND sent = 1";
pub const INSERT_SESSION: &str = "INSERT INTO hand_in_session (id, token_hash, purpose, reached, reached_hash, network_hash, locale, \
    code_hash, code_expires_at, sent, asked_at, ends_at, hand_in_id) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $9, $12)";
pub const TO_SEND: &str = "SELECT reached, locale, code_expires_at FROM hand_in_session \
    WHERE id = $1 AND sent = 1 AND opened_at IS NULL";
pub const NOT_OPEN: &str = "SELECT id, reached_hash, code_hash, code_expires_at, code_tries, sent FROM hand_in_session \
    WHERE token_hash = $1 AND opened_at IS NULL";
pub const OPENED: &str = "UPDATE hand_in_session SET token_hash = $1, opened_at = $2, ends_at = $3, code_hash = NULL WHERE id = $4";
pub const ONE_MORE_TRY: &str = "UPDATE hand_in_session SET code_tries = code_tries + 1 WHERE id = $1";
