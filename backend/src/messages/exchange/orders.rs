//! What is ordered for one exchange otherwise than its unit's level says: control or none, and that it is in Norwegian. Each
//! with a reason and its law, both kept; the law of the level bounds it. The last order can be taken back: the one before
//! holds again.

use domain::{
    access::{StaffMember, Unit},
    kernel::{Id, Public, paragraph},
    messages::{FieldError, FormErrors, Level, Order, Refusal, language_order, may_order, may_oversee},
};
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    messages::{Done, ExchangeRow, OrderRow, Sent, units},
    rules::Rules,
};

/// Longest reason, in characters.
const LONGEST_REASON: usize = 2_000;

/// As posted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderForm {
    /// `level`, `control` or `waive`.
    pub control: String,
    /// `1`: they write in Norwegian.
    pub norwegian_only: String,
    /// `1`: she has read that Sámi may be used with relatives here.
    pub sami_read: String,
    pub reason: String,
    /// Of the exchange, as the page showed it.
    pub version: String,
}

impl OrderForm {
    fn parse(&self) -> std::result::Result<(Order, String), FormErrors> {
        let mut errors = vec![];
        let control = Order::parse(&self.control);
        if control.is_none() {
            errors.push(FieldError { field: "control", code: "choose" });
        }
        let reason = paragraph(&self.reason, LONGEST_REASON);
        if let Err(error) = &reason {
            errors.push(FieldError { field: "reason", code: error.code() });
        }
        match (control, reason) {
            (Some(control), Ok(reason)) => Ok((control, reason)),
            _ => Err(errors),
        }
    }
}

/// Orders it for an exchange whose inmate is in one of her units, if nobody has changed it since she saw it.
pub async fn order(
    ctx: &Ctx,
    staff: &Staff,
    exchange: &Public<ExchangeRow>,
    form: &OrderForm,
) -> Result<Sent<()>> {
    if !may_oversee(&staff.roles) {
        return Ok(Err(Refusal::Hidden.into()));
    }
    let (control, reason) = match form.parse() {
        Ok(parsed) => parsed,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let give = Give {
        id: ctx.chance.id(ctx.now()),
        ctx: ctx.clone(),
        staff: staff.clone(),
        exchange: exchange.clone(),
        control,
        norwegian_only: form.norwegian_only == "1",
        sami_read: form.sami_read == "1",
        reason,
        version: form.version.parse().ok(),
    };
    Ok(ctx.db.write(give).await?.map_err(Into::into))
}

struct Give {
    ctx: Ctx,
    staff: Staff,
    exchange: Public<ExchangeRow>,
    id: Id<OrderRow>,
    control: Order,
    norwegian_only: bool,
    sami_read: bool,
    reason: String,
    version: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Found {
    id: String,
    person_id: String,
    unit_id: String,
    level: String,
    sami: i64,
    version: i64,
}

impl Found {
    async fn of(
        tx: &mut Tx,
        ctx: &Ctx,
        staff: &Staff,
        exchange: &Public<ExchangeRow>,
    ) -> Result<Option<Self>> {
        tx.optional(FOUND, args![units(staff), exchange, ctx.now().date()]).await
    }

    fn trace(&self, ctx: &Ctx, staff: &Staff, action: &'static str) -> audit::Entry {
        let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), action);
        let unit: Id<Unit> = Id::new(self.unit_id.as_str());
        entry.at_unit(&unit).about("exchange", &Id::<ExchangeRow>::new(self.id.as_str()))
    }
}

pub(super) fn place(order: &str) -> String {
    format!("exchange_order/reason/{order}")
}

impl Give {
    /// What stands in its way, as of now.
    fn judged(&self, found: &Found) -> Done {
        if self.version != Some(found.version) {
            return Err(Refusal::Stale);
        }
        if !may_order(Level::of(&found.level), self.control) {
            return Err(Refusal::NotByLevel);
        }
        if self.norwegian_only { language_order(found.sami == 1, self.sami_read) } else { Ok(()) }
    }
}

