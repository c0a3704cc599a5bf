//! What an officer does with a declaration: confirms it, which registers the mandate in the same transaction and as every other is
//! registered; refuses it, by a reason of a closed list; or passes it on to the unit that can tell.

use domain::{
    identity::{DeclaredRefusal, MandateKind, NewMandate, NotConfirmed, may_register},
    kernel::{CivilDate, Instant, Public},
};

use super::{AppointedMark, Done, OF_STAFF, Row, desk::of_staff, remind, tell, units};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    custody::inmates::Inmate,
    db::{Command, Tx},
    identity::{
        lawyers,
        mandates::{self, Register},
    },
};

/// For this inmate of her units, by this right, from today to that day.
pub async fn confirm(
    ctx: &Ctx,
    staff: &Staff,
    appointed: &Public<AppointedMark>,
    inmate: &Public<Inmate>,
    (kind, valid_to): (MandateKind, CivilDate),
) -> Result<Done> {
    let row: Option<Row> = match may_register(&staff.roles) {
        true => ctx.db.optional(OF_STAFF, args![appointed, units(staff)]).await?,
        false => None,
    };
    let Some(row) = row else { return Ok(Err(DeclaredRefusal::Hidden)) };
    let new = NewMandate {
        number: lawyers::number(ctx, &row.person_id()).await?,
        name: row.person.clone(),
        kind,
        valid_from: ctx.now().date(),
        valid_to,
    };
    let register = mandates::prepare(ctx, staff, inmate, new)?;
    act(ctx, staff, appointed, What::Confirm(Box::new(register), inmate.clone())).await
}

pub async fn refuse(
    ctx: &Ctx,
    staff: &Staff,
    appointed: &Public<AppointedMark>,
    why: NotConfirmed,
) -> Result<Done> {
    act(ctx, staff, appointed, What::Refuse(why)).await
}

/// To the unit of this slug.
pub async fn pass(ctx: &Ctx, staff: &Staff, appointed: &Public<AppointedMark>, unit: &str) -> Result<Done> {
    act(ctx, staff, appointed, What::Pass(unit.trim().to_owned())).await
}

enum What {
    Confirm(Box<Register>, Public<Inmate>),
    Refuse(NotConfirmed),
    Pass(String),
}

async fn act(ctx: &Ctx, staff: &Staff, appointed: &Public<AppointedMark>, what: What) -> Result<Done> {
    let (ctx, staff, appointed) = (ctx.clone(), staff.clone(), appointed.clone());
    let (db, now) = (ctx.db.clone(), ctx.now());
    db.write(Act { ctx, staff, appointed, what, now }).await
}

struct Act {
    ctx: Ctx,
    staff: Staff,
    appointed: Public<AppointedMark>,
    what: What,
    now: Instant,
}

impl Command for Act {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let Some(row) = of_staff(tx, &self.staff, &self.appointed).await? else {
            return Ok(Err(DeclaredRefusal::Hidden));
        };
        match &self.what {
            What::Confirm(register, inmate) => self.confirm(tx, &row, register, inmate).await,
            What::Refuse(why) => self.refuse(tx, &row, *why).await,
            What::Pass(unit) => self.pass(tx, &row, unit).await,
        }
    }
}

impl Act {
    async fn trace(&self, tx: &mut Tx, row: &Row, action: &'static str, detail: &str) -> Result<()> {
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), action);
        entry.at_unit(&row.unit()).about("appointed", &row.id()).detail(detail).save(tx).await
    }

    async fn confirm(
        &self,
        tx: &mut Tx,
        row: &Row,
        register: &Register,
        inmate: &Public<Inmate>,
    ) -> Result<Done> {
        if let Err(refusal) = row.state()?.confirmed(self.staff.staff.clone(), self.now) {
            return Ok(Err(refusal));
        }
        if let Err(mandates::Hidden) = register.run(tx).await? {
            return Ok(Err(DeclaredRefusal::NotHere));
        }
        let (id,): (String,) = tx.one(INMATE_ID, args![inmate]).await?;
        tx.later(CONFIRM, args![self.now, &self.staff.staff, id, &row.id]).await?;
        self.trace(tx, row, "appointed_confirmed", "").await?;
        tell(tx, &self.ctx, &row.person_id()).await?;
        Ok(Ok(()))
    }

    async fn refuse(&self, tx: &mut Tx, row: &Row, why: NotConfirmed) -> Result<Done> {
        if let Err(refusal) = row.state()?.refused(self.staff.staff.clone(), why, self.now) {
            return Ok(Err(refusal));
        }
        tx.later(REFUSE, args![self.now, &self.staff.staff, why.code(), &row.id]).await?;
        self.trace(tx, row, "appointed_refused", why.code()).await?;
        tell(tx, &self.ctx, &row.person_id()).await?;
        Ok(Ok(()))
    }

    async fn pass(&self, tx: &mut Tx, row: &Row, unit: &str) -> Result<Done> {
        if let Err(refusal) = row.state()?.passed() {
            return Ok(Err(refusal));
        }
        let found: Option<(String,)> = tx.optional(UNIT_OR_INTAKE, args![unit]).await?;
        let Some((to,)) = found.filter(|(to,)| *to != row.unit_id) else {
            return Ok(Err(DeclaredRefusal::NotHere));
        };
        tx.later(PASS, args![&to, &row.id]).await?;
        self.trace(tx, row, "appointed_passed", unit).await?;
        remind(tx, &self.ctx, &to).await?;
        Ok(Ok(()))
    }
}

pub const INMATE_ID: &str = "SELECT id FROM inmate WHERE public_id = $1";
pub const UNIT_OR_INTAKE: &str = "SELECT id FROM unit WHERE slug = $1 AND (open = 1 OR slug = 'intake')";
pub const CONFIRM: &str = "UPDATE appointed SET state = 'confirmed', state_at = $1, officer_id = $2, inmate_id = $3, due_at = NULL \
    WHERE id = $4";
pub const REFUSE: &str = "UPDATE appointed SET state = 'refused', state_at = $1, officer_id = $2, why = $3, due_at = NULL \
    WHERE id = $4";
pub const PASS: &str = "UPDATE appointed SET unit_id = $1, officer_id = NULL WHERE id = $2";
