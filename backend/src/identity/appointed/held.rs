//! What is held of what a lawyer declared, in her own words, and what came of it. Below the high level nothing is told.

use super::{MINE_HELD, Row};
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing},
};

pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let rows: Vec<Row> = ctx.db.all(MINE_HELD, args![&who.person]).await?;
    let thing = |row: Row| {
        let declared = row.declared(ctx)?;
        let thing = Thing::new(Kind::Appointed)
            .reference(&row.reference)
            .at(Name::Sent, row.sent_at)
            .text(Name::Whom, declared.name)
            .text(Name::Court, declared.court)
            .text(Name::CaseNumber, declared.case_number)
            .on(Name::WhomBorn, declared.born.iso())?
            .on(Name::From, declared.earliest.map(domain::kernel::CivilDate::iso))?;
        Ok(thing.code(Name::State, Set::Appointed, row.state).at(Name::StateAt, row.state_at).code(
            Name::Reason,
            Set::NotConfirmed,
            row.why,
        ))
    };
    rows.into_iter().map(thing).collect()
}
