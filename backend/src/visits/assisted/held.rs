//! What is held of somebody because staff helped her: each contact, and what was done under it.

use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing},
};

pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let rows: Vec<(String, String, i64, String)> = ctx.db.all(CONTACTS, args![&who.person]).await?;
    let mut things = vec![];
    for (id, channel, opened, unit) in rows {
        let contact = Thing::new(Kind::Assisted).code(Name::AskedBy, Set::AskedBy, channel);
        things.push(contact.text(Name::Unit, unit).at(Name::At, opened));
        let acts: Vec<(String, i64)> = ctx.db.all(ACTS_HELD, args![&id]).await?;
        things.extend(acts.into_iter().map(|(action, at)| {
            let act = super::ActOf::of(&action).code().to_owned();
            Thing::new(Kind::AssistedAct).code(Name::Action, Set::AssistedAct, act).at(Name::At, at)
        }));
    }
    Ok(things)
}

pub const CONTACTS: &str = "SELECT t.id, t.channel, t.opened_at, u.name FROM assist_contact t JOIN unit u ON u.id = t.unit_id \
    WHERE t.person_id = $1 ORDER BY t.opened_at, t.id";
pub const ACTS_HELD: &str = "SELECT action, at FROM assist_act WHERE contact_id = $1 ORDER BY at, id";
