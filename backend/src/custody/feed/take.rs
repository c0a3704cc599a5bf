//! One batch: each item against what is held of its decision.

use std::future::Future;

use domain::{
    access::Unit,
    custody::{Event, Held, Wire, away, version},
    kernel::{Id, Instant, Public},
};

use super::{CustodyEvent, Item, Refusal, Taken, effects};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx},
    custody::inmates::Inmate,
    db::{Command, Tx},
};

/// Marks a decision of a source.
enum Decision {}

/// A version that stands from now on, as whoever follows the feed sees it.
pub struct Stood<'a> {
    pub decision: &'a str,
    pub inmate: &'a Id<Inmate>,
    pub event: &'a Event,
    pub now: Instant,
}

/// Whoever learns of each version that stands, inside the same transaction.
pub trait Together: Clone + Send + Sync + 'static {
    fn stood(&self, tx: &mut Tx, ctx: &Ctx, stood: &Stood<'_>) -> impl Future<Output = Result<()>> + Send;
}

/// Takes the items of one source in their order; answers in the same.
pub async fn take<T: Together>(ctx: &Ctx, source: &str, items: Vec<Item>, together: T) -> Result<Vec<Taken>> {
    let now = ctx.now();
    let items = items.into_iter().map(|item| Prepared::new(ctx, source, item, now)).collect::<Result<_>>()?;
    ctx.db.write(Batch { ctx: ctx.clone(), source: source.to_owned(), items, now, together }).await
}

/// An item with all that is drawn or computed before the transaction.
enum Prepared {
    Event { event: Box<Event>, ids: Ids, digest: Vec<u8>, sealed: Vec<u8> },
    Refused { id: Id<Refusal>, decision: String, version: u32, refusal: Refusal },
}

struct Ids {
    event: Id<CustodyEvent>,
    public: Public<CustodyEvent>,
    decision: Id<Decision>,
    refusal: Id<Refusal>,
}

impl Prepared {
    fn new(ctx: &Ctx, source: &str, item: Item, now: Instant) -> Result<Self> {
        let event = match item {
            Ok(event) => event,
            Err(unreadable) => {
                let (decision, version) = (unreadable.decision, unreadable.version);
                let refusal = Refusal::Unreadable(unreadable.faults);
                return Ok(Self::Refused { id: ctx.chance.id(now), decision, version, refusal });
            }
        };
        let text = serde_json::to_string(&event.wire()).map_err(|_| Error::Broken("an event's text"))?;
        let digest = ctx.vault.fingerprint("custody_event", &format!("{source}\n{text}"));
        let ids = Ids {
            event: ctx.chance.id(now),
            public: ctx.chance.public(),
            decision: ctx.chance.id(now),
            refusal: ctx.chance.id(now),
        };
        let sealed = ctx.vault.seal(&ctx.chance, &place(&ids.event), text.as_bytes())?;
        Ok(Self::Event { event: Box::new(event), ids, digest, sealed })
    }
}

/// An event as it came, from its sealed text.
pub fn opened(ctx: &Ctx, event: &Id<CustodyEvent>, sealed: &[u8]) -> Result<Event> {
    let plain = ctx.vault.open(&place(event), sealed)?;
    let wire: Wire = serde_json::from_slice(&plain).map_err(|_| Error::Broken("an event's text"))?;
    // It was read when it came; how far ahead it lay then is no longer asked.
    let at = Instant::parse_rfc3339(&wire.at).ok_or(Error::Broken("an event's text"))?;
    Event::parse(&wire, at).map_err(|_| Error::Broken("an event's text"))
}

/// Where an event's text is at home in the vault.
fn place(event: &Id<CustodyEvent>) -> String {
    format!("custody_event/sealed/{event}")
}

struct Batch<T> {
    ctx: Ctx,
    source: String,
    items: Vec<Prepared>,
    now: Instant,
    together: T,
}

#[derive(sqlx::FromRow)]
struct DecisionRow {
    id: String,
    inmate_id: String,
    version: i64,
}

impl<T: Together> Command for Batch<T> {
    type Out = Vec<Taken>;

    async fn run(&self, tx: &mut Tx) -> Result<Vec<Taken>> {
        let mut answers = Vec::with_capacity(self.items.len());
        let (mut taken, mut refused) = (0_i64, 0_i64);
        for item in &self.items {
            let answer = self.one(tx, item).await?;
            match &answer {
                Taken::Accepted(_) => taken += 1,
                Taken::Refused(_) => refused += 1,
            }
            answers.push(answer);
        }
        tx.later(HEARD, args![&self.source, self.now, taken, refused]).await?;
        Ok(answers)
    }
}

impl<T: Together> Batch<T> {
    async fn one(&self, tx: &mut Tx, item: &Prepared) -> Result<Taken> {
        let (id, decision, version, refusal) = match item {
            Prepared::Refused { id, decision, version, refusal } => (id, decision, *version, refusal.clone()),
            Prepared::Event { event, ids, digest, sealed } => {
                match self.event(tx, event, ids, (digest, sealed)).await? {
                    Ok(receipt) => return Ok(Taken::Accepted(receipt)),
                    Err(refusal) => (&ids.refusal, &event.decision, event.version, refusal),
                }
            }
        };
        let version = i64::from(version);
        let values = args![id, &self.source, decision, version, refusal.field(), refusal.code(), self.now];
        tx.later(REFUSED, values).await?;
        Ok(Taken::Refused(refusal))
    }

