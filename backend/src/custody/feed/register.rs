//! Inmates, where they are and what a court has ordered, as a source keeps them. Each call says how it is, not what has
//! changed: the same again changes nothing.

use domain::{
    access::Unit,
    custody::FieldError,
    kernel::{CivilDate, Id, Instant, NationalId, Public, line},
};
use serde::{Deserialize, Serialize};

use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx},
    custody::inmates::{INSERT, Inmate, PLACE},
    db::{Command, Tx},
    identity::names::sort_key,
};

/// Longest name and longest court order, in characters.
const LONGEST: usize = 200;
/// Most orders of one inmate at a time.
const MOST_ORDERS: usize = 20;

/// An inmate as a source sends him.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InmateWire {
    /// The whole name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// `YYYY-MM-DD`, not ahead.
    #[schema(format = Date)]
    pub birth_date: String,
    /// Eleven digits with their control digits.
    #[schema(pattern = "^[0-9]{11}$")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub national_id: Option<String>,
    /// The unit where he is, by its slug.
    pub unit: String,
    /// RFC 3339 with its offset: since when.
    #[schema(format = DateTime)]
    pub since: String,
}

/// A court's order as a source sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderWire {
    /// What the court calls it.
    #[schema(min_length = 1, max_length = 200)]
    pub court_order: String,
    /// What it bans or controls.
    #[schema(pattern = "^(visit_ban|visit_control|letter_ban|letter_control|isolation)$")]
    pub kind: String,
    /// The first day, `YYYY-MM-DD`.
    #[schema(format = Date)]
    pub from: String,
    /// The last day, not before the first.
    #[schema(format = Date)]
    pub to: String,
    /// The order says that it holds for authorities too ([SP] § 186); left out it does not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub authorities: bool,
}

const KINDS: [&str; 5] = ["visit_ban", "visit_control", "letter_ban", "letter_control", "isolation"];

/// What a call came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Put {
    Created,
    Updated,
    Unreadable(Vec<FieldError>),
    UnknownInmate,
    UnknownUnit,
    /// The number belongs to somebody else.
    NumberTaken,
}

/// The inmate that a source calls by this key.
pub(super) async fn inmate(tx: &mut Tx, source: &str, key: &str) -> Result<Option<Id<Inmate>>> {
    let found: Option<(String,)> = tx.optional(BY_KEY, args![source, key]).await?;
    Ok(found.map(|(id,)| Id::new(id)))
}

/// Adds the inmate, or brings him up to date. His unit counts only when he is new or between units: a move is an event.
pub async fn put_inmate(ctx: &Ctx, source: &str, key: &str, wire: &InmateWire) -> Result<Put> {
    let now = ctx.now();
    let Read { name, born, since, number } = match read(ctx, wire) {
        Ok(read) => read,
        Err(faults) => return Ok(Put::Unreadable(faults)),
    };
    let id: Id<Inmate> = ctx.chance.id(now);
    let sealed = number.as_ref().map(|number| {
        let place = format!("inmate/number_sealed/{id}");
        let sealed = ctx.vault.seal(&ctx.chance, &place, number.expose().as_bytes())?;
        Ok::<_, crate::Error>((ctx.vault.fingerprint("national_id", number.expose()), sealed))
    });
    let command = PutInmate {
        ctx: ctx.clone(),
        source: source.to_owned(),
        key: key.to_owned(),
        unit: wire.unit.clone(),
        public: ctx.chance.public(),
        placement: ctx.chance.id(now),
        number: sealed.transpose()?,
        id,
        name,
        born,
        since,
    };
    ctx.db.write(command).await
}

/// What a source said of an inmate, once it has been read.
struct Read {
    name: String,
    born: CivilDate,
    since: Instant,
    number: Option<NationalId>,
}

fn read(ctx: &Ctx, wire: &InmateWire) -> std::result::Result<Read, Vec<FieldError>> {
    let now = ctx.now();
    let mut faults = Vec::new();
    let mut fault = |field, code| faults.push(FieldError { field, code });
    let name = line(&wire.name, LONGEST).map_err(|error| fault("name", error.code())).ok();
    let born = CivilDate::parse_iso(&wire.birth_date).filter(|date| *date <= now.date());
    if born.is_none() {
        fault("birth_date", "date");
    }
    let since = Instant::parse_rfc3339(&wire.since).filter(|at| *at <= now.plus_minutes(10));
    if since.is_none() {
        fault("since", "time");
    }
    let number = wire.national_id.as_deref().map(NationalId::parse).transpose();
    let synthetic = |id: &NationalId| id.is_synthetic() && !ctx.settings.identity.synthetic_numbers;
    if number.as_ref().map_or(true, |id| id.as_ref().is_some_and(synthetic)) {
        fault("national_id", "number");
    }
    let (Some(name), Some(born), Some(since), Ok(number), true) =
        (name, born, since, number, faults.is_empty())
    else {
        return Err(faults);
    };
    Ok(Read { name, born, since, number })
}

struct PutInmate {
    ctx: Ctx,
    source: String,
    key: String,
    unit: String,
    id: Id<Inmate>,
    public: Public<Inmate>,
    placement: Id<Unit>,
    number: Option<(Vec<u8>, Vec<u8>)>,
    name: String,
    born: CivilDate,
    since: Instant,
}

impl Command for PutInmate {
    type Out = Put;

