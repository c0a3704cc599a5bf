//! Whom a lawyer lets book rooms for her (ADR 31). She names him and passes a code on herself; whoever opens it signs in with his own
//! eID at the high level, and says yes or no. He acts in his own name, for the clients she chose, as long as it stands, she is a
//! lawyer today and her mandate for the client stands: the very statement that finds the client asks all of it. Never: a way to what
//! she and a client write, or to a mandate.

mod acting;
mod answer;
mod choose;
pub mod held;
mod hers;
mod his;
mod name;
#[cfg(test)]
mod tests;

use domain::{
    access::Person,
    identity::{DelegateRefusal, Delegation, EndedBy, InviteCode},
    kernel::{CivilDate, Id, Instant, Public},
};
use serde::{Deserialize, Serialize};

pub use acting::{Act, Acting, ClientRow, DELEGATED, Done as ActDone, Right, acted, delegated, freshen};
pub use answer::{answer, end, open};
pub use choose::{Choice, choice, choose};
pub use hers::{Acted, Client, Mine, clients, mine, of_client, one};
pub use his::{Asked, ForHer, Step, for_clients, his, his_one};
pub(crate) use name::drawn_code;
pub use name::{invite_again, longest, name};

use crate::{
    Error, Result, args,
    ctx::{Citizen, Ctx},
    db::{Tx, Value},
    outbox,
};

/// Marks for ids.
#[derive(Debug)]
pub enum DelegationMark {}
#[derive(Debug)]
pub enum FormMark {}

/// Drawn when a form is shown: the same form sent twice is one delegation with one code.
pub type FormKey = Public<FormMark>;

/// The outbox kind of a letter to her: there is something new.
pub const NEWS: &str = "counsel.delegate";

/// To whom.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct News {
    pub person: String,
}

pub type Done<T = ()> = std::result::Result<T, DelegateRefusal>;

/// As she wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub name: String,
    pub label: String,
    pub firm: String,
}

fn broken() -> Error {
    Error::Broken("a delegation")
}

fn place(id: &str) -> String {
    format!("delegation/body/{id}")
}

/// What is kept of a code.
fn hash(ctx: &Ctx, code: &InviteCode) -> Vec<u8> {
    ctx.vault.fingerprint("delegate_code", code.expose())
}

#[derive(Clone, Debug, sqlx::FromRow)]
struct Row {
    id: String,
    public_id: String,
    lawyer_id: String,
    lawyer_name: String,
    body: Vec<u8>,
    valid_to: String,
    invited_at: i64,
    delegate_name: Option<String>,
    state: String,
    state_at: i64,
    ended_by: Option<String>,
    over_at: i64,
    subject_key: Vec<u8>,
}

impl Row {
    fn id(&self) -> Id<DelegationMark> {
        Id::new(self.id.as_str())
    }

    fn lawyer(&self) -> Id<Person> {
        Id::new(self.lawyer_id.as_str())
    }

    fn public(&self) -> Result<Public<DelegationMark>> {
        Public::parse(&self.public_id).ok_or_else(broken)
    }

    fn day(&self) -> Result<CivilDate> {
        CivilDate::parse_iso(&self.valid_to).ok_or_else(broken)
    }

    fn state(&self) -> Result<Delegation> {
        let (at, until) = (Instant(self.state_at), Instant(self.over_at));
        Ok(match self.state.as_str() {
            "waiting" => Delegation::Waiting { until },
            "accepted" => Delegation::Accepted { at, until },
            "declined" => Delegation::Declined { at },
            "ended" => {
                let by = self.ended_by.as_deref().and_then(EndedBy::parse).ok_or_else(broken)?;
                Delegation::Ended { at, by }
            }
            _ => return Err(broken()),
        })
    }

    fn named(&self, ctx: &Ctx) -> Result<Named> {
        let key = ctx.vault.subject_from(&self.lawyer_id, &self.subject_key)?;
        let plain = key.open(&place(&self.id), &self.body)?;
        serde_json::from_slice(&plain).map_err(|_| broken())
    }
}

