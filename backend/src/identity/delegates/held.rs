//! What is held of delegations: of hers all she wrote and chose, of his by whom and as what; of both, what was done. Below the high
//! level nothing is told.

use super::{HELD, Row};
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing},
};

pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let rows: Vec<Row> = ctx.db.all(HELD, args![&who.person]).await?;
    let mut things = vec![];
    for row in rows {
        things.push(thing(ctx, who, &row).await?);
        let acts: Vec<(String, i64)> = ctx.db.all(ACTS_HELD, args![&row.id]).await?;
        let act = |(what, at)| {
            Thing::new(Kind::DelegationAct)
                .code(Name::Action, Set::DelegationAct, Some(what))
                .at(Name::At, at)
        };
        things.extend(acts.into_iter().map(act));
    }
    Ok(things)
}

async fn thing(ctx: &Ctx, who: &Citizen, row: &Row) -> Result<Thing> {
    let named = row.named(ctx)?;
    let mut thing = Thing::new(Kind::Delegation);
    thing = if row.lawyer_id == who.person.as_str() {
        let clients: Vec<(String,)> = ctx.db.all(super::hers::CHOSEN, args![&row.id]).await?;
        let clients: Vec<String> = clients.into_iter().map(|(name,)| name).collect();
        thing.text(Name::Name, named.name).text(Name::Whom, clients.join(", "))
    } else {
        thing.text(Name::Lawyer, row.lawyer_name.clone())
    };
    let thing =
        thing.text(Name::Label, named.label).text(Name::Firm, named.firm).at(Name::Asked, row.invited_at);
    Ok(thing
        .on(Name::Until, row.valid_to.clone())?
        .code(Name::State, Set::Delegation, row.state.clone())
        .at(Name::StateAt, row.state_at))
}

pub const ACTS_HELD: &str =
    "SELECT what, at FROM delegation_act WHERE delegation_id = $1 ORDER BY at DESC, id DESC";