    async fn run(&self, tx: &mut Tx) -> Result<Put> {
        let unit: Option<(String,)> = tx.optional(super::take::UNIT, args![&self.unit]).await?;
        let Some((unit,)) = unit else { return Ok(Put::UnknownUnit) };
        let known = inmate(tx, &self.source, &self.key).await?;
        let id = known.as_ref().unwrap_or(&self.id);
        if self.number_is_anothers(tx, id).await? {
            return Ok(Put::NumberTaken);
        }
        let (hash, sealed) = self.number.clone().unzip();
        if known.is_some() {
            // A sealed number is bound to the row's own id.
            let values = args![&self.name, sort_key(&self.name), self.born, id];
            tx.later(UPDATE, values).await?;
        } else {
            let values = args![id, &self.public, &self.name, sort_key(&self.name), self.born, hash, sealed];
            tx.later(INSERT, values).await?;
            tx.later(KEY, args![&self.source, &self.key, id]).await?;
        }
        let here: Option<(String,)> = tx.optional(HERE, args![id]).await?;
        if here.is_none() {
            tx.later(PLACE, args![&self.placement, id, &unit, self.since]).await?;
            // Back after he was free: what still holds is where he was before.
            if known.is_some() {
                super::effects::moved(tx, &self.ctx, id).await?;
            }
        }
        super::effects::replan(tx, &self.ctx, id, self.ctx.now()).await?;
        audit::Entry::new(&self.ctx, &Actor::System, "custody.inmate").about("inmate", id).save(tx).await?;
        Ok(if known.is_some() { Put::Updated } else { Put::Created })
    }
}

impl PutInmate {
    async fn number_is_anothers(&self, tx: &mut Tx, id: &Id<Inmate>) -> Result<bool> {
        let Some((hash, _)) = &self.number else { return Ok(false) };
        let found: Option<(String,)> = tx.optional(BY_NUMBER, args![hash.clone()]).await?;
        Ok(found.is_some_and(|(whose,)| whose != id.as_str()))
    }
}

/// All the orders that hold for an inmate, in place of those before.
pub async fn put_orders(ctx: &Ctx, source: &str, key: &str, orders: &[OrderWire]) -> Result<Put> {
    let now = ctx.now();
    let (mut read, mut faults) = (Vec::new(), Vec::new());
    if orders.len() > MOST_ORDERS {
        faults.push(FieldError { field: "restrictions", code: "too_many" });
    }
    for order in orders {
        match order_of(order) {
            Ok(order) => read.push((ctx.chance.id(now), order)),
            Err(more) => faults.extend(more),
        }
    }
    if !faults.is_empty() {
        return Ok(Put::Unreadable(faults));
    }
    let (ctx, source, key) = (ctx.clone(), source.to_owned(), key.to_owned());
    ctx.db.clone().write(PutOrders { ctx, source, key, orders: read }).await
}

/// Order, kind, first and last day, whether for authorities too.
type Order = (String, &'static str, CivilDate, CivilDate, bool);

fn order_of(wire: &OrderWire) -> Result<Order, Vec<FieldError>> {
    let mut faults = Vec::new();
    let mut fault = |field, code| faults.push(FieldError { field, code });
    let order = line(&wire.court_order, LONGEST)
        .map_err(|error| fault("restrictions.court_order", error.code()))
        .ok();
    let kind = KINDS.into_iter().find(|kind| *kind == wire.kind);
    if kind.is_none() {
        fault("restrictions.kind", "unknown");
    }
    let (from, to) = (CivilDate::parse_iso(&wire.from), CivilDate::parse_iso(&wire.to));
    if from.is_none() {
        fault("restrictions.from", "date");
    }
    if to.is_none() || to < from {
        fault("restrictions.to", "date");
    }
    match (order, kind, from, to) {
        (Some(order), Some(kind), Some(from), Some(to)) if faults.is_empty() => {
            Ok((order, kind, from, to, wire.authorities))
        }
        _ => Err(faults),
    }
}

/// Marks a restriction.
enum Restriction {}

struct PutOrders {
    ctx: Ctx,
    source: String,
    key: String,
    orders: Vec<(Id<Restriction>, Order)>,
}

impl Command for PutOrders {
    type Out = Put;

    async fn run(&self, tx: &mut Tx) -> Result<Put> {
        let Some(id) = inmate(tx, &self.source, &self.key).await? else { return Ok(Put::UnknownInmate) };
        tx.later(CLEAR, args![&id]).await?;
        for (row, (order, kind, from, to, authorities)) in &self.orders {
            tx.later(ORDER, args![row, &id, order, *kind, *from, *to, *authorities]).await?;
        }
        // Whoever follows him may have visits under another order now.
        super::effects::moved(tx, &self.ctx, &id).await?;
        audit::Entry::new(&self.ctx, &Actor::System, "custody.orders").about("inmate", &id).save(tx).await?;
        Ok(Put::Updated)
    }
}

pub const BY_KEY: &str = "SELECT inmate_id FROM inmate_key WHERE source = $1 AND key = $2";
pub const BY_NUMBER: &str = "SELECT id FROM inmate WHERE number_hash = $1";
pub const KEY: &str = "INSERT INTO inmate_key (source, key, inmate_id) VALUES ($1, $2, $3)";
pub const UPDATE: &str = "UPDATE inmate SET name = $1, sort_name = $2, birth_date = $3 WHERE id = $4";
pub const HERE: &str = "SELECT id FROM placement WHERE inmate_id = $1 AND ended_at IS NULL";
pub const CLEAR: &str = "DELETE FROM restriction WHERE inmate_id = $1";
pub const ORDER: &str = "INSERT INTO restriction (id, inmate_id, court_order, kind, valid_from, valid_to, authorities) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
