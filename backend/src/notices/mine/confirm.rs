//! Her word that she has read it.

use domain::kernel::{Id, Public};

use super::{Refusal, notice::WHOSE};
use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx, Visitor},
    db::{Command, Tx},
    notices::{Duty, Recipient, Representative, representing, stored, trail},
};

/// She has read it, or her representative has: the obligation is met. The same again is nothing new.
pub async fn confirm(
    ctx: &Ctx,
    visitor: &Visitor,
    public: &Public<Duty>,
) -> Result<Option<std::result::Result<(), Refusal>>> {
    let whose: Option<(String,)> = ctx.db.optional(WHOSE, args![public]).await?;
    let Some((recipient,)) = whose else { return Ok(None) };
    let recipient: Id<Recipient> = Id::new(recipient);
    let Some(representative) = representing::seen_by(ctx, visitor, &recipient).await? else {
        return Ok(None);
    };
    if !visitor.has_proved_herself(ctx.now()) {
        return Ok(Some(Err(Refusal::Prove)));
    }
    let visitor = visitor.clone();
    let public = public.clone();
    ctx.db.write(Confirm { ctx: ctx.clone(), visitor, recipient, representative, public }).await
}

struct Confirm {
    ctx: Ctx,
    visitor: Visitor,
    recipient: Id<Recipient>,
    /// If it is not she who reads.
    representative: Option<Id<Representative>>,
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
        let how = if self.representative.is_some() { "representative" } else { "portal" };
        if let Some(representative) = &self.representative {
            tx.later(FOR_HER, args![representative, &self.public]).await?;
        }
        trail::note(tx, ctx, &actor, ("notice.confirmed", &self.recipient), how).await?;
        Ok(Some(Ok(())))
    }
}

pub const FOR_HER: &str = "UPDATE notice_obligation SET representative_id = $1 WHERE public_id = $2";
pub const OWN: &str = "SELECT o.matter_id, o.version FROM notice_obligation o JOIN notice_matter m ON m.id = o.matter_id \
    JOIN notice_party p ON p.id = m.party_id WHERE o.public_id = $1 AND p.recipient_id = $2";
