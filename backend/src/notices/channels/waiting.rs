//! Codes and farewells on their way.

use std::sync::Arc;

use domain::{
    kernel::{Id, Instant},
    notices::Outcome,
};

use super::{code_place, opened};
use crate::{
    Error, Result, args,
    ctx::Ctx,
    db::{Command, Tx},
    notices::{
        Channel, Profile, Recipient,
        ladder::{ChannelKind, Out, Said, ToSend, bounced},
    },
};

/// A code that was taken by a worker is taken by another after this, in seconds.
const LEASE: i64 = 60;

/// Sends the codes and farewells that wait. Tells how many.
pub async fn send_waiting<O: Out>(ctx: &Ctx, out: &Arc<O>) -> Result<usize> {
    let now = ctx.now();
    let rows: Vec<Ready> = ctx.db.write(Take { now }).await?;
    let taken = rows.len();
    for row in rows {
        let id: Id<Channel> = Id::new(row.id.as_str());
        let recipient: Id<Recipient> = Id::new(row.recipient_id.as_str());
        let locale = Profile::open(ctx, &recipient, &row.profile)?.language();
        let said = match (&row.code_sealed, row.state.as_str()) {
            (Some(sealed), "unconfirmed") => {
                let code = ctx.vault.open(&code_place(&id), sealed)?;
                Said::Code { code: String::from_utf8_lossy(&code).into_owned(), locale }
            }
            (_, "stopped") => Said::Farewell { locale },
            _ => continue,
        };
        let letter = ToSend {
            key: format!("{id}-{}-{}", row.state, row.code_number),
            kind: ChannelKind::parse(&row.kind).ok_or(Error::Broken("kind of a channel"))?,
            to: opened(ctx, &id, &row.address)?,
            said,
        };
        let outcome = out.send(ctx, &letter).await;
        let (state, number) = (row.state, row.code_number);
        ctx.db
            .write(Gone { ctx: ctx.clone(), id, recipient, state, number, outcome, now: ctx.now() })
            .await?;
    }
    Ok(taken)
}

#[derive(sqlx::FromRow)]
struct Ready {
    id: String,
    recipient_id: String,
    kind: String,
    address: Vec<u8>,
    state: String,
    code_sealed: Option<Vec<u8>>,
    code_number: i64,
    profile: Vec<u8>,
}

struct Take {
    now: Instant,
}

impl Command for Take {
    type Out = Vec<Ready>;

    async fn run(&self, tx: &mut Tx) -> Result<Vec<Ready>> {
        tx.all(TAKE, args![self.now.plus_seconds(LEASE), self.now]).await
    }
}

struct Gone {
    ctx: Ctx,
    id: Id<Channel>,
    recipient: Id<Recipient>,
    /// As it was when it was taken.
    state: String,
    number: i64,
    outcome: Outcome,
    now: Instant,
}

impl Command for Gone {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let gone = args![&self.id, &self.state, self.number];
        match self.outcome {
            // The lease has set when it is tried again.
            Outcome::Failed => Ok(()),
            Outcome::Accepted => tx.later(GONE, gone).await,
            Outcome::Refused => {
                tx.later(GONE, gone).await?;
                bounced(tx, &self.ctx, &self.recipient, &self.id, self.now).await
            }
        }
    }
}

pub const TAKE: &str = "UPDATE notice_channel SET code_due_at = $1 WHERE id IN (SELECT id FROM notice_channel \
    WHERE code_due_at <= $2 ORDER BY code_due_at, id LIMIT 20) RETURNING id, recipient_id, kind, address, state, code_sealed, \
    code_number, (SELECT r.profile FROM notice_recipient r WHERE r.id = notice_channel.recipient_id) AS profile";
/// A newer code or a farewell that came in between still has to go.
pub const GONE: &str =
    "UPDATE notice_channel SET code_due_at = NULL WHERE id = $1 AND state = $2 AND code_number = $3";
