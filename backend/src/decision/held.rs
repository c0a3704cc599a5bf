//! What is held of the decisions that a person was told: hers, and those on her appeals.

use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing},
};

#[derive(sqlx::FromRow)]
struct HeldRow {
    subject_kind: String,
    unit_name: String,
    level: String,
    outcome: String,
    measures: String,
    legal_basis: String,
    reason: Option<String>,
    milder: Option<String>,
    valid_to: Option<String>,
    made_at: i64,
    notice_sent_at: Option<i64>,
    opened_at: Option<i64>,
}

pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let rows: Vec<HeldRow> = ctx.db.all(HELD, args![&who.person]).await?;
    let thing = |row: HeldRow| {
        Thing::new(Kind::Decision)
            .code(Name::About, Set::Subject, row.subject_kind)
            .code(Name::Outcome, Set::Outcome, row.outcome)
            .codes(Name::Measures, Set::Measure, &row.measures)
            .text(Name::Reason, row.reason)
            .text(Name::Milder, row.milder)
            .text(Name::Basis, row.legal_basis)
            .text(Name::Unit, row.unit_name)
            .code(Name::Body, Set::Body, row.level)
            .at(Name::Made, row.made_at)
            .at(Name::Told, row.notice_sent_at.or(row.opened_at))
            .on(Name::Until, row.valid_to)
    };
    rows.into_iter().map(thing).collect()
}

pub const HELD: &str = "SELECT d.subject_kind, u.name AS unit_name, d.level, d.outcome, d.measures, d.legal_basis, d.reason, \
    d.milder, d.valid_to, d.made_at, d.notice_sent_at, d.opened_at FROM decision d JOIN unit u ON u.id = d.unit_id \
    WHERE d.person_id = $1 ORDER BY d.made_at DESC, d.id DESC";
