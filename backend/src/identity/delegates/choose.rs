//! Other clients for somebody she has named: what she does not choose is gone for him with the next request.

use domain::{
    identity::{DelegateRefusal, Delegated},
    kernel::Public,
};

use super::{
    DelegationMark, Done, HERS_ONE, Row,
    hers::{Client, clients},
    is_high,
    name::{INSERT_CLIENT, own},
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    custody::inmates::Inmate,
    db::{Command, Tx},
};

/// How she calls him, her clients of today, and the public ids of those who are chosen.
pub type Choice = (String, Vec<Client>, Vec<String>);

/// None: it is not hers, or there is nothing to choose any more.
pub async fn choice(ctx: &Ctx, who: &Citizen, delegation: &Public<DelegationMark>) -> Result<Option<Choice>> {
    if !is_high(who) {
        return Ok(None);
    }
    let row: Option<Row> = ctx.db.optional(HERS_ONE, args![delegation, &who.person]).await?;
    let Some(row) = row else { return Ok(None) };
    if !lives(&row, ctx)? {
        return Ok(None);
    }
    let chosen: Vec<(String,)> = ctx.db.all(CHOSEN_IDS, args![&row.id]).await?;
    let chosen = chosen.into_iter().map(|(public,)| public).collect();
    Ok(Some((row.named(ctx)?.name, clients(ctx, who).await?, chosen)))
}

fn lives(row: &Row, ctx: &Ctx) -> Result<bool> {
    let stands = row.state()?.on(ctx.now());
    Ok(matches!(stands, Delegated::Waiting | Delegated::Lapsed | Delegated::Stands))
}

/// Of her clients alone: one who is none hides all of it.
pub async fn choose(
    ctx: &Ctx,
    who: &Citizen,
    delegation: &Public<DelegationMark>,
    clients: &[Public<Inmate>],
) -> Result<Done> {
    if !is_high(who) || clients.is_empty() {
        return Ok(Err(DelegateRefusal::Hidden));
    }
    let (delegation, clients) = (delegation.clone(), clients.to_vec());
    ctx.db.write(Choose { ctx: ctx.clone(), who: who.clone(), delegation, clients }).await
}

struct Choose {
    ctx: Ctx,
    who: Citizen,
    delegation: Public<DelegationMark>,
    clients: Vec<Public<Inmate>>,
}

impl Command for Choose {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let row: Option<Row> = tx.optional(HERS_ONE, args![&self.delegation, &self.who.person]).await?;
        let Some(row) = row else { return Ok(Err(DelegateRefusal::Hidden)) };
        let Some(inmates) = own(tx, &self.ctx, &self.who, &self.clients).await? else {
            return Ok(Err(DelegateRefusal::Hidden));
        };
        if !lives(&row, &self.ctx)? {
            return Ok(Err(DelegateRefusal::MovedOn));
        }
        tx.later(DROP_CLIENTS, args![&row.id]).await?;
        for inmate in &inmates {
            tx.later(INSERT_CLIENT, args![&row.id, inmate]).await?;
        }
        let entry = audit::Entry::new(&self.ctx, &Actor::Citizen(self.who.clone()), "delegate_clients");
        entry.about("delegation", &row.id()).detail(inmates.len().to_string()).save(tx).await?;
        Ok(Ok(()))
    }
}

pub const CHOSEN_IDS: &str = "SELECT i.public_id FROM delegation_client c JOIN inmate i ON i.id = c.inmate_id WHERE c.delegation_id = $1";
pub const DROP_CLIENTS: &str = "DELETE FROM delegation_client WHERE delegation_id = $1";
