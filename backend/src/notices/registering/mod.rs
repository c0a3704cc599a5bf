//! The officer's part of a registration: a request is found to belong to a case, or somebody who has no eID is registered.
//! When it becomes active, all that lies ahead opens its assessment at once.

mod form;
mod person;
mod seed;

use domain::kernel::{Id, Public};

use super::{Party, Profile, Recipient, Request, reading::works_with_victims, trail};
use crate::{
    Result, args,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
};

pub use form::{CaseForm, Refusal};
pub use person::PersonForm;
use person::PersonRead;
use seed::Seed;

type Answer = std::result::Result<Public<Party>, Vec<Refusal>>;

/// A request is found to be so: she is registered in the case. None: it is not for this officer.
pub async fn verify(
    ctx: &Ctx,
    staff: &Staff,
    request: &Public<Request>,
    form: &CaseForm,
) -> Result<Option<Answer>> {
    if !works_with_victims(&staff.roles) {
        return Ok(None);
    }
    let read = match form.parse() {
        Ok(read) => read,
        Err(refusals) => return Ok(Some(Err(refusals))),
    };
    let seed = Seed::draw(ctx, staff, read);
    ctx.db.write(Verify { seed, request: request.clone() }).await
}

/// Somebody at the office is registered. All that is wrong comes back together.
pub async fn register(
    ctx: &Ctx,
    staff: &Staff,
    person: &PersonForm,
    case: &CaseForm,
) -> Result<Option<Answer>> {
    if !works_with_victims(&staff.roles) {
        return Ok(None);
    }
    let synthetic = ctx.settings.identity.synthetic_numbers;
    let (person, read) = match (person.parse(synthetic), case.parse()) {
        (Ok(person), Ok(read)) => (person, read),
        (person, read) => {
            let faults = person.err().unwrap_or_default().into_iter().map(Refusal::Person);
            return Ok(Some(Err(faults.chain(read.err().unwrap_or_default()).collect())));
        }
    };
    let recipient = ctx.chance.id(ctx.now());
    let seed = Seed::draw(ctx, staff, read);
    let public = ctx.chance.public();
    let PersonRead { profile, wish } = person;
    ctx.db.write(Register { seed, recipient, public, profile, wish }).await.map(Some)
}

struct Verify {
    seed: Seed,
    request: Public<Request>,
}

impl Command for Verify {
    type Out = Option<Answer>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let seed = &self.seed;
        let found: Option<(String, String, String)> = tx.optional(REQUEST, args![&self.request]).await?;
        let Some((id, recipient, state)) = found else { return Ok(None) };
        if state != "open" {
            return Ok(Some(Err(vec![Refusal::Settled])));
        }
        let (case, inmate) = match seed.case(tx).await? {
            Ok(found) => found,
            Err(refusal) => return Ok(Some(Err(vec![refusal]))),
        };
        let recipient: Id<Recipient> = Id::new(recipient);
        let profile = Profile::of(tx, &seed.ctx, &recipient).await?;
        if seed.is_himself(tx, &inmate, &profile).await? {
            return Ok(Some(Err(vec![Refusal::Himself])));
        }
        tx.later(SETTLED, args!["verified", seed.now, &seed.staff.staff, &id]).await?;
        seed.join(tx, (&case, &inmate), &recipient, "wants").await.map(|party| Some(Ok(party)))
    }
}

struct Register {
    seed: Seed,
    recipient: Id<Recipient>,
    public: Public<Recipient>,
    profile: Profile,
    wish: &'static str,
}

impl Command for Register {
    type Out = Answer;

    async fn run(&self, tx: &mut Tx) -> Result<Answer> {
        let seed = &self.seed;
        let (case, inmate) = match seed.case(tx).await? {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(vec![refusal])),
        };
        if seed.is_himself(tx, &inmate, &self.profile).await? {
            return Ok(Err(vec![Refusal::Himself]));
        }
        let hash = self.profile.number.as_deref().map(|number| super::number_hash(&seed.ctx, number));
        let known: Option<(String,)> = match &hash {
            Some(hash) => tx.optional(super::wish::BY_NUMBER, args![hash.clone()]).await?,
            None => None,
        };
        let recipient: Id<Recipient> = match known {
            Some((id,)) => {
                let id = Id::new(id);
                let mut known = Profile::of(tx, &seed.ctx, &id).await?;
                known.fill(&self.profile);
                known.save(tx, &seed.ctx, &id).await?;
                id
            }
            None => {
                let sealed = self.profile.seal(&seed.ctx, &self.recipient)?;
                let values = args![&self.recipient, &self.public, hash, sealed, seed.now];
                tx.later(super::wish::NEW, values).await?;
                self.recipient.clone()
            }
        };
        seed.join(tx, (&case, &inmate), &recipient, self.wish).await.map(Ok)
    }
}

/// A request that belongs to no case. She is told by her officer, not by the page.
pub async fn refuse(ctx: &Ctx, staff: &Staff, request: &Public<Request>) -> Result<Option<bool>> {
    if !works_with_victims(&staff.roles) {
        return Ok(None);
    }
    ctx.db.write(Refuse { ctx: ctx.clone(), staff: staff.clone(), request: request.clone() }).await
}

struct Refuse {
    ctx: Ctx,
    staff: Staff,
    request: Public<Request>,
}

impl Command for Refuse {
    type Out = Option<bool>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<bool>> {
        let found: Option<(String, String, String)> = tx.optional(REQUEST, args![&self.request]).await?;
        let Some((id, recipient, state)) = found else { return Ok(None) };
        if state != "open" {
            return Ok(Some(false));
        }
        tx.later(SETTLED, args!["refused", self.ctx.now(), &self.staff.staff, &id]).await?;
        let actor = Actor::Staff(self.staff.clone());
        trail::note(tx, &self.ctx, &actor, ("notice.request_refused", &Id::new(recipient)), "").await?;
        Ok(Some(true))
    }
}

pub const REQUEST: &str = "SELECT id, recipient_id, state FROM notice_request WHERE public_id = $1";
pub const SETTLED: &str =
    "UPDATE notice_request SET state = $1, settled_at = $2, settled_by = $3 WHERE id = $4";
