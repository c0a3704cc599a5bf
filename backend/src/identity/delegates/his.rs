//! What the delegate sees: what he is asked, and by whom; once he has said yes, for which clients. What is over, and what is another's,
//! is not there.

use domain::{
    identity::Delegated,
    kernel::{CivilDate, Id, Public},
};

use super::{
    Acting, DELEGATED, DelegationMark, HIS, HIS_ONE, Named, Row, acting::ClientRow, broken, by_him, freshen,
    is_high, of_his,
};
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    custody::inmates::Inmate,
    identity::lawyers,
};

/// Where he stands with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    ToAnswer,
    Acts,
}

/// By whom, as what, until when. Of clients nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub public: Public<DelegationMark>,
    pub lawyer: String,
    pub named: Named,
    pub valid_to: CivilDate,
    pub step: Step,
    /// How many clients.
    pub clients: i64,
}

/// A client for whom he may act now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForHer {
    pub inmate: Public<Inmate>,
    pub name: String,
    pub unit: Option<String>,
}

impl Row {
    async fn asked(&self, ctx: &Ctx) -> Result<Option<Asked>> {
        let step = match self.state()?.on(ctx.now()) {
            Delegated::Waiting => Step::ToAnswer,
            Delegated::Stands => Step::Acts,
            _ => return Ok(None),
        };
        let (clients,): (i64,) = ctx.db.one(HOW_MANY, args![&self.id]).await?;
        Ok(Some(Asked {
            public: self.public()?,
            lawyer: self.lawyer_name.clone(),
            named: self.named(ctx)?,
            valid_to: self.day()?,
            step,
            clients,
        }))
    }
}

/// All that is to be answered or stands.
pub async fn his(ctx: &Ctx, who: &Citizen) -> Result<Vec<Asked>> {
    if !is_high(who) {
        return Ok(vec![]);
    }
    let lawyers: Vec<(String,)> = ctx.db.all(WHOSE, args![&who.person, ctx.now()]).await?;
    for (lawyer,) in lawyers {
        lawyers::freshen_of(ctx, &Id::new(lawyer)).await?;
    }
    let rows: Vec<Row> = ctx.db.all(HIS, by_him(ctx, who)).await?;
    let mut all = vec![];
    for row in rows {
        all.extend(row.asked(ctx).await?);
    }
    Ok(all)
}

pub async fn his_one(ctx: &Ctx, who: &Citizen, delegation: &Public<DelegationMark>) -> Result<Option<Asked>> {
    if !is_high(who) {
        return Ok(None);
    }
    freshen(ctx, &Acting::under(who, delegation.clone())).await?;
    let row: Option<Row> = ctx.db.optional(HIS_ONE, of_his(ctx, who, delegation)).await?;
    match row {
        Some(row) => row.asked(ctx).await,
        None => Ok(None),
    }
}

/// Those of the chosen for whom her mandate stands now.
pub async fn for_clients(
    ctx: &Ctx,
    who: &Citizen,
    delegation: &Public<DelegationMark>,
) -> Result<Vec<ForHer>> {
    if !is_high(who) {
        return Ok(vec![]);
    }
    let (now, any): (_, Option<&str>) = (ctx.now(), None);
    let values = args![&who.person, delegation, now, now.date(), ctx.lawyers.counts(), any];
    let rows: Vec<ClientRow> = ctx.db.all(DELEGATED, values).await?;
    let client = |row: ClientRow| {
        let inmate = Public::parse(&row.inmate_public).ok_or_else(broken)?;
        Ok(ForHer { inmate, name: row.inmate_name, unit: row.unit_name })
    };
    rows.into_iter().map(client).collect()
}

pub const WHOSE: &str = "SELECT DISTINCT lawyer_id FROM delegation WHERE delegate_id = $1 AND state IN ('waiting', 'accepted') \
    AND over_at > $2";
pub const HOW_MANY: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM delegation_client WHERE delegation_id = $1";
