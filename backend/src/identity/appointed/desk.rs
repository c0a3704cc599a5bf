//! The desk: one declaration and whom it may mean. Opening it is a look, written before anything is read.

use domain::{
    identity::{Declared, DeclaredState, may_register},
    kernel::{Instant, Public, Reference},
};

use super::{AppointedMark, OF_STAFF, Row, broken, units};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    custody::{
        finding::{Found, meant},
        inmates::Inmate,
    },
    db::{Command, Tx},
};

/// Why staff look, in the trail.
const WORK: &str = "handle_case";

/// As an officer reads it.
#[derive(Clone, Debug)]
pub struct Opened {
    pub public: Public<AppointedMark>,
    pub reference: Reference,
    /// The lawyer.
    pub lawyer: String,
    pub declared: Declared,
    pub sent_at: Instant,
    pub state: DeclaredState,
    pub due_at: Option<Instant>,
    pub unit_name: String,
    /// Who was found, or chosen.
    pub inmate: Option<(Public<Inmate>, String)>,
    /// Those of her units whom it may mean, while it is open.
    pub meant: Vec<Found>,
}

/// None if it is not hers to work on.
pub async fn opened(ctx: &Ctx, staff: &Staff, appointed: &Public<AppointedMark>) -> Result<Option<Opened>> {
    let look = Look { ctx: ctx.clone(), staff: staff.clone(), appointed: appointed.clone() };
    let Some(row) = ctx.db.write(look).await? else { return Ok(None) };
    let (declared, state) = (row.declared(ctx)?, row.state()?);
    let meant = match state.is_open() {
        true => {
            let whom = (declared.name.as_str(), declared.born);
            meant(ctx, units(staff), whom, row.inmate_id.clone()).await?
        }
        false => vec![],
    };
    Ok(Some(Opened {
        public: appointed.clone(),
        reference: Reference::parse(&row.reference).ok_or_else(broken)?,
        lawyer: row.person.clone(),
        sent_at: Instant(row.sent_at),
        due_at: row.due_at.map(Instant),
        unit_name: row.unit_name.clone(),
        inmate: row.inmate().zip(row.inmate_name.clone()),
        declared,
        state,
        meant,
    }))
}

/// The row, if it is hers to work on.
pub(super) async fn of_staff(
    tx: &mut Tx,
    staff: &Staff,
    appointed: &Public<AppointedMark>,
) -> Result<Option<Row>> {
    if !may_register(&staff.roles) {
        return Ok(None);
    }
    tx.optional(OF_STAFF, args![appointed, units(staff)]).await
}

struct Look {
    ctx: Ctx,
    staff: Staff,
    appointed: Public<AppointedMark>,
}

impl Command for Look {
    type Out = Option<Row>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<Row>> {
        let Some(row) = of_staff(tx, &self.staff, &self.appointed).await? else { return Ok(None) };
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "look");
        entry.at_unit(&row.unit()).about("appointed", &row.id()).because(WORK).save(tx).await?;
        Ok(Some(row))
    }
}
