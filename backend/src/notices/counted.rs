//! How many notices of a unit's quarter were sent in time, as far as that may be told outside: a share, or nothing. Numbers stay
//! here (`domain::notices::share`).

use domain::{
    access::Unit,
    kernel::{Clock, Id, Instant, Quarter},
    notices::share::{Bounds, Tally, share},
};

use crate::{Result, args, ctx::Ctx, rules::Rules};

#[derive(sqlx::FromRow)]
struct Row {
    due: i64,
    in_time: i64,
    inmates: i64,
    recipients: i64,
    could: i64,
}

/// Of a quarter that is over.
pub async fn share_of(ctx: &Ctx, unit: &Id<Unit>, quarter: Quarter) -> Result<Option<i64>> {
    let bounds = bounds(ctx).await?;
    let at = |day| Instant::of_wall(day, Clock(0));
    let (from, to) = (at(quarter.first_day()), at(quarter.next().first_day()));
    let row: Row = ctx.db.one(TALLY, args![unit, from, to]).await?;
    let tally = Tally {
        due: row.due,
        in_time: row.in_time,
        inmates: row.inmates,
        recipients: row.recipients,
        could: row.could,
    };
    Ok(share(tally, bounds))
}

/// By the rules of today.
pub async fn bounds(ctx: &Ctx) -> Result<Bounds> {
    let rules = Rules::on(&ctx.db, ctx.now().date()).await?;
    Ok(Bounds {
        least_due: rules.days("notices.share_due")?,
        least_people: rules.days("notices.share_people")?,
        one_in: rules.days("notices.share_one_in")?,
        step: rules.days("notices.share_step")?,
    })
}

/// What a newer version has replaced, and what she did not want, was not due.
pub const TALLY: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS due, CAST(COUNT(CASE WHEN (x.state IN ('acknowledged', 'voice') \
    AND x.ended_at <= x.deadline) OR EXISTS (SELECT 1 FROM notice_attempt a WHERE a.obligation_id = x.id \
    AND a.outcome = 'accepted' AND a.outcome_at <= x.deadline) THEN 1 END) AS BIGINT) AS in_time, \
    CAST(COUNT(DISTINCT c.inmate_id) AS BIGINT) AS inmates, CAST(COUNT(DISTINCT p.recipient_id) AS BIGINT) AS recipients, \
    CAST((SELECT COUNT(DISTINCT d.inmate_id) FROM custody_decision d JOIN placement l ON l.inmate_id = d.inmate_id \
    AND l.unit_id = $1 AND l.started_at <= d.at AND (l.ended_at IS NULL OR l.ended_at >= d.at) WHERE d.at >= $2 AND d.at < $3 \
    AND d.kind IN (SELECT r.kind FROM notice_rule r WHERE r.timing IS NOT NULL)) AS BIGINT) AS could \
    FROM notice_obligation x JOIN notice_matter m ON m.id = x.matter_id JOIN notice_party p ON p.id = m.party_id \
    JOIN notice_case c ON c.id = p.case_id WHERE c.unit_id = $1 AND x.deadline >= $2 AND x.deadline < $3 \
    AND x.state NOT IN ('superseded', 'not_wanted')";
