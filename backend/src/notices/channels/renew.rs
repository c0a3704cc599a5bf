//! A new code for an address that is not confirmed. The old one dies. The answer is the same for one that is held, to which
//! nothing goes.

use domain::{
    identity::CodeRefusal,
    kernel::{Id, Instant, Public},
    notices::{Codes, MostCodes},
};

use super::{Code, WAITS, Waits};
use crate::{
    Result, args,
    ctx::{Actor, Ctx, Visitor},
    db::{Command, Tx},
    notices::{Channel, Recipient, sessions, trail},
    rules::Rules,
};

/// None: it is not her channel. One that is confirmed already stays so.
pub async fn renew(
    ctx: &Ctx,
    visitor: &Visitor,
    public: &Public<Channel>,
) -> Result<Option<std::result::Result<(), CodeRefusal>>> {
    let Some(recipient) = sessions::recipient(visitor) else { return Ok(None) };
    let command = Renew {
        actor: Actor::Visitor(visitor.clone()),
        recipient,
        public: public.clone(),
        code: ctx.chance.code(),
        now: ctx.now(),
        ctx: ctx.clone(),
    };
    ctx.db.write(command).await
}

struct Renew {
    ctx: Ctx,
    actor: Actor,
    recipient: Id<Recipient>,
    public: Public<Channel>,
    code: String,
    now: Instant,
}

impl Command for Renew {
    type Out = Option<std::result::Result<(), CodeRefusal>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let row: Option<Waits> = tx.optional(WAITS, args![&self.public, &self.recipient]).await?;
        let Some(row) = row else { return Ok(None) };
        if !matches!(row.state.as_str(), "unconfirmed" | "held") {
            return Ok(Some(Ok(())));
        }
        let rules = Rules::within(tx, self.now.date()).await?;
        let most = MostCodes {
            count: rules.days("notices.codes_most")?,
            minutes: rules.days("notices.codes_minutes")?,
        };
        let since = Instant(row.codes_since.unwrap_or(row.added_at));
        let sent = Codes { count: row.codes_sent, since };
        let Some(sent) = sent.one_more(most, self.now) else {
            return Ok(Some(Err(CodeRefusal::TooManyCodes)));
        };
        let id: Id<Channel> = Id::new(row.id);
        let code = Code::of(&self.ctx, &id, &self.code)?;
        let until = self.now.plus_minutes(rules.days("notices.code_minutes")?);
        let values = args![code.hash, code.sealed, until, sent.count, sent.since, self.now, &id];
        tx.later(RENEW, values).await?;
        trail::note(tx, &self.ctx, &self.actor, ("notice.channel_code", &self.recipient), "").await?;
        Ok(Some(Ok(())))
    }
}

pub const RENEW: &str = "UPDATE notice_channel SET code_hash = $1, code_sealed = $2, code_expires_at = $3, code_tries = 0, \
    codes_sent = $4, codes_since = $5, code_number = code_number + 1, \
    code_due_at = CASE WHEN state = 'unconfirmed' THEN CAST($6 AS BIGINT) END WHERE id = $7";
