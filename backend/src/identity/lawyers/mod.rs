//! Whether whoever has a mandate is a lawyer today, asked of the lawyers' register. Only somebody with a standing mandate is
//! asked about, or who declares herself that she is appointed; nobody else's number leaves Varde for it. A page waits for an answer only where without one there is nothing
//! on it, and then not long; otherwise the outbox asks behind it (ADR 27).

mod service;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

use domain::{
    access::{Level, Person},
    identity::{Answer, Bounds, Due, Problem, Register as Kept, Standing, due, standing},
    kernel::{CivilDate, Id, Instant, NationalId},
};
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result, args, audit,
    config::Settings,
    ctx::{Actor, Citizen, Ctx},
    db::{Command, Tx},
    outbox,
    rules::Rules,
};
use service::Service;

/// The outbox kind of a question behind a page.
pub const ASK: &str = "identity.lawyer";

/// About whom.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ask {
    pub person: String,
}

/// Those whom the demo's own register lists: its lawyers.
const DEMO: [&str; 4] = ["23918414622", "30869440945", "17887230048", "22847931055"];

/// The register that this portal asks.
#[derive(Clone)]
pub struct Register(Which);

#[derive(Clone)]
enum Which {
    /// None: a mandate counts by itself.
    Nobody,
    Demo,
    Service(Service),
}

impl Register {
    pub fn open(settings: &Settings) -> Result<Self> {
        Ok(Self(match settings.lawyers.has_service() {
            true => Which::Service(Service::open(settings)?),
            false if settings.is_demo() => Which::Demo,
            false => Which::Nobody,
        }))
    }

    /// For what asks nobody, such as a restore.
    pub fn nobody() -> Self {
        Self(Which::Nobody)
    }

    /// As every statement about mandates wants it: 1 if a mandate counts only with the register's word, else 0.
    pub fn counts(&self) -> i64 {
        i64::from(self.is_asked())
    }

    pub fn is_asked(&self) -> bool {
        !matches!(self.0, Which::Nobody)
    }

    fn source(&self) -> &'static str {
        match self.0 {
            Which::Nobody => "none",
            Which::Demo => "demo",
            Which::Service(_) => "advokatregisteret",
        }
    }

    async fn ask(&self, number: &NationalId, now: Instant, jti: &str) -> Result<Answer, Problem> {
        match &self.0 {
            Which::Nobody => Err(Problem::Unreachable),
            Which::Demo if DEMO.contains(&number.expose()) => Ok(Answer::Listed),
            Which::Demo => Ok(Answer::NotListed),
            Which::Service(service) => service.ask(number, now, jti).await,
        }
    }
}

fn bounds(rules: &Rules) -> Result<Bounds> {
    Ok(Bounds {
        fresh_hours: rules.days("lawyers.fresh_hours")?,
        grace_days: rules.days("lawyers.grace_days")?,
        retry_minutes: rules.days("lawyers.retry_minutes")?,
    })
}

#[derive(sqlx::FromRow)]
struct Row {
    asked_at: Option<i64>,
    verified_at: Option<i64>,
    holds_to: Option<String>,
    closed_at: Option<i64>,
    problem: Option<String>,
}

impl Row {
    fn kept(&self) -> Result<Option<Kept>> {
        let Some(asked_at) = self.asked_at.map(Instant) else { return Ok(None) };
        let broken = || Error::Broken("what the lawyers' register said");
        let day = |text: &String| CivilDate::parse_iso(text).ok_or_else(broken);
        let problem = |code: &String| Problem::parse(code).ok_or_else(broken);
        Ok(Some(Kept {
            asked_at,
            verified_at: self.verified_at.map(Instant),
            holds_to: self.holds_to.as_ref().map(day).transpose()?,
            closed_at: self.closed_at.map(Instant),
            problem: self.problem.as_ref().map(problem).transpose()?,
        }))
    }
}

/// How it stands with her, after asking if that is due. None: nobody is asked, or no mandate of hers stands.
pub async fn freshen(ctx: &Ctx, who: &Citizen) -> Result<Option<Standing>> {
    if who.level < Level::High {
        return Ok(None);
    }
    freshen_of(ctx, &who.person).await
}

/// The same of her in whose name somebody acts.
pub async fn freshen_of(ctx: &Ctx, person: &Id<Person>) -> Result<Option<Standing>> {
    if !ctx.lawyers.is_asked() {
        return Ok(None);
    }
    let now = ctx.now();
    match ctx.db.optional(OF_MANDATED, args![person, now.date()]).await? {
        Some(row) => heard(ctx, person, row, now).await.map(Some),
        None => Ok(None),
    }
}

/// How it stands with whoever declares that she is appointed and may have no mandate. None: nobody is asked.
pub async fn verify(ctx: &Ctx, who: &Citizen) -> Result<Option<Standing>> {
    if !ctx.lawyers.is_asked() {
        return Ok(None);
    }
    match ctx.db.optional(OF_DECLARED, args![&who.person]).await? {
        Some(row) => heard(ctx, &who.person, row, ctx.now()).await.map(Some),
        // Without a number there is nobody to ask about.
        None => Ok(Some(Standing::NotListed)),
    }
}

async fn heard(ctx: &Ctx, person: &Id<Person>, row: Row, now: Instant) -> Result<Standing> {
    let (bounds, kept) = (bounds(&Rules::on(&ctx.db, now.date()).await?)?, row.kept()?);
    let kept = match due(kept.as_ref(), &bounds, now) {
        Due::Nothing => kept,
        Due::Later => {
            order(ctx, person, &bounds, now).await?;
            kept
        }
        Due::Now => Some(ask(ctx, person, bounds).await?),
    };
    Ok(standing(kept.as_ref(), now))
}