    /// The receipt, or why it was not taken; then nothing has changed.
    async fn event(
        &self,
        tx: &mut Tx,
        event: &Event,
        ids: &Ids,
        (digest, sealed): (&[u8], &[u8]),
    ) -> Result<Result<Public<CustodyEvent>, Refusal>> {
        let Some(inmate) = super::register::inmate(tx, &self.source, &event.inmate).await? else {
            return Ok(Err(Refusal::UnknownInmate));
        };
        let unit = unit_of(tx, event.unit.as_deref()).await?;
        if event.unit.is_some() && unit.is_none() {
            return Ok(Err(Refusal::UnknownUnit));
        }
        let held: Option<DecisionRow> = tx.optional(DECISION, args![&self.source, &event.decision]).await?;
        let decision = match &held {
            Some(row) if row.inmate_id != inmate.as_str() => return Ok(Err(Refusal::OtherInmate)),
            Some(row) => Id::new(row.id.as_str()),
            None => ids.decision.clone(),
        };
        let same: Option<(String, Vec<u8>)> =
            tx.optional(SAME, args![&decision, i64::from(event.version)]).await?;
        if let Some((receipt, before)) = same {
            let receipt = Public::parse(&receipt).ok_or(Error::Broken("public id"))?;
            return Ok(if before == digest { Ok(receipt) } else { Err(Refusal::VersionClash) });
        }
        let highest = held.map(|row| u32::try_from(row.version)).transpose();
        let highest = highest.map_err(|_| Error::Broken("a version"))?;
        let stands = version::take(&Held { highest, same: None }, event).stands();
        if stands {
            self.stands(tx, event, &decision, (&inmate, unit.as_ref())).await?;
        }
        let values =
            args![&ids.event, &ids.public, &decision, i64::from(event.version), digest, sealed, self.now];
        tx.later(EVENT, values).await?;
        let stood = Stood { decision: decision.as_str(), inmate: &inmate, event, now: self.now };
        self.after(tx, &stood, stands).await?;
        Ok(Ok(ids.public.clone()))
    }

    async fn after(&self, tx: &mut Tx, stood: &Stood<'_>, stands: bool) -> Result<()> {
        let entry =
            audit::Entry::new(&self.ctx, &Actor::System, "custody.event").about("inmate", stood.inmate);
        entry.detail(stood.event.kind.code().to_owned()).save(tx).await?;
        if stands {
            effects::replan(tx, &self.ctx, stood.inmate, self.now).await?;
            let Event { kind, at, until, .. } = *stood.event;
            if away(kind, at, until).is_some() {
                effects::moved(tx, &self.ctx, stood.inmate).await?;
            }
            self.together.stood(tx, &self.ctx, stood).await?;
        }
        Ok(())
    }

    async fn stands(
        &self,
        tx: &mut Tx,
        event: &Event,
        decision: &Id<Decision>,
        (inmate, unit): (&Id<Inmate>, Option<&Id<Unit>>),
    ) -> Result<()> {
        let values = args![
            decision,
            &self.source,
            &event.decision,
            inmate,
            i64::from(event.version),
            event.kind.code(),
            event.change.code(),
            event.at,
            event.until,
            unit
        ];
        tx.later(STANDS, values).await
    }
}

async fn unit_of(tx: &mut Tx, slug: Option<&str>) -> Result<Option<Id<Unit>>> {
    let Some(slug) = slug else { return Ok(None) };
    let found: Option<(String,)> = tx.optional(UNIT, args![slug]).await?;
    Ok(found.map(|(id,)| Id::new(id)))
}

pub const UNIT: &str = "SELECT id FROM unit WHERE slug = $1 AND level <> 'intake'";
pub const DECISION: &str =
    "SELECT id, inmate_id, version FROM custody_decision WHERE source = $1 AND key = $2";
pub const SAME: &str = "SELECT public_id, digest FROM custody_event WHERE decision_id = $1 AND version = $2";
pub const STANDS: &str = "INSERT INTO custody_decision (id, source, key, inmate_id, version, kind, change, at, until_at, \
    unit_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (source, key) DO UPDATE SET \
    version = excluded.version, kind = excluded.kind, change = excluded.change, at = excluded.at, \
    until_at = excluded.until_at, unit_id = excluded.unit_id";
pub const EVENT: &str = "INSERT INTO custody_event (id, public_id, decision_id, version, digest, sealed, received_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub const REFUSED: &str = "INSERT INTO custody_refusal (id, source, decision_key, version, field, code, at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub const HEARD: &str = "INSERT INTO custody_source (source, heard_at, taken, refused) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (source) DO UPDATE SET heard_at = excluded.heard_at, taken = custody_source.taken + excluded.taken, \
    refused = custody_source.refused + excluded.refused";