/// That there is something new; what it is, no letter tells.
async fn tell(tx: &mut Tx, ctx: &Ctx, person: &Id<Person>) -> Result<()> {
    outbox::Job::new(ctx, NEWS, &News { person: person.as_str().to_owned() })?.save(tx).await
}

/// What [`HIS`] is asked with.
fn by_him(ctx: &Ctx, who: &Citizen) -> Vec<Value> {
    let now = ctx.now();
    args![&who.person, now, now.date(), ctx.lawyers.counts()]
}

/// What [`HIS_ONE`] and [`BY_CODE`] are asked with.
fn of_his(ctx: &Ctx, who: &Citizen, last: impl Into<Value>) -> Vec<Value> {
    let mut values = by_him(ctx, who);
    values.push(last.into());
    values
}

fn is_high(who: &Citizen) -> bool {
    who.level >= domain::access::Level::High
}

macro_rules! delegation {
    ($rest:literal) => {
        concat!(
            "SELECT d.id, d.public_id, d.lawyer_id, l.name AS lawyer_name, d.body, d.valid_to, d.invited_at, ",
            "p.name AS delegate_name, d.state, d.state_at, d.ended_by, d.over_at, k.sealed AS subject_key FROM delegation d ",
            "JOIN person l ON l.id = d.lawyer_id JOIN subject_key k ON k.subject_id = d.lawyer_id ",
            "LEFT JOIN person p ON p.id = d.delegate_id ",
            $rest
        )
    };
}
pub const HERS: &str = delegation!("WHERE d.lawyer_id = $1 ORDER BY d.invited_at DESC, d.id DESC LIMIT 100");
pub const HERS_ONE: &str = delegation!("WHERE d.public_id = $1 AND d.lawyer_id = $2");
/// What he has opened, to be answered or standing, while she has one of the chosen clients: `$3` the day, `$4` whether the register
/// has to list her. What is over is not there any more.
pub const HIS: &str = delegation!(
    "WHERE d.delegate_id = $1 AND d.state IN ('waiting', 'accepted') AND d.over_at > $2 AND EXISTS (SELECT 1 \
    FROM delegation_client c JOIN mandate a ON a.inmate_id = c.inmate_id JOIN person_number n ON n.hash = a.number_hash \
    WHERE c.delegation_id = d.id AND n.person_id = d.lawyer_id AND a.ended_at IS NULL AND a.valid_from <= $3 \
    AND $3 <= a.valid_to AND (CAST($4 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM lawyer v WHERE v.person_id = d.lawyer_id \
    AND $3 <= v.holds_to))) ORDER BY l.name, d.id LIMIT 100"
);
pub const HIS_ONE: &str = delegation!(
    "WHERE d.delegate_id = $1 AND d.state IN ('waiting', 'accepted') AND d.over_at > $2 AND EXISTS (SELECT 1 \
    FROM delegation_client c JOIN mandate a ON a.inmate_id = c.inmate_id JOIN person_number n ON n.hash = a.number_hash \
    WHERE c.delegation_id = d.id AND n.person_id = d.lawyer_id AND a.ended_at IS NULL AND a.valid_from <= $3 \
    AND $3 <= a.valid_to AND (CAST($4 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM lawyer v WHERE v.person_id = d.lawyer_id \
    AND $3 <= v.holds_to))) AND d.public_id = $5"
);
/// One that waits for this code, of another than him; the rest as above.
pub const BY_CODE: &str = delegation!(
    "WHERE d.lawyer_id <> $1 AND d.state = 'waiting' AND d.over_at > $2 AND EXISTS (SELECT 1 \
    FROM delegation_client c JOIN mandate a ON a.inmate_id = c.inmate_id JOIN person_number n ON n.hash = a.number_hash \
    WHERE c.delegation_id = d.id AND n.person_id = d.lawyer_id AND a.ended_at IS NULL AND a.valid_from <= $3 \
    AND $3 <= a.valid_to AND (CAST($4 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM lawyer v WHERE v.person_id = d.lawyer_id \
    AND $3 <= v.holds_to))) AND d.code_hash = $5"
);
pub const HELD: &str = delegation!(
    "WHERE d.lawyer_id = $1 OR (d.delegate_id = $1 AND d.state <> 'waiting') ORDER BY d.invited_at DESC, d.id DESC"
);
