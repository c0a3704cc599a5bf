//! The wing an inmate lives in, as long as his placement lasts.

use domain::{
    inmates::may_open,
    kernel::{Id, Public},
    visits::booking::wings::Wing,
};

use super::{OF_UNIT, UnitWing, WINGS, wing};
use crate::{
    Error, Result, args,
    ctx::{Ctx, Staff},
    custody::inmates::Inmate,
    db::{Command, Tx},
    visits::{
        booking::recheck,
        clearance::LookReason,
        him::{Him, look},
    },
};

/// Where an inmate lives, and where he could.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfInmate {
    pub name: String,
    /// Those of his unit.
    pub wings: Vec<UnitWing>,
    pub now: Option<Public<Wing>>,
}

/// None: it is not her work, or he is not in her units.
pub async fn of_inmate(ctx: &Ctx, staff: &Staff, inmate: &Public<Inmate>) -> Result<Option<OfInmate>> {
    let Some(him) = look(ctx, staff, inmate, LookReason::HandleCase).await? else { return Ok(None) };
    let wings: Vec<(String, String, String)> = ctx.db.all(WINGS, args![&him.unit_id]).await?;
    let now: Option<(String,)> = ctx.db.optional(NOW, args![&him.id]).await?;
    let now = now.map(|(wing,)| Public::parse(&wing).ok_or(Error::Broken("public id"))).transpose()?;
    Ok(Some(OfInmate { name: him.name, wings: wings.into_iter().map(wing).collect::<Result<_>>()?, now }))
}

/// In this wing as long as his placement lasts, or in none. False: it is none of his unit. None: he is not hers to see.
pub async fn put_inmate(
    ctx: &Ctx,
    staff: &Staff,
    inmate: &Public<Inmate>,
    wing: Option<&Public<Wing>>,
) -> Result<Option<bool>> {
    if !may_open(&staff.roles) {
        return Ok(None);
    }
    let (ctx, staff, inmate, wing) = (ctx.clone(), staff.clone(), inmate.clone(), wing.cloned());
    ctx.db.clone().write(Move { ctx, staff, inmate, wing }).await
}

struct Move {
    ctx: Ctx,
    staff: Staff,
    inmate: Public<Inmate>,
    wing: Option<Public<Wing>>,
}

impl Command for Move {
    type Out = Option<bool>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let Some(him) = Him::of(tx, &self.staff, &self.inmate).await? else { return Ok(None) };
        let wing: Option<(String,)> = match &self.wing {
            Some(wing) => tx.optional(OF_UNIT, args![wing, &him.unit_id]).await?,
            None => None,
        };
        if wing.is_none() && self.wing.is_some() {
            return Ok(Some(false));
        }
        tx.later(PUT_INMATE, args![&him.id, wing.map(|(id,)| id)]).await?;
        him.trace(&self.ctx, &self.staff, "inmate_wing").save(tx).await?;
        recheck(tx, &Id::new(him.id.as_str()), self.ctx.now().date()).await?;
        Ok(Some(true))
    }
}

pub const NOW: &str = "SELECT w.public_id FROM placement p JOIN unit_wing w ON w.id = p.wing_id WHERE p.inmate_id = $1 \
    AND p.ended_at IS NULL";
pub const PUT_INMATE: &str = "UPDATE placement SET wing_id = $2 WHERE inmate_id = $1 AND ended_at IS NULL";
