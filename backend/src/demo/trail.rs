//! A day of the demo that is out of the ordinary: an officer who opened many cases, for the auditor to look at.

use domain::{
    access::Role,
    kernel::{Id, Public},
};

use super::{
    officer::{OFFICER_NAME, officer},
    relatives::days_ago,
};
use crate::{
    Error, Result, args,
    ctx::{Ctx, Staff},
    identity::arrival::UNIT_BY_SLUG,
    visits::clearance::{self, LookReason},
    wiring,
};

/// Once: where something has been found, nothing is added.
pub async fn seed(ctx: &Ctx) -> Result<()> {
    let (found,): (i64,) = ctx.db.one(FOUND, args![]).await?;
    if found > 0 {
        return Ok(());
    }
    let (unit,): (String,) = ctx.db.one(UNIT_BY_SLUG, args!["lyngmo"]).await?;
    let cases: Vec<(String, String)> = ctx.db.all(CASES, args![]).await?;
    let own = cases.iter().filter(|(_, at)| *at == unit).count();
    let mut units: Vec<&str> = cases.iter().map(|(_, at)| at.as_str()).collect();
    units.sort_unstable();
    units.dedup();
    let staff = Staff {
        session: Id::new("demo"),
        staff: officer(ctx).await?,
        name: OFFICER_NAME.to_owned(),
        roles: vec![Role::CaseOfficer],
        units: units.iter().map(|unit| Id::new(*unit)).collect(),
        unit_name: "Lyngmo fengsel".to_owned(),
    };
    // Yesterday is the worker's.
    let then = days_ago(ctx, 2);
    for unit_id in &units {
        // Mostly where she works.
        let most = if *unit_id == unit { own } else { own.saturating_sub(1) };
        for (case, _) in cases.iter().filter(|(_, at)| at == unit_id).take(most) {
            let case = Public::parse(case).ok_or(Error::Broken("public id"))?;
            let _ = clearance::case(&then, &staff, &case, LookReason::QualityControl).await?;
        }
    }
    wiring::watch(ctx, then.now().date()).await.map(|_| ())
}

pub const FOUND: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM trail_alert";
pub const CASES: &str = "SELECT public_id, unit_id FROM application ORDER BY id";
