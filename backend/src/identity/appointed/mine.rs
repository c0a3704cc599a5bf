//! What the lawyer sees of what she declared: where it stands, and taking it back. Of a client only once it is confirmed.

use domain::{
    access::Level,
    identity::{Declared, DeclaredRefusal, DeclaredState},
    kernel::{Instant, Public, Reference},
};

use super::{AppointedMark, Done, MINE, OWN, Row, broken};
use crate::{
    Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    custody::inmates::Inmate,
    db::{Command, Tx},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    pub public: Public<AppointedMark>,
    pub reference: Reference,
    pub declared: Declared,
    pub sent_at: Instant,
    pub state: DeclaredState,
    /// By when she has an answer; none when she has.
    pub due_at: Option<Instant>,
    /// Her client, once it is confirmed.
    pub client: Option<Public<Inmate>>,
}

impl Row {
    fn mine(self, ctx: &Ctx) -> Result<Mine> {
        let state = self.state()?;
        let confirmed = matches!(state, DeclaredState::Confirmed { .. });
        Ok(Mine {
            public: Public::parse(&self.public_id).ok_or_else(broken)?,
            reference: Reference::parse(&self.reference).ok_or_else(broken)?,
            declared: self.declared(ctx)?,
            sent_at: Instant(self.sent_at),
            due_at: self.due_at.map(Instant),
            client: self.inmate().filter(|_| confirmed),
            state,
        })
    }
}

/// Newest first. Nothing is told below the high level.
pub async fn mine(ctx: &Ctx, who: &Citizen) -> Result<Vec<Mine>> {
    if who.level < Level::High {
        return Ok(vec![]);
    }
    let rows: Vec<Row> = ctx.db.all(MINE, args![&who.person]).await?;
    rows.into_iter().map(|row| row.mine(ctx)).collect()
}

/// One of her own; anybody else's is not found.
pub async fn one(ctx: &Ctx, who: &Citizen, appointed: &Public<AppointedMark>) -> Result<Option<Mine>> {
    if who.level < Level::High {
        return Ok(None);
    }
    let row: Option<Row> = ctx.db.optional(OWN, args![appointed, &who.person]).await?;
    row.map(|row| row.mine(ctx)).transpose()
}

/// Takes an open one back.
pub async fn withdraw(ctx: &Ctx, who: &Citizen, appointed: &Public<AppointedMark>) -> Result<Done> {
    if who.level < Level::High {
        return Ok(Err(DeclaredRefusal::Hidden));
    }
    let (ctx, who, appointed) = (ctx.clone(), who.clone(), appointed.clone());
    let (db, now) = (ctx.db.clone(), ctx.now());
    db.write(Withdraw { ctx, who, appointed, now }).await
}

struct Withdraw {
    ctx: Ctx,
    who: Citizen,
    appointed: Public<AppointedMark>,
    now: Instant,
}

impl Command for Withdraw {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let row: Option<Row> = tx.optional(OWN, args![&self.appointed, &self.who.person]).await?;
        let Some(row) = row else { return Ok(Err(DeclaredRefusal::Hidden)) };
        if let Err(refusal) = row.state()?.withdrawn(self.now) {
            return Ok(Err(refusal));
        }
        if tx.execute(WITHDRAW, args![self.now, &row.id]).await? != 1 {
            return Ok(Err(DeclaredRefusal::MovedOn));
        }
        let entry = audit::Entry::new(&self.ctx, &Actor::Citizen(self.who.clone()), "appointed_withdrawn");
        entry.at_unit(&row.unit()).about("appointed", &row.id()).save(tx).await?;
        Ok(Ok(()))
    }
}

pub const WITHDRAW: &str = "UPDATE appointed SET state = 'withdrawn', state_at = $1, due_at = NULL \
    WHERE id = $2 AND state = 'to_check'";
