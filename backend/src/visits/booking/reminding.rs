//! Who wants it is reminded of her visit, some hours before as she has chosen; what the hours are is a rule. So is whoever comes
//! along on it by a yes of her own. The letter is the same neutral one as any other. A visit that was booked, moved or said yes to
//! later than that is not reminded of: it is fresh.

use domain::{
    kernel::{Id, Instant},
    visits::booking::{Booking, Event},
};

use super::{Letter, TextNews, joining};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    rules::Rules,
};

/// Each choice beside the rule of its hours.
const RULES: [(&str, &str); 2] = [("day", "booking.remind_day_hours"), ("days", "booking.remind_days_hours")];

/// For the worker. Tells how many letters. A worker that was away reminds once of a visit, however many were due.
pub async fn remind_due(ctx: &Ctx) -> Result<usize> {
    ctx.db.write(RemindDue { ctx: ctx.clone(), now: ctx.now() }).await
}

struct RemindDue {
    ctx: Ctx,
    now: Instant,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    person_id: String,
    starts_at: i64,
    by_text: i64,
    /// 1: she comes along on somebody's visit.
    guest: i64,
}

impl Command for RemindDue {
    type Out = usize;

    async fn run(&self, tx: &mut Tx) -> Result<usize> {
        let rules = Rules::within(tx, self.now.date()).await?;
        let mut written: Vec<(String, String)> = vec![];
        for (choice, rule) in RULES {
            let hours = rules.days(rule)?;
            let until = self.now.plus_minutes(60 * hours);
            let rows: Vec<Row> = tx.all(NEAR, args![self.now, until, hours, choice]).await?;
            for row in rows {
                tx.later(REMIND, args![&row.id, &row.person_id, row.starts_at, hours, self.now]).await?;
                let whose = (row.id.clone(), row.person_id.clone());
                if !written.contains(&whose) {
                    self.write(tx, &row).await?;
                    written.push(whose);
                }
            }
        }
        Ok(written.len())
    }
}

impl RemindDue {
    async fn write(&self, tx: &mut Tx, row: &Row) -> Result<()> {
        if row.guest == 1 {
            joining::tell(&self.ctx, tx, &row.person_id).await?;
        } else {
            Letter::job(&self.ctx, &row.id, &row.person_id, Event::Near)?.save(tx).await?;
        }
        if row.by_text == 1 {
            TextNews::job(&self.ctx, &row.person_id)?.save(tx).await?;
        }
        let id: Id<Booking> = Id::new(row.id.as_str());
        audit::Entry::new(&self.ctx, &Actor::System, "visit_reminded").about("booking", &id).save(tx).await
    }
}

/// What begins between now and $2, and stood as it stands $3 hours before: of whoever booked, of whoever comes along, and of colleagues
/// of one organisation.
pub const NEAR: &str = "SELECT b.id, p.id AS person_id, b.starts_at, p.by_text, CAST(0 AS BIGINT) AS guest FROM booking b \
    JOIN person p ON p.id = b.person_id WHERE b.state = 'booked' AND b.starts_at > $1 AND b.starts_at <= $2 \
    AND p.remind IN ('both', $4) AND COALESCE((SELECT MAX(c.at) FROM booking_change c WHERE c.booking_id = b.id), b.booked_at) \
    <= b.starts_at - 3600000000 * CAST($3 AS BIGINT) AND NOT EXISTS (SELECT 1 FROM booking_reminder r \
    WHERE r.booking_id = b.id AND r.person_id = p.id AND r.starts_at = b.starts_at AND r.hours = $3) \
    UNION ALL SELECT b.id, p.id, b.starts_at, p.by_text, CAST(1 AS BIGINT) FROM booking b JOIN visit_invitation v \
    ON v.booking_id = b.id AND v.state = 'coming' JOIN person p ON p.id = v.guest_id WHERE b.state = 'booked' \
    AND b.starts_at > $1 AND b.starts_at <= $2 AND p.remind IN ('both', $4) \
    AND v.state_at <= b.starts_at - 3600000000 * CAST($3 AS BIGINT) AND NOT EXISTS (SELECT 1 FROM booking_reminder r \
    WHERE r.booking_id = b.id AND r.person_id = p.id AND r.starts_at = b.starts_at AND r.hours = $3) \
    UNION ALL SELECT b.id, p.id, b.starts_at, p.by_text, CAST(0 AS BIGINT) FROM booking b JOIN booking_party d ON d.booking_id = b.id \
    AND d.person_id <> b.person_id JOIN person p ON p.id = d.person_id WHERE b.organisation_id IS NOT NULL AND b.state = 'booked' \
    AND b.starts_at > $1 AND b.starts_at <= $2 AND p.remind IN ('both', $4) \
    AND b.booked_at <= b.starts_at - 3600000000 * CAST($3 AS BIGINT) AND NOT EXISTS (SELECT 1 FROM booking_reminder r \
    WHERE r.booking_id = b.id AND r.person_id = p.id AND r.starts_at = b.starts_at AND r.hours = $3) \
    ORDER BY 3, 1, 2 LIMIT 500";
pub const REMIND: &str =
    "INSERT INTO booking_reminder (booking_id, person_id, starts_at, hours, at) VALUES ($1, $2, $3, $4, $5)";