/// For the outbox.
pub async fn ask_again(ctx: &Ctx, about: &Ask) -> Result<()> {
    let bounds = bounds(&Rules::on(&ctx.db, ctx.now().date()).await?)?;
    ask(ctx, &Id::new(about.person.as_str()), bounds).await.map(|_| ())
}

/// Her number, opened for the register or for a mandate of hers, and for nothing else.
pub(super) async fn number(ctx: &Ctx, person: &Id<Person>) -> Result<NationalId> {
    let (sealed, key): (Vec<u8>, Vec<u8>) = ctx.db.one(NUMBER, args![person]).await?;
    let key = ctx.vault.subject_from(person.as_str(), &key)?;
    let plain = key.open(&format!("person_number/sealed/{person}"), &sealed)?;
    let number = std::str::from_utf8(&plain).ok().and_then(|text| NationalId::parse(text).ok());
    number.ok_or(Error::Broken("a number"))
}

/// The question itself.
async fn ask(ctx: &Ctx, person: &Id<Person>, bounds: Bounds) -> Result<Kept> {
    let number = number(ctx, person).await?;
    let heard = ctx.lawyers.ask(&number, ctx.now(), &ctx.chance.token()).await;
    let outcome = match heard {
        Ok(Answer::Listed) => "listed",
        Ok(Answer::NotListed) => "not_listed",
        Err(problem) => problem.code(),
    };
    metrics::counter!("varde_lawyers_asked", "outcome" => outcome).increment(1);
    settle(ctx, person, heard, bounds).await
}

async fn settle(
    ctx: &Ctx,
    person: &Id<Person>,
    heard: Result<Answer, Problem>,
    bounds: Bounds,
) -> Result<Kept> {
    ctx.db.write(Settle { ctx: ctx.clone(), person: person.clone(), heard, bounds, now: ctx.now() }).await
}

struct Settle {
    ctx: Ctx,
    person: Id<Person>,
    heard: Result<Answer, Problem>,
    bounds: Bounds,
    now: Instant,
}

impl Command for Settle {
    type Out = Kept;

    async fn run(&self, tx: &mut Tx) -> Result<Kept> {
        let before: Option<Row> = tx.optional(KEPT, args![&self.person]).await?;
        let before = before.map(|row| row.kept()).transpose()?.flatten();
        let after = Kept::after(before, self.heard, &self.bounds, self.now);
        let values = args![
            &self.person,
            after.asked_at,
            after.verified_at,
            after.holds_to,
            after.closed_at,
            after.problem.map(Problem::code),
            self.ctx.lawyers.source()
        ];
        tx.later(KEEP, values).await?;
        let stood = before.is_some_and(|kept| kept.stands(self.now.date()));
        let action = match (stood, after.stands(self.now.date())) {
            (false, true) => Some("lawyer_verified"),
            (true, false) => Some("lawyer_closed"),
            _ => None,
        };
        if let Some(action) = action {
            let entry = audit::Entry::new(&self.ctx, &Actor::System, action);
            entry.about("person", &self.person).detail(self.ctx.lawyers.source()).save(tx).await?;
        }
        Ok(after)
    }
}

/// Once for all pages that she opens meanwhile.
async fn order(ctx: &Ctx, person: &Id<Person>, bounds: &Bounds, now: Instant) -> Result<()> {
    let job = outbox::Job::new(ctx, ASK, &Ask { person: person.as_str().to_owned() })?;
    let before = now.plus_minutes(-bounds.retry_minutes);
    ctx.db.write(Order { person: person.clone(), job, before, now }).await
}

struct Order {
    person: Id<Person>,
    job: outbox::Job,
    before: Instant,
    now: Instant,
}

impl Command for Order {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if tx.execute(ORDERED, args![self.now, &self.person, self.before]).await? == 1 {
            self.job.save(tx).await?;
        }
        Ok(())
    }
}

pub const OF_MANDATED: &str = "SELECT v.asked_at, v.verified_at, v.holds_to, v.closed_at, v.problem FROM person_number n \
    LEFT JOIN lawyer v ON v.person_id = n.person_id WHERE n.person_id = $1 AND EXISTS (SELECT 1 FROM mandate a \
    WHERE a.number_hash = n.hash AND a.ended_at IS NULL AND a.valid_from <= $2 AND $2 <= a.valid_to)";
pub const OF_DECLARED: &str = "SELECT v.asked_at, v.verified_at, v.holds_to, v.closed_at, v.problem FROM person_number n \
    LEFT JOIN lawyer v ON v.person_id = n.person_id WHERE n.person_id = $1";
pub const KEPT: &str =
    "SELECT asked_at, verified_at, holds_to, closed_at, problem FROM lawyer WHERE person_id = $1";
pub const NUMBER: &str = "SELECT n.sealed, k.sealed AS subject_key FROM person_number n \
    JOIN subject_key k ON k.subject_id = n.person_id WHERE n.person_id = $1";
pub const KEEP: &str = "INSERT INTO lawyer (person_id, asked_at, verified_at, holds_to, closed_at, problem, source) \
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (person_id) DO UPDATE SET asked_at = excluded.asked_at, \
    verified_at = excluded.verified_at, holds_to = excluded.holds_to, closed_at = excluded.closed_at, \
    problem = excluded.problem, source = excluded.source";
pub const ORDERED: &str = "UPDATE lawyer SET asked_at = $1 WHERE person_id = $2 AND asked_at <= $3";
