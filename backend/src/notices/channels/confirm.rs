//! The code that came there.

use domain::{
    identity::{CodeRefusal, Waiting, typed_code},
    kernel::{Id, Instant, Public},
};
use subtle::ConstantTimeEq;

use super::{WAITS, Waits, code_hash};
use crate::{
    Result, args,
    ctx::{Actor, Ctx, Visitor},
    db::{Command, Tx},
    notices::{
        Channel, Recipient, sessions,
        tasks::{self, TaskKind},
        trail,
    },
};

/// The code that came there. None: it is not her channel.
pub async fn confirm(
    ctx: &Ctx,
    visitor: &Visitor,
    public: &Public<Channel>,
    typed: &str,
) -> Result<Option<std::result::Result<(), CodeRefusal>>> {
    let Some(recipient) = sessions::recipient(visitor) else { return Ok(None) };
    let code = match typed_code(typed) {
        Ok(code) => code,
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    let actor = Actor::Visitor(visitor.clone());
    let command =
        Confirm { ctx: ctx.clone(), actor, recipient, public: public.clone(), code, now: ctx.now() };
    ctx.db.write(command).await
}

struct Confirm {
    ctx: Ctx,
    actor: Actor,
    recipient: Id<Recipient>,
    public: Public<Channel>,
    code: String,
    now: Instant,
}

impl Command for Confirm {
    type Out = Option<std::result::Result<(), CodeRefusal>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let row: Option<Waits> = tx.optional(WAITS, args![&self.public, &self.recipient]).await?;
        let Some(row) = row else { return Ok(None) };
        let id: Id<Channel> = Id::new(row.id.as_str());
        let typed = code_hash(&self.ctx, &id, &self.code);
        let matches = row.code_hash.as_ref().is_some_and(|hash| bool::from(hash.ct_eq(&typed)));
        let waits = Waiting { expires_at: row.code_expires_at.map(Instant), tries: row.code_tries };
        // One that is held has had no code: whatever is typed is wrong, in the same words.
        let matches = matches && row.state == "unconfirmed";
        if let Err(refusal) = waits.judge(matches, self.now) {
            tx.later(WRONG, args![&id]).await?;
            return Ok(Some(Err(refusal)));
        }
        tx.later(CONFIRMED, args![self.now, &id]).await?;
        tasks::close(tx, TaskKind::Reconfirm, id.as_str(), self.now).await?;
        trail::note(tx, &self.ctx, &self.actor, ("notice.channel_confirmed", &self.recipient), "").await?;
        Ok(Some(Ok(())))
    }
}

pub const WRONG: &str = "UPDATE notice_channel SET code_tries = code_tries + 1 WHERE id = $1";
pub const CONFIRMED: &str = "UPDATE notice_channel SET state = 'confirmed', confirmed_at = $1, doubted_at = NULL, \
    code_hash = NULL, code_sealed = NULL, code_expires_at = NULL, code_due_at = NULL WHERE id = $2";