impl Command for Give {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let (ctx, staff, now) = (&self.ctx, &self.staff, self.ctx.now());
        let Some(found) = Found::of(tx, ctx, staff, &self.exchange).await? else {
            return Ok(Err(Refusal::Hidden));
        };
        if let Err(refusal) = self.judged(&found) {
            return Ok(Err(refusal));
        }
        let basis = Rules::within(tx, now.date()).await?.text("messages.legal_basis")?.to_owned();
        let key = ctx.vault.subject(tx, &found.person_id).await?;
        let reason = key.seal(&ctx.chance, &place(self.id.as_str()), self.reason.as_bytes())?;
        let (control, norwegian) = (self.control.code(), i64::from(self.norwegian_only));
        let values = args![&self.id, &found.id, control, norwegian, reason, basis, &staff.staff, now];
        tx.later(GIVE, values).await?;
        tx.later(IN_FORCE, args![control, norwegian, &found.id]).await?;
        let entry = found.trace(ctx, staff, "exchange_ordered");
        entry.detail(format!("{control} {norwegian}")).save(tx).await?;
        Ok(Ok(()))
    }
}

/// Takes the last order back: what was ordered before it holds again, and where nothing was, what the level says.
pub async fn undo(ctx: &Ctx, staff: &Staff, exchange: &Public<ExchangeRow>, version: i64) -> Result<Done> {
    if !may_oversee(&staff.roles) {
        return Ok(Err(Refusal::Hidden));
    }
    let (ctx, staff, exchange) = (ctx.clone(), staff.clone(), exchange.clone());
    let db = ctx.db.clone();
    db.write(Undo { ctx, staff, exchange, version }).await
}

struct Undo {
    ctx: Ctx,
    staff: Staff,
    exchange: Public<ExchangeRow>,
    version: i64,
}

impl Command for Undo {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let (ctx, staff) = (&self.ctx, &self.staff);
        let Some(found) = Found::of(tx, ctx, staff, &self.exchange).await? else {
            return Ok(Err(Refusal::Hidden));
        };
        if found.version != self.version {
            return Ok(Err(Refusal::Stale));
        }
        let standing: Vec<(String, String, i64)> = tx.all(STANDING, args![&found.id]).await?;
        let mut standing = standing.into_iter();
        let Some((last, ..)) = standing.next() else { return Ok(Err(Refusal::MovedOn)) };
        let (control, norwegian) = match standing.next() {
            Some((_, control, norwegian)) => (control, norwegian),
            None => (Order::AsLevel.code().to_owned(), 0),
        };
        let order = Order::parse(&control).ok_or(Error::Broken("order on an exchange"))?;
        if !may_order(Level::of(&found.level), order) {
            return Ok(Err(Refusal::NotByLevel));
        }
        let by: &Id<StaffMember> = &staff.staff;
        tx.later(UNDO, args![by, ctx.now(), last]).await?;
        tx.later(IN_FORCE, args![&control, norwegian, &found.id]).await?;
        let entry = found.trace(ctx, staff, "exchange_order_undone");
        entry.detail(format!("{control} {norwegian}")).save(tx).await?;
        Ok(Ok(()))
    }
}

pub const FOUND: &str = "SELECT e.id, e.person_id, u.id AS unit_id, u.level, \
    CAST(COALESCE((SELECT m.sami FROM message_rule m WHERE m.unit_id = u.id AND m.valid_from <= $3 \
    ORDER BY m.valid_from DESC LIMIT 1), 0) AS BIGINT) AS sami, e.version \
    FROM exchange e JOIN placement p ON p.inmate_id = e.inmate_id AND p.ended_at IS NULL JOIN unit u ON u.id = p.unit_id \
    WHERE $1 LIKE '% ' || u.id || ' %' AND e.public_id = $2";
pub const GIVE: &str = "INSERT INTO exchange_order (id, exchange_id, control, norwegian_only, reason, legal_basis, made_by, \
    made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
pub const IN_FORCE: &str =
    "UPDATE exchange SET control_order = $1, norwegian_only = $2, version = version + 1 WHERE id = $3";
/// The one in force and the one before it.
pub const STANDING: &str = "SELECT id, control, norwegian_only FROM exchange_order WHERE exchange_id = $1 \
    AND undone_at IS NULL ORDER BY made_at DESC, id DESC LIMIT 2";
pub const UNDO: &str = "UPDATE exchange_order SET undone_by = $1, undone_at = $2 WHERE id = $3";
