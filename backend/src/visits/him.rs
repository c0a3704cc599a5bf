//! An inmate about whom staff of his unit set something: found among those of her units, and looked at for a reason.

use domain::{
    access::Unit,
    inmates::may_open,
    kernel::{Id, Public},
};

use super::{clearance::LookReason, units};
use crate::{
    Result, audit,
    ctx::{Actor, Ctx, Staff},
    custody::inmates::Inmate,
    db::{Command, Tx, Value},
};

#[derive(sqlx::FromRow)]
pub(super) struct Him {
    pub id: String,
    pub name: String,
    pub unit_id: String,
    pub slug: String,
}

impl Him {
    /// None: no such inmate in her units.
    pub async fn of(tx: &mut Tx, staff: &Staff, public: &Public<Inmate>) -> Result<Option<Self>> {
        tx.optional(HIM, vec![Value::from(public), units(staff)]).await
    }

    pub fn trace(&self, ctx: &Ctx, staff: &Staff, action: &'static str) -> audit::Entry {
        let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), action);
        let entry = entry.at_unit(&Id::<Unit>::new(self.unit_id.as_str()));
        entry.about("inmate", &Id::<Inmate>::new(self.id.as_str()))
    }
}

/// The look is written in the transaction that finds him. None: it is not her work, or he is not in her units.
pub(super) async fn look(
    ctx: &Ctx,
    staff: &Staff,
    inmate: &Public<Inmate>,
    reason: LookReason,
) -> Result<Option<Him>> {
    if !may_open(&staff.roles) {
        return Ok(None);
    }
    ctx.db.write(Look { ctx: ctx.clone(), staff: staff.clone(), inmate: inmate.clone(), reason }).await
}

struct Look {
    ctx: Ctx,
    staff: Staff,
    inmate: Public<Inmate>,
    reason: LookReason,
}

impl Command for Look {
    type Out = Option<Him>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let him = Him::of(tx, &self.staff, &self.inmate).await?;
        if let Some(him) = &him {
            him.trace(&self.ctx, &self.staff, "look").because(self.reason.code()).save(tx).await?;
        }
        Ok(him)
    }
}

pub const HIM: &str = "SELECT i.id, i.name, p.unit_id, u.slug FROM inmate i JOIN placement p ON p.inmate_id = i.id AND p.ended_at IS NULL \
    JOIN unit u ON u.id = p.unit_id WHERE i.public_id = $1 AND $2 LIKE '% ' || p.unit_id || ' %'";
