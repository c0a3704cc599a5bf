//! What the lawyer sees of those she has named: where each stands, for whom, and all that has been done in her name. Nothing is told
//! below the high level, and what is another's is not there.

use domain::{
    identity::Delegated,
    kernel::{CivilDate, Instant, Public},
};

use super::{ActDone, DelegationMark, HERS, HERS_ONE, Named, Row, broken, is_high};
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    custody::inmates::Inmate,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    pub public: Public<DelegationMark>,
    pub named: Named,
    /// Who he is by his own sign-in, once he has said yes.
    pub signed: Option<String>,
    pub stands: Delegated,
    pub state_at: Instant,
    /// The code's end while it waits.
    pub over_at: Instant,
    pub valid_to: CivilDate,
}

impl Row {
    fn mine(&self, ctx: &Ctx) -> Result<Mine> {
        let stands = self.state()?.on(ctx.now());
        let answered = !matches!(stands, Delegated::Waiting | Delegated::Lapsed);
        Ok(Mine {
            public: self.public()?,
            named: self.named(ctx)?,
            signed: self.delegate_name.clone().filter(|_| answered),
            stands,
            state_at: Instant(self.state_at),
            over_at: Instant(self.over_at),
            valid_to: self.day()?,
        })
    }
}

/// Newest first.
pub async fn mine(ctx: &Ctx, who: &Citizen) -> Result<Vec<Mine>> {
    if !is_high(who) {
        return Ok(vec![]);
    }
    let rows: Vec<Row> = ctx.db.all(HERS, args![&who.person]).await?;
    rows.iter().map(|row| row.mine(ctx)).collect()
}

/// One of hers, the names of the clients she chose, and what he has done.
pub async fn one(
    ctx: &Ctx,
    who: &Citizen,
    delegation: &Public<DelegationMark>,
) -> Result<Option<(Mine, Vec<String>, Vec<Acted>)>> {
    if !is_high(who) {
        return Ok(None);
    }
    let row: Option<Row> = ctx.db.optional(HERS_ONE, args![delegation, &who.person]).await?;
    let Some(row) = row else { return Ok(None) };
    let names: Vec<(String,)> = ctx.db.all(CHOSEN, args![&row.id]).await?;
    let acts: Vec<ActRow> = ctx.db.all(ACTS, args![&row.id]).await?;
    let acts = acts.into_iter().map(ActRow::acted).collect::<Result<_>>()?;
    Ok(Some((row.mine(ctx)?, names.into_iter().map(|(name,)| name).collect(), acts)))
}

/// A client of hers whom she can choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub inmate: Public<Inmate>,
    pub name: String,
}

/// Those for whom her mandate stands.
pub async fn clients(ctx: &Ctx, who: &Citizen) -> Result<Vec<Client>> {
    if !is_high(who) {
        return Ok(vec![]);
    }
    let values = args![&who.person, ctx.now().date(), ctx.lawyers.counts()];
    let rows: Vec<(String, String)> = ctx.db.all(CLIENTS, values).await?;
    let client = |(public, name): (String, String)| {
        Ok(Client { inmate: Public::parse(&public).ok_or_else(broken)?, name })
    };
    rows.into_iter().map(client).collect()
}

/// Something done in her name: by whom, as his own sign-in says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acted {
    pub at: Instant,
    pub what: ActDone,
    pub by: String,
    pub client: String,
}

#[derive(sqlx::FromRow)]
struct ActRow {
    at: i64,
    what: String,
    who: String,
    client: String,
}

impl ActRow {
    fn acted(self) -> Result<Acted> {
        let what = ActDone::parse(&self.what).ok_or_else(broken)?;
        Ok(Acted { at: Instant(self.at), what, by: self.who, client: self.client })
    }
}

/// With one client, by whomever of hers; newest first.
pub async fn of_client(ctx: &Ctx, who: &Citizen, inmate: &Public<Inmate>) -> Result<Vec<Acted>> {
    if !is_high(who) {
        return Ok(vec![]);
    }
    let rows: Vec<ActRow> = ctx.db.all(ACTS_OF_CLIENT, args![&who.person, inmate]).await?;
    rows.into_iter().map(ActRow::acted).collect()
}

pub const CHOSEN: &str = "SELECT i.name FROM delegation_client c JOIN inmate i ON i.id = c.inmate_id WHERE c.delegation_id = $1 \
    ORDER BY i.sort_name, i.id";
pub const CLIENTS: &str = "SELECT i.public_id, i.name FROM inmate i WHERE EXISTS (SELECT 1 FROM mandate a JOIN person_number n \
    ON n.hash = a.number_hash WHERE a.inmate_id = i.id AND n.person_id = $1 AND a.ended_at IS NULL AND a.valid_from <= $2 \
    AND $2 <= a.valid_to AND (CAST($3 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM lawyer v WHERE v.person_id = n.person_id \
    AND $2 <= v.holds_to))) ORDER BY i.sort_name, i.id LIMIT 300";
pub const ACTS: &str = "SELECT a.at, a.what, p.name AS who, i.name AS client FROM delegation_act a JOIN delegation d \
    ON d.id = a.delegation_id JOIN person p ON p.id = d.delegate_id JOIN inmate i ON i.id = a.inmate_id \
    WHERE a.delegation_id = $1 ORDER BY a.at DESC, a.id DESC LIMIT 200";
pub const ACTS_OF_CLIENT: &str = "SELECT a.at, a.what, p.name AS who, i.name AS client FROM delegation_act a JOIN delegation d \
    ON d.id = a.delegation_id JOIN person p ON p.id = d.delegate_id JOIN inmate i ON i.id = a.inmate_id \
    WHERE d.lawyer_id = $1 AND i.public_id = $2 ORDER BY a.at DESC, a.id DESC LIMIT 200";
