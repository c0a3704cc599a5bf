//! The officer of the demo who took the applications of the last weeks further, and what she decided.

use domain::{
    access::StaffMember,
    kernel::{CivilDate, Id, Instant, Public},
    visits::clearance::{Decided, Measure},
};

use super::relatives::days_ago;
use crate::{
    Result, args,
    ctx::Ctx,
    db::{Command, Tx},
    identity::arrival::INSERT_STAFF,
};

pub const OFFICER_NAME: &str = "Sigrun Elvestad";

/// One officer of the demo; for each case she serves that case's unit.
pub async fn officer(ctx: &Ctx) -> Result<Id<StaffMember>> {
    named(ctx, OFFICER_NAME).await
}

/// A member of staff of the demo by this name.
pub async fn named(ctx: &Ctx, name: &'static str) -> Result<Id<StaffMember>> {
    if let Some((known,)) = ctx.db.optional::<(String,)>(OFFICER, args![name]).await? {
        return Ok(Id::new(known));
    }
    let (id, public): (Id<StaffMember>, Public<StaffMember>) =
        (ctx.chance.id(ctx.now()), ctx.chance.public());
    ctx.db.write(NewOfficer { id: id.clone(), public, name, now: days_ago(ctx, 90).now() }).await?;
    Ok(id)
}

struct NewOfficer {
    id: Id<StaffMember>,
    public: Public<StaffMember>,
    name: &'static str,
    now: Instant,
}

impl Command for NewOfficer {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(INSERT_STAFF, args![&self.id, &self.public, self.name, self.now]).await
    }
}

/// Most without measures, some under observation or behind glass, one in twelve refused.
pub fn outcome(n: usize, valid_to: CivilDate) -> Decided {
    let measures = match n % 12 {
        6 => vec![Measure::GlassWall],
        7 => vec![Measure::Observation],
        _ => vec![],
    };
    if n % 12 == 8 {
        return Decided::Refused {
            milder_considered: "Besøk bak glassvegg ble vurdert.".to_owned(),
            reason: "Det er grunn til å tro at besøket vil bli misbrukt.".to_owned(),
        };
    }
    let reason =
        (!measures.is_empty()).then(|| "Kontroll er nødvendig av hensyn til sikkerheten.".to_owned());
    Decided::Granted { measures, reason, valid_to }
}

pub const OFFICER: &str = "SELECT id FROM staff_member WHERE name = $1 ORDER BY id LIMIT 1";
