//! What is ordered for one exchange otherwise than its unit's level says: control or none, and that it is in Norwegian. Each
//! with a reason that is kept; the law of the level bounds it.

use domain::{
    kernel::{Public, paragraph},
    messages::{FieldError, Level, Order, Refusal, language_order, may_control, may_order},
};
use serde::{Deserialize, Serialize};

use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    messages::{ExchangeRow, Sent, units},
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
    pub version: String,
}

/// Orders it for an exchange whose inmate is in one of her units.
pub async fn order(
    ctx: &Ctx,
    staff: &Staff,
    exchange: &Public<ExchangeRow>,
    form: &OrderForm,
) -> Result<Sent<()>> {
    let mut errors = vec![];
    let control = Order::parse(&form.control);
    if control.is_none() {
        errors.push(FieldError { field: "control", code: "choose" });
    }
    let reason = paragraph(&form.reason, LONGEST_REASON);
    if let Err(error) = &reason {
        errors.push(FieldError { field: "reason", code: error.code() });
    }
    let (Some(control), Ok(reason)) = (control, reason) else { return Ok(Err(errors.into())) };
    if !may_control(&staff.roles) {
        return Ok(Err(Refusal::Hidden.into()));
    }
    let (ctx, staff, exchange) = (ctx.clone(), staff.clone(), exchange.clone());
    let db = ctx.db.clone();
    let norwegian_only = form.norwegian_only == "1";
    let sami_read = form.sami_read == "1";
    db.write(Give { ctx, staff, exchange, control, norwegian_only, sami_read, reason }).await
}

struct Give {
    ctx: Ctx,
    staff: Staff,
    exchange: Public<ExchangeRow>,
    control: Order,
    norwegian_only: bool,
    sami_read: bool,
    reason: String,
}

#[derive(sqlx::FromRow)]
struct Found {
    id: String,
    person_id: String,
    level: String,
    sami: i64,
}

fn place(exchange: &str) -> String {
    format!("exchange/order_reason/{exchange}")
}

impl Command for Give {
    type Out = Sent<()>;

    async fn run(&self, tx: &mut Tx) -> Result<Sent<()>> {
        let (ctx, staff, now) = (&self.ctx, &self.staff, self.ctx.now());
        let found: Option<Found> =
            tx.optional(FOUND, args![units(staff), &self.exchange, now.date()]).await?;
        let Some(found) = found else { return Ok(Err(Refusal::Hidden.into())) };
        if !may_order(Level::of(&found.level), self.control) {
            return Ok(Err(Refusal::NotByLevel.into()));
        }
        if self.norwegian_only
            && let Err(refusal) = language_order(found.sami == 1, self.sami_read)
        {
            return Ok(Err(refusal.into()));
        }
        let key = ctx.vault.subject(tx, &found.person_id).await?;
        let reason = key.seal(&ctx.chance, &place(&found.id), self.reason.as_bytes())?;
        let norwegian = i64::from(self.norwegian_only);
        let values = args![self.control.code(), norwegian, reason, &staff.staff, now, &found.id];
        tx.execute(ORDER, values).await?;
        let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "exchange_ordered");
        let entry = entry.about("exchange", &domain::kernel::Id::<ExchangeRow>::new(found.id.as_str()));
        entry.detail(format!("{} {norwegian}", self.control.code())).save(tx).await?;
        Ok(Ok(()))
    }
}

pub const FOUND: &str = "SELECT e.id, e.person_id, u.level, CAST(COALESCE((SELECT m.sami FROM message_rule m \
    WHERE m.unit_id = u.id AND m.valid_from <= $3 ORDER BY m.valid_from DESC LIMIT 1), 0) AS BIGINT) AS sami \
    FROM exchange e JOIN placement p ON p.inmate_id = e.inmate_id AND p.ended_at IS NULL JOIN unit u ON u.id = p.unit_id \
    WHERE $1 LIKE '% ' || u.id || ' %' AND e.public_id = $2";
pub const ORDER: &str = "UPDATE exchange SET control_order = $1, norwegian_only = $2, order_reason = $3, ordered_by = $4, \
    ordered_at = $5, version = version + 1 WHERE id = $6";
