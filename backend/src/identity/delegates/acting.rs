//! In whose name something is done: a lawyer in her own, a delegate in his under a delegation, or somebody for an organisation
//! (`visits::organisations`). One statement finds the client, and
//! with him all that entitles: the delegation stands, he is its delegate, the client was chosen, her mandate stands, she is a lawyer
//! today. What one of it lacks is no client.

use domain::{
    access::Person,
    kernel::{Id, Instant, Public},
    visits::organisations::Organisation,
};

use super::{DelegationMark, is_high};
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    custody::inmates::Inmate,
    db::{Tx, Value},
    identity::{lawyers, mandates::Client},
};

/// By what right somebody acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Right {
    /// A lawyer's own.
    Own,
    /// A lawyer's, under her delegation.
    Delegated(Public<DelegationMark>),
    /// Of an organisation that has named her.
    Organisation(Public<Organisation>),
}

/// Who acts, and by what right.
#[derive(Clone, Debug)]
pub struct Acting {
    pub who: Citizen,
    pub right: Right,
}

impl From<&Citizen> for Acting {
    fn from(who: &Citizen) -> Self {
        Self { who: who.clone(), right: Right::Own }
    }
}

impl Acting {
    pub fn under(who: &Citizen, delegation: Public<DelegationMark>) -> Self {
        Self { who: who.clone(), right: Right::Delegated(delegation) }
    }

    /// The delegation, if there is one.
    pub fn delegation(&self) -> Option<&Public<DelegationMark>> {
        match &self.right {
            Right::Delegated(delegation) => Some(delegation),
            Right::Own | Right::Organisation(_) => None,
        }
    }
}

/// Asks the lawyers' register about whose name it is, if that is due.
pub async fn freshen(ctx: &Ctx, acting: &Acting) -> Result<()> {
    let delegation = match &acting.right {
        Right::Delegated(delegation) => delegation,
        Right::Own => return lawyers::freshen(ctx, &acting.who).await.map(|_| ()),
        Right::Organisation(_) => return Ok(()),
    };
    if !is_high(&acting.who) {
        return Ok(());
    }
    let values = args![delegation, &acting.who.person, ctx.now()];
    let lawyer: Option<(String,)> = ctx.db.optional(LAWYER_OF, values).await?;
    match lawyer {
        Some((lawyer,)) => lawyers::freshen_of(ctx, &Id::new(lawyer)).await.map(|_| ()),
        None => Ok(()),
    }
}

/// A client, and in whose name he is met. Found by [`DELEGATED`].
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ClientRow {
    pub inmate_id: String,
    pub inmate_public: String,
    pub inmate_name: String,
    pub unit_id: Option<String>,
    pub unit_name: Option<String>,
    pub unit_phone: Option<String>,
    pub valid_to: String,
    pub lawyer_id: String,
    pub delegation_id: String,
}

impl ClientRow {
    /// The client, her, and under which delegation.
    pub fn parts(self) -> (Client, Id<Person>, Id<DelegationMark>) {
        let client = Client {
            inmate_id: self.inmate_id,
            inmate_name: self.inmate_name,
            unit_id: self.unit_id,
            unit_name: self.unit_name,
            unit_phone: self.unit_phone,
            valid_to: self.valid_to,
        };
        (client, Id::new(self.lawyer_id), Id::new(self.delegation_id))
    }
}

/// What [`DELEGATED`] is asked with for one client; none below the high level.
pub fn delegated(
    ctx: &Ctx,
    who: &Citizen,
    delegation: &Public<DelegationMark>,
    inmate: &Public<Inmate>,
    now: Instant,
) -> Option<Vec<Value>> {
    let values =
        || args![&who.person, delegation, now, now.date(), ctx.lawyers.counts(), Some(inmate.as_str())];
    is_high(who).then(values)
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Booked,
    Cancelled,
    /// Whom or what she brings.
    BringAsked,
    BringWithdrawn,
    /// That she has to meet him soon.
    UrgentAsked,
    UrgentWithdrawn,
}

impl Done {
    pub const ALL: [Self; 6] = [
        Self::Booked,
        Self::Cancelled,
        Self::BringAsked,
        Self::BringWithdrawn,
        Self::UrgentAsked,
        Self::UrgentWithdrawn,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Cancelled => "cancelled",
            Self::BringAsked => "bring_asked",
            Self::BringWithdrawn => "bring_withdrawn",
            Self::UrgentAsked => "urgent_asked",
            Self::UrgentWithdrawn => "urgent_withdrawn",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.code() == code)
    }
}

/// Something done in her name with a booking, or with what was asked for as urgent, to be written with it.
#[derive(Clone, Debug)]
pub struct Act<'a> {
    pub under: &'a Id<DelegationMark>,
    pub inmate: &'a str,
    pub booking: &'a str,
    pub what: Done,
}

pub async fn acted(tx: &mut Tx, ctx: &Ctx, act: Act<'_>) -> Result<()> {
    let (id, now): (Id<()>, _) = (ctx.chance.id(ctx.now()), ctx.now());
    let values = args![&id, act.under, act.inmate, act.booking, act.what.code(), now];
    tx.later(ACTED, values).await
}

pub const LAWYER_OF: &str = "SELECT lawyer_id FROM delegation WHERE public_id = $1 AND delegate_id = $2 \
    AND state IN ('waiting', 'accepted') AND over_at > $3";
/// All of the chosen clients, or the one of `$6`.
pub const DELEGATED: &str = "SELECT i.id AS inmate_id, i.public_id AS inmate_public, i.name AS inmate_name, p.unit_id, \
    u.name AS unit_name, u.phone AS unit_phone, MAX(a.valid_to) AS valid_to, d.lawyer_id, d.id AS delegation_id \
    FROM delegation d JOIN delegation_client c ON c.delegation_id = d.id JOIN inmate i ON i.id = c.inmate_id \
    JOIN person_number n ON n.person_id = d.lawyer_id JOIN mandate a ON a.number_hash = n.hash AND a.inmate_id = i.id \
    LEFT JOIN placement p ON p.inmate_id = i.id AND p.ended_at IS NULL LEFT JOIN unit u ON u.id = p.unit_id \
    WHERE d.delegate_id = $1 AND d.public_id = $2 AND d.state = 'accepted' AND d.over_at > $3 AND a.ended_at IS NULL \
    AND a.valid_from <= $4 AND $4 <= a.valid_to AND (CAST($5 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM lawyer v \
    WHERE v.person_id = n.person_id AND $4 <= v.holds_to)) AND (CAST($6 AS TEXT) IS NULL OR i.public_id = $6) \
    GROUP BY i.id, i.public_id, i.name, i.sort_name, p.unit_id, u.name, u.phone, d.lawyer_id, d.id \
    ORDER BY i.sort_name, i.id LIMIT 300";
pub const ACTED: &str = "INSERT INTO delegation_act (id, delegation_id, inmate_id, booking_id, what, at) \
    VALUES ($1, $2, $3, $4, $5, $6)";
