//! A protected address (code 6 or 7): the record keeps none and shows none, and no letter goes. She is told in her own area
//! and on the telephone alone.

use domain::kernel::{Id, Public};

use crate::{
    Result, args,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    notices::{Party, Profile, Recipient, reading, trail},
};

/// Her address is protected from now on, and what is kept of it goes; or it is not any longer. None: not her case.
pub async fn protect(ctx: &Ctx, staff: &Staff, public: &Public<Party>, on: bool) -> Result<Option<()>> {
    ctx.db.write(Protect { ctx: ctx.clone(), staff: staff.clone(), public: public.clone(), on }).await
}

struct Protect {
    ctx: Ctx,
    staff: Staff,
    public: Public<Party>,
    on: bool,
}

impl Command for Protect {
    type Out = Option<()>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<()>> {
        let row: Option<(String, String, Option<String>)> = tx.optional(WHOSE, args![&self.public]).await?;
        let Some((recipient, unit, officer)) = row else { return Ok(None) };
        if !reading::reach(&self.staff).has_case(&unit, officer.as_deref()) {
            return Ok(None);
        }
        let recipient: Id<Recipient> = Id::new(recipient);
        let mut profile = Profile::of(tx, &self.ctx, &recipient).await?;
        if profile.protected == self.on {
            return Ok(Some(()));
        }
        profile.protect(self.on);
        profile.save(tx, &self.ctx, &recipient).await?;
        let actor = Actor::Staff(self.staff.clone());
        let detail = if self.on { "on" } else { "off" };
        trail::note(tx, &self.ctx, &actor, ("notice.protected", &recipient), detail).await?;
        Ok(Some(()))
    }
}

pub const WHOSE: &str = "SELECT p.recipient_id, c.unit_id, c.officer_id FROM notice_party p \
    JOIN notice_case c ON c.id = p.case_id WHERE p.public_id = $1";
