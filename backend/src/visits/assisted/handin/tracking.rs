//! One is followed: a step, read from the case it has become and never copied; and taken back.

use domain::{
    access::{Level, Person},
    kernel::{Id, Instant, Public, Reference},
    visits::handin::{Case, HandIn, State, Step},
};

use super::{Session, SessionMark};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    visits::clearance::{self, Application, Stage},
};

/// What whoever follows it reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracked {
    pub reference: Reference,
    pub handed_at: Instant,
    pub step: Step,
    /// Since when it is so. Of a case that is being considered, since there is one: no step within it shows.
    pub since: Instant,
    /// No case yet, or one that was filed from it: one that she applied for in another way is not taken back by a code.
    pub filed: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    reference: String,
    handed_at: i64,
    state: String,
    state_at: i64,
    case_state: Option<String>,
    case_at: Option<i64>,
    filed: i64,
}

pub async fn tracked(ctx: &Ctx, session: &Session) -> Result<Option<Tracked>> {
    let Some(id) = &session.hand_in else { return Ok(None) };
    let Some(row) = ctx.db.optional::<Row>(TRACKED, args![id]).await? else { return Ok(None) };
    let step = Step::of(state(&row.state)?, case(row.case_state.as_deref())?);
    let over = step == Step::Decided || step == Step::Withdrawn;
    Ok(Some(Tracked {
        reference: Reference::parse(&row.reference).ok_or(Error::Broken("reference"))?,
        handed_at: Instant(row.handed_at),
        step,
        filed: row.filed == 1,
        since: Instant(row.case_at.filter(|_| over).unwrap_or(row.state_at)),
    }))
}

pub(super) fn state(stored: &str) -> Result<State> {
    State::parse(stored).ok_or(Error::Broken("state of a hand-in"))
}

fn case(stored: Option<&str>) -> Result<Option<Case>> {
    let Some(stored) = stored else { return Ok(None) };
    Ok(Some(match Stage::of(stored)? {
        Stage::Received | Stage::AwaitingPolice | Stage::AwaitingDecision => Case::Open,
        Stage::Decided | Stage::NotProcessed => Case::Over,
        Stage::Withdrawn => Case::Withdrawn,
    }))
}

/// She takes it back, and the case that it has become. False: there is nothing to take back any more.
pub async fn withdraw(ctx: &Ctx, session: &Session) -> Result<bool> {
    let Some(id) = session.hand_in.clone() else { return Ok(false) };
    let entry = audit::Entry::new(ctx, &Actor::Anonymous, "handin_withdrawn").about("hand_in", &id);
    if ctx.db.write(Withdraw { id: id.clone(), now: ctx.now(), entry: entry.clone() }).await? {
        return Ok(true);
    }
    let Some((person, public)) = ctx.db.optional::<(String, String)>(CASE_OF, args![&id]).await? else {
        return Ok(false);
    };
    let public: Public<Application> = Public::parse(&public).ok_or(Error::Broken("public id"))?;
    let her = citizen(&session.id, Id::new(person));
    let done = clearance::withdraw(ctx, &her, &public).await?.is_ok();
    if done {
        audit::record(ctx, entry).await?;
    }
    Ok(done)
}

/// She, as the use case takes her. A code says no more than that it is her address: no level, and nothing else is done with it.
fn citizen(session: &Id<SessionMark>, person: Id<Person>) -> Citizen {
    let session = Id::new(session.as_str());
    Citizen { session, person, name: String::new(), level: Level::Low, fresh_until: None, by: None }
}

struct Withdraw {
    id: Id<HandIn>,
    now: Instant,
    entry: audit::Entry,
}

impl Command for Withdraw {
    type Out = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        let done = tx.execute(WITHDRAWN, args![&self.id, self.now]).await? == 1;
        if done {
            self.entry.save(tx).await?;
        }
        Ok(done)
    }
}

pub const TRACKED: &str = "SELECT h.reference, h.handed_at, h.state, h.state_at, a.state AS case_state, a.state_at AS case_at, \
    CAST(CASE WHEN a.id IS NULL OR EXISTS (SELECT 1 FROM assist_act c WHERE c.subject_kind = 'application' AND c.subject_id = a.id \
    AND c.contact_id = h.contact_id) THEN 1 ELSE 0 END AS BIGINT) AS filed FROM hand_in h LEFT JOIN application a ON a.id = h.application_id WHERE h.id = $1";
pub const CASE_OF: &str = "SELECT a.person_id, a.public_id FROM hand_in h JOIN application a ON a.id = h.application_id \
    WHERE h.id = $1 AND EXISTS (SELECT 1 FROM assist_act c WHERE c.subject_kind = 'application' AND c.subject_id = a.id \
    AND c.contact_id = h.contact_id)";
pub const WITHDRAWN: &str = "UPDATE hand_in SET state = 'withdrawn', state_at = $2 WHERE id = $1 \
    AND state IN ('received', 'registering', 'asked')";
