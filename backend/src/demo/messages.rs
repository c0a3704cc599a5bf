//! What the demo's units have on of messages: invented, and one unit has none.

use domain::{
    access::Unit,
    kernel::{CivilDate, Id},
    messages::Means,
};

use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx},
    identity::arrival::UNIT_BY_SLUG,
    messages::exchange::{UnitRules, bounds_of, put_rules},
};

/// slug, exchange on, characters, letters a week, hours of control, on paper, Sámi.
const RULES: [(&str, bool, i64, i64, i64, bool, bool); 6] = [
    ("lyngmo", true, 2_500, 5, 24, false, false),
    ("storaasen", true, 2_500, 3, 48, true, false),
    ("havvik", true, 4_000, 7, 24, false, false),
    ("fjellheim", true, 2_500, 5, 24, false, true),
    ("bekkelund", true, 4_000, 7, 24, true, false),
    ("elvebakken", false, 4_000, 7, 24, false, false),
];

/// Puts rules where there are none.
pub async fn seed(ctx: &Ctx) -> Result<()> {
    for (n, (slug, exchange_on, longest, per_week, control_hours, paper, sami)) in
        RULES.into_iter().enumerate()
    {
        if bounds_of(ctx, slug).await?.is_some() {
            continue;
        }
        let (id,): (String,) = ctx.db.one(UNIT_BY_SLUG, args![slug]).await?;
        let unit: Id<Unit> = Id::new(id);
        let rules = UnitRules {
            valid_from: CivilDate::parse_iso("2020-01-01").ok_or(Error::Broken("a day of the demo"))?,
            exchange_on,
            longest,
            per_week,
            control_hours,
            release_hours: None,
            means: if paper { Means::Print } else { Means::Screen },
            reads_days: "weekdays".into(),
            reads_from: 480,
            reads_to: 900,
            duty_phone: format!("+47 00 00 01 {:02}", n + 1),
            sami,
            source: "Invented for the demo".into(),
        };
        put_rules(ctx, &Actor::System, &unit, rules).await?;
    }
    Ok(())
}
