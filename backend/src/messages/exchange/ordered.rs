//! What is ordered for an exchange, as whoever orders it reads it: what holds, since when, and all that was ordered before.
//! No words of the two. The look is written first.

use domain::{
    access::Unit,
    kernel::{Id, Instant, Public},
    messages::may_oversee,
};

use super::{
    orders::place,
    pair::{OF_EXCHANGE, Pair},
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    messages::{ExchangeRow, public, text, units},
};

/// Why it is looked at, in the trail.
const ORDERING: &str = "letter_order";

#[derive(Clone, Debug)]
pub struct Ordered {
    pub exchange: Public<ExchangeRow>,
    pub relative: String,
    pub inmate: String,
    pub unit_name: String,
    pub unit_level: String,
    /// `level`, `control` or `waive`.
    pub control: String,
    pub norwegian_only: bool,
    /// Sámi may be used with relatives here.
    pub sami: bool,
    /// A court's order controls them, whatever is ordered here.
    pub court: bool,
    /// What all of it comes to today.
    pub is_controlled: bool,
    pub version: i64,
    /// Newest first, with those that were taken back.
    pub orders: Vec<Given>,
}

/// An order as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub control: String,
    pub norwegian_only: bool,
    pub reason: String,
    pub legal_basis: String,
    pub by: String,
    pub at: Instant,
    pub undone: Option<(String, Instant)>,
}

/// A line of the list of what is ordered in her units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingOrder {
    pub exchange: Public<ExchangeRow>,
    pub relative: String,
    pub inmate: String,
    pub unit_name: String,
    pub control: String,
    pub norwegian_only: bool,
}

#[derive(sqlx::FromRow)]
struct Head {
    id: String,
    public_id: String,
    relative: String,
    inmate: String,
    unit_id: String,
    unit_name: String,
    unit_level: String,
    control_order: String,
    norwegian_only: i64,
    sami: i64,
    version: i64,
    subject_key: Vec<u8>,
    person_id: String,
}

#[derive(sqlx::FromRow)]
struct GivenRow {
    id: String,
    control: String,
    norwegian_only: i64,
    reason: Vec<u8>,
    legal_basis: String,
    given_by: String,
    made_at: i64,
    undone_by: Option<String>,
    undone_at: Option<i64>,
}

/// One of her units' exchanges; any other is not found.
pub async fn ordered(ctx: &Ctx, staff: &Staff, exchange: &Public<ExchangeRow>) -> Result<Option<Ordered>> {
    if !may_oversee(&staff.roles) {
        return Ok(None);
    }
    let look = Look { ctx: ctx.clone(), staff: staff.clone(), exchange: exchange.clone() };
    let Some((head, pair, rows)) = ctx.db.write(look).await? else { return Ok(None) };
    let key = ctx.vault.subject_from(&head.person_id, &head.subject_key)?;
    let given = |row: GivenRow| {
        Ok(Given {
            reason: text(&key.open(&place(&row.id), &row.reason)?),
            control: row.control,
            norwegian_only: row.norwegian_only == 1,
            legal_basis: row.legal_basis,
            by: row.given_by,
            at: Instant(row.made_at),
            undone: row.undone_by.zip(row.undone_at.map(Instant)),
        })
    };
    Ok(Some(Ordered {
        exchange: public(&head.public_id)?,
        relative: head.relative,
        inmate: head.inmate,
        unit_name: head.unit_name,
        unit_level: head.unit_level,
        control: head.control_order,
        norwegian_only: head.norwegian_only == 1,
        sami: head.sami == 1,
        court: pair.controls > 0,
        is_controlled: pair.is_controlled()?,
        version: head.version,
        orders: rows.into_iter().map(given).collect::<Result<_>>()?,
    }))
}

struct Look {
    ctx: Ctx,
    staff: Staff,
    exchange: Public<ExchangeRow>,
}

impl Command for Look {
    type Out = Option<(Head, Pair, Vec<GivenRow>)>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let today = self.ctx.now().date();
        let found: Option<Head> = tx.optional(HEAD, args![units(&self.staff), &self.exchange, today]).await?;
        let Some(head) = found else { return Ok(None) };
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "look");
        let unit: Id<Unit> = Id::new(head.unit_id.as_str());
        let entry = entry.at_unit(&unit).about("exchange", &Id::<ExchangeRow>::new(head.id.as_str()));
        entry.because(ORDERING).save(tx).await?;
        let pair: Pair = tx.one(OF_EXCHANGE, args![&head.id, today]).await?;
        let rows = tx.all(GIVEN, args![&head.id]).await?;
        Ok(Some((head, pair, rows)))
    }
}

/// What is ordered in her units otherwise than the level says; one read after the trace of it.
pub async fn standing(ctx: &Ctx, staff: &Staff) -> Result<Vec<StandingOrder>> {
    if !may_oversee(&staff.roles) {
        return Ok(vec![]);
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "order_list");
    audit::record(ctx, entry.because(ORDERING)).await?;
    let rows: Vec<(String, String, String, String, String, i64)> =
        ctx.db.all(ORDERED, args![units(staff)]).await?;
    let row = |(id, relative, inmate, unit_name, control, norwegian): (String, _, _, _, _, i64)| {
        let norwegian_only = norwegian == 1;
        Ok(StandingOrder { exchange: public(&id)?, relative, inmate, unit_name, control, norwegian_only })
    };
    rows.into_iter().map(row).collect()
}

pub const HEAD: &str = "SELECT e.id, e.public_id, w.name AS relative, i.name AS inmate, u.id AS unit_id, \
    u.name AS unit_name, u.level AS unit_level, e.control_order, e.norwegian_only, \
    CAST(COALESCE((SELECT m.sami FROM message_rule m WHERE m.unit_id = u.id AND m.valid_from <= $3 \
    ORDER BY m.valid_from DESC LIMIT 1), 0) AS BIGINT) AS sami, e.version, k.sealed AS subject_key, e.person_id \
    FROM exchange e JOIN person w ON w.id = e.person_id JOIN subject_key k ON k.subject_id = w.id \
    JOIN inmate i ON i.id = e.inmate_id JOIN placement p ON p.inmate_id = i.id AND p.ended_at IS NULL \
    JOIN unit u ON u.id = p.unit_id WHERE $1 LIKE '% ' || u.id || ' %' AND e.public_id = $2";
pub const GIVEN: &str = "SELECT o.id, o.control, o.norwegian_only, o.reason, o.legal_basis, s.name AS given_by, o.made_at, \
    x.name AS undone_by, o.undone_at FROM exchange_order o JOIN staff_member s ON s.id = o.made_by \
    LEFT JOIN staff_member x ON x.id = o.undone_by WHERE o.exchange_id = $1 ORDER BY o.made_at DESC, o.id DESC LIMIT 100";
pub const ORDERED: &str = "SELECT e.public_id, w.name, i.name, u.name, e.control_order, e.norwegian_only FROM exchange e \
    JOIN person w ON w.id = e.person_id JOIN inmate i ON i.id = e.inmate_id JOIN placement p ON p.inmate_id = i.id \
    AND p.ended_at IS NULL JOIN unit u ON u.id = p.unit_id WHERE $1 LIKE '% ' || u.id || ' %' \
    AND (e.control_order <> 'level' OR e.norwegian_only = 1) ORDER BY w.sort_name, e.id LIMIT 300";
