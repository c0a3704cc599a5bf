//! Her word that she has read it.

use domain::kernel::{Id, Public};

use super::Refusal;
use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx, Visitor},
    db::{Command, Tx},
    notices::{Duty, Recipient, sessions, stored, trail},
};

/// She has read it: the obligation is met. The same again is nothing new.
pub async fn confirm(
    ctx: &Ctx,
    visitor: &Visitor,
    public: &Public<Duty>,
) -> Result<Option<std::result::Result<(), Refusal>>> {
    let Some(recipient) = sessions::recipient(visitor) else { return Ok(None) };
    if !visitor.has_proved_herself(ctx.now()) {
        return Ok(Some(Err(Refusal::Prove)));
    }
    let visitor = visitor.clone();
    ctx.db.write(Confirm { ctx: ctx.clone(), visitor, recipient, public: public.clone() }).await
}

struct Confirm {
    ctx: Ctx,
    visitor: Visitor,
    recipient: Id<Recipient>,
    public: Public<Duty>,
}

impl Command for Confirm {
    type Out = Option<std::result::Result<(), Refusal>>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let (ctx, now) = (&self.ctx, self.ctx.now());
        let found: Option<(String, i64)> = tx.optional(OWN, args![&self.public, &self.recipient]).await?;
        let Some((matter, version)) = found else { return Ok(None) };
        let mut loaded = stored::load(tx, ctx, &Id::new(matter)).await?;
        let version = u32::try_from(version).map_err(|_| Error::Broken("a version"))?;
        let Some((_, duty)) = loaded.matter.obligations.iter_mut().find(|(number, _)| *number == version)
        else {
            return Ok(None);
        };
        if !duty.acknowledge(false, now) {
            let known = matches!(duty.state, domain::notices::State::Acknowledged { .. });
            return Ok(Some(if known { Ok(()) } else { Err(Refusal::Replaced) }));
        }
        loaded.save(tx, ctx, now).await?;
        let actor = Actor::Visitor(self.visitor.clone());
        trail::note(tx, ctx, &actor, ("notice.confirmed", &self.recipient), "portal").await?;
        Ok(Some(Ok(())))
    }
}

pub const OWN: &str = "SELECT o.matter_id, o.version FROM notice_obligation o JOIN notice_matter m ON m.id = o.matter_id \
    JOIN notice_party p ON p.id = m.party_id WHERE o.public_id = $1 AND p.recipient_id = $2";
