//! Whom no letter reaches: noted when a letter had nowhere to go → told by hand, or reached by mail once she confirms an address, or she signs in. The unit
//! that knows her has her on its list of work, and all of them as a list to print.

mod held;
mod read;
#[cfg(test)]
mod tests;
pub(crate) mod work;

use domain::{
    access::{Person, Unit},
    kernel::{Id, Instant, Public},
    visits::{
        assisted::may_assist,
        unreached::{Reached, Unreached},
    },
};

pub(in crate::visits) use held::held;
pub use read::{Done, Listed, One, listed, one};

use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx, Value},
    rules::Rules,
    visits::units,
};

/// A letter of this kind had nowhere to go. Without a unit that knows her there is nobody to tell her.
pub(crate) async fn note(tx: &mut Tx, new: &New, person: &Id<Person>, kind: &str) -> Result<()> {
    let unit: Option<(String,)> = tx.optional(HER_UNIT, args![person]).await?;
    let Some((unit,)) = unit else { return Ok(()) };
    let hours = Rules::within(tx, new.now.date()).await?.days("unreached.hours")?;
    let due = new.now.plus_minutes(60 * hours);
    let values = args![&new.id, &new.public, person, &unit, kind, new.now, due];
    tx.later(NOTE, values).await
}

/// Drawn before the command runs.
pub(crate) struct New {
    id: Id<Unreached>,
    public: Public<Unreached>,
    now: Instant,
}

impl New {
    pub fn drawn(ctx: &Ctx) -> Self {
        Self { id: ctx.chance.id(ctx.now()), public: ctx.chance.public(), now: ctx.now() }
    }

    pub fn now(&self) -> Instant {
        self.now
    }
}

/// She has confirmed an address: what waited goes there, and nobody has to tell her.
pub(crate) async fn by_mail(tx: &mut Tx, person: &Id<Person>, now: Instant) -> Result<()> {
    tx.later(BY_MAIL, args![person, now]).await
}

/// A round of the worker: whoever has signed in since has seen what there is. Tells how many.
pub async fn tend(ctx: &Ctx) -> Result<u64> {
    ctx.db.write(Tend(ctx.now())).await
}

struct Tend(Instant);

impl Command for Tend {
    type Out = u64;

    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        tx.execute(SEEN, args![self.0]).await
    }
}

/// What came of trying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    Told(Reached),
    /// Nobody answered: tried again later.
    Not,
}

/// False: she was told before, or has an address now. None: she is not there for whoever tells.
pub async fn tell(
    ctx: &Ctx,
    staff: &Staff,
    unreached: &Public<Unreached>,
    tried: Tried,
) -> Result<Option<bool>> {
    if !may_assist(&staff.roles) {
        return Ok(None);
    }
    ctx.db.write(Tell { ctx: ctx.clone(), staff: staff.clone(), unreached: unreached.clone(), tried }).await
}

struct Tell {
    ctx: Ctx,
    staff: Staff,
    unreached: Public<Unreached>,
    tried: Tried,
}

impl Command for Tell {
    type Out = Option<bool>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<bool>> {
        let (ctx, now) = (&self.ctx, self.ctx.now());
        let values = vec![Value::from(&self.unreached), units(&self.staff)];
        let found: Option<(String, String, String)> = tx.optional(OF_UNITS, values).await?;
        let Some((id, unit, person)) = found else { return Ok(None) };
        let (action, changed) = match self.tried {
            Tried::Told(how) => {
                let values = args![&id, how.code(), now, &self.staff.staff];
                ("unreached_told", tx.execute(TOLD, values).await?)
            }
            Tried::Not => {
                let hours = Rules::within(tx, now.date()).await?.days("unreached.again_hours")?;
                let values = args![&id, now, now.plus_minutes(60 * hours)];
                ("unreached_tried", tx.execute(TRIED, values).await?)
            }
        };
        if changed == 0 {
            return Ok(Some(false));
        }
        let entry = audit::Entry::new(ctx, &Actor::Staff(self.staff.clone()), action);
        let entry = entry
            .at_unit(&Id::<Unit>::new(unit.as_str()))
            .about("person", &Id::<Person>::new(person.as_str()));
        match self.tried {
            Tried::Told(how) => {
                if how.is_notice() {
                    tx.later(NOTICE, args![&person, now, &unit]).await?;
                }
                entry.because(how.code()).save(tx).await?;
            }
            Tried::Not => entry.save(tx).await?,
        }
        Ok(Some(true))
    }
}

/// The unit that had to do with her last.
pub const HER_UNIT: &str = "SELECT x.unit_id FROM (SELECT unit_id, submitted_at AS at FROM application WHERE person_id = $1 \
    UNION ALL SELECT unit_id, booked_at FROM booking WHERE person_id = $1 UNION ALL SELECT b.unit_id, b.booked_at FROM booking_party d \
    JOIN booking b ON b.id = d.booking_id WHERE d.person_id = $1 UNION ALL SELECT unit_id, opened_at FROM message_thread \
    WHERE person_id = $1) x ORDER BY x.at DESC LIMIT 1";
pub const NOTE: &str = "INSERT INTO unreached (id, public_id, person_id, unit_id, kinds, since, due_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (person_id, unit_id) WHERE state = 'open' DO UPDATE SET \
    kinds = CASE WHEN ' ' || unreached.kinds || ' ' LIKE '% ' || excluded.kinds || ' %' THEN unreached.kinds \
    ELSE unreached.kinds || ' ' || excluded.kinds END";
pub const BY_MAIL: &str =
    "UPDATE unreached SET state = 'by_mail', done_at = $2 WHERE person_id = $1 AND state = 'open'";
pub const SEEN: &str = "UPDATE unreached SET state = 'seen', done_at = $1 WHERE state = 'open' AND EXISTS (SELECT 1 FROM session s \
    WHERE s.person_id = unreached.person_id AND s.seen_at > unreached.since)";
pub const OF_UNITS: &str =
    "SELECT id, unit_id, person_id FROM unreached WHERE public_id = $1 AND $2 LIKE '% ' || unit_id || ' %'";
pub const TOLD: &str =
    "UPDATE unreached SET state = $2, done_at = $3, done_by = $4 WHERE id = $1 AND state = 'open'";
pub const TRIED: &str = "UPDATE unreached SET tries = tries + 1, tried_at = $2, due_at = $3, officer_id = NULL \
    WHERE id = $1 AND state = 'open'";
/// Of this unit's decisions: the days of an appeal run from now.
pub const NOTICE: &str = "UPDATE decision SET notice_sent_at = $2 WHERE notice_sent_at IS NULL AND opened_at IS NULL \
    AND made_at <= $2 AND subject_kind = 'clearance' AND subject_id IN (SELECT c.id FROM clearance c JOIN application a \
    ON a.id = c.application_id WHERE a.person_id = $1 AND c.unit_id = $3)";
