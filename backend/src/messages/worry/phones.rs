//! Whom to ring instead of writing, and how soon what is written is read. Nothing here is about anybody inside.

use crate::{Result, args, ctx::Ctx, identity::names::sort_key, rules::Rules};

/// A unit that takes worries in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    pub slug: String,
    pub name: String,
    pub phone: String,
    /// Somebody answers there day and night.
    pub day_and_night: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    slug: String,
    name: String,
    phone: String,
    duty_phone: Option<String>,
}

/// All open units by name. A unit that has given no telephone for the duty has its usual one.
pub async fn desks(ctx: &Ctx) -> Result<Vec<Desk>> {
    let rows: Vec<Row> = ctx.db.all(DESKS, args![ctx.now().date()]).await?;
    let desk = |row: Row| Desk {
        slug: row.slug,
        name: row.name,
        day_and_night: row.duty_phone.is_some(),
        phone: row.duty_phone.unwrap_or(row.phone),
    };
    let mut desks: Vec<Desk> = rows.into_iter().map(desk).collect();
    desks.sort_by_key(|desk| sort_key(&desk.name));
    Ok(desks)
}

/// Within how many minutes somebody on duty is to have read it: a rule.
pub async fn minutes(ctx: &Ctx) -> Result<i64> {
    Rules::on(&ctx.db, ctx.now().date()).await?.days("messages.worry_minutes")
}

pub const DESKS: &str = "SELECT u.slug, u.name, u.phone, (SELECT m.duty_phone FROM message_rule m WHERE m.unit_id = u.id \
    AND m.valid_from <= $1 ORDER BY m.valid_from DESC LIMIT 1) AS duty_phone FROM unit u \
    WHERE u.open = 1 AND u.level <> 'intake'";
