//! Those inside who are under eighteen, and how many visits each has had: a list for whoever sees to it that each has one a month at the least
//! ([F] § 3-28 a). One read; the look, or that it is taken out as a file, is written first. A lawyer's visit and one on a screen do not count.

#[cfg(test)]
mod tests;

use domain::{
    inmates::may_open,
    kernel::{CivilDate, Instant, Public},
    visits::{
        booking::facts::ADULT_FROM,
        children::{Standing, Visits},
    },
};

use super::{clearance::LookReason, units};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    custody::inmates::Inmate,
};

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child {
    pub public: Public<Inmate>,
    pub name: String,
    pub born: CivilDate,
    pub unit_name: String,
    pub visits: Visits,
    /// How many a month there are to be.
    pub least: i64,
    pub standing: Standing,
    /// When the last one took place.
    pub last: Option<CivilDate>,
    /// When the next one is booked.
    pub next: Option<CivilDate>,
}

#[derive(sqlx::FromRow)]
struct Row {
    public_id: String,
    name: String,
    birth_date: String,
    unit_name: String,
    since: i64,
    this_month: i64,
    last_month: i64,
    booked: i64,
    least: Option<i64>,
    last: Option<String>,
    next: Option<String>,
}

impl Row {
    fn child(self, month_before: CivilDate) -> Result<Child> {
        let day = |text: &str| CivilDate::parse_iso(text).ok_or(Error::Broken("a day of a child inside"));
        let visits = Visits {
            this_month: self.this_month,
            last_month: self.last_month,
            booked: self.booked,
            whole_last_month: Instant(self.since).date() <= month_before,
        };
        let least = self.least.ok_or(Error::Broken("visits a month of a child inside"))?;
        Ok(Child {
            public: Public::parse(&self.public_id).ok_or(Error::Broken("public id"))?,
            born: day(&self.birth_date)?,
            last: self.last.as_deref().map(day).transpose()?,
            next: self.next.as_deref().map(day).transpose()?,
            standing: Standing::of(visits, least),
            name: self.name,
            unit_name: self.unit_name,
            visits,
            least,
        })
    }
}

/// Of all her units, those who have had too few first. None: it is not her work.
pub async fn listed(ctx: &Ctx, staff: &Staff) -> Result<Option<Vec<Child>>> {
    read(ctx, staff, "look").await
}

/// The same, taken out as a file.
pub async fn exported(ctx: &Ctx, staff: &Staff) -> Result<Option<Vec<Child>>> {
    read(ctx, staff, "children_exported").await
}

async fn read(ctx: &Ctx, staff: &Staff, action: &'static str) -> Result<Option<Vec<Child>>> {
    if !may_open(&staff.roles) {
        return Ok(None);
    }
    for unit in &staff.units {
        let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), action).at_unit(unit);
        audit::record(ctx, entry.about("unit", unit).because(LookReason::HandleCase.code())).await?;
    }
    let (now, today) = (ctx.now(), ctx.now().date());
    let (first, last) = (*today.month().start(), *today.month().end());
    let before = *first.plus_days(-1).month().start();
    // A leap day more for each year: who is of age already is left out below.
    let born_after = today.plus_days(-i64::from(ADULT_FROM) * 366);
    let mut values = args![before, first, last, now, born_after];
    values.insert(0, units(staff));
    let rows: Vec<Row> = ctx.db.all(CHILDREN, values).await?;
    let mut all: Vec<Child> = rows.into_iter().map(|row| row.child(before)).collect::<Result<_>>()?;
    all.retain(|child| child.born.age_on(today) < ADULT_FROM);
    all.sort_by_key(|child| child.standing);
    Ok(Some(all))
}

/// A visit of the inmate `i` that took place, as far as anybody has said.
macro_rules! took_place {
    ($what:literal, $when:literal) => {
        concat!(
            "(SELECT ",
            $what,
            " FROM booking b WHERE b.inmate_id = i.id AND b.state = 'booked' AND b.kind NOT IN ('lawyer', 'video') ",
            "AND b.ends_at <= $5 AND NOT EXISTS (SELECT 1 FROM visit_mark m WHERE m.booking_id = b.id AND m.undone_at IS NULL ",
            "AND m.kind IN ('denied', 'inmate_refused', 'no_show'))",
            $when,
            ")"
        )
    };
}

/// `$1` the units, `$2` the first day of the month before, `$3` and `$4` the first and the last of this one, `$5` now,
/// `$6` after which day they were born. Since when: on a move he is away for a day at the most.
pub const CHILDREN: &str = concat!(
    "SELECT i.public_id, i.name, i.birth_date, u.name AS unit_name, (SELECT MAX(s.started_at) FROM placement s ",
    "WHERE s.inmate_id = i.id AND NOT EXISTS (SELECT 1 FROM placement e WHERE e.inmate_id = i.id AND e.started_at < s.started_at ",
    "AND COALESCE(e.ended_at, $5) + 86400000000 >= s.started_at)) AS since, ",
    took_place!("CAST(COUNT(*) AS BIGINT)", " AND b.date >= $3"),
    " AS this_month, ",
    took_place!("CAST(COUNT(*) AS BIGINT)", " AND b.date >= $2 AND b.date < $3"),
    " AS last_month, ",
    took_place!("MAX(b.date)", ""),
    " AS last, (SELECT MIN(b.date) FROM booking b WHERE b.inmate_id = i.id AND b.state = 'booked' AND b.kind NOT IN ('lawyer', 'video') ",
    "AND b.ends_at > $5) AS next, (SELECT CAST(COUNT(*) AS BIGINT) FROM booking b WHERE b.inmate_id = i.id AND b.state = 'booked' ",
    "AND b.kind NOT IN ('lawyer', 'video') AND b.ends_at > $5 AND b.date <= $4) AS booked, (SELECT CAST(z.value AS BIGINT) FROM rule z ",
    "WHERE z.key = 'visits.child_inmate_visits_per_month' AND z.valid_from <= $4 ORDER BY z.valid_from DESC LIMIT 1) AS least ",
    "FROM placement p JOIN inmate i ON i.id = p.inmate_id JOIN unit u ON u.id = p.unit_id WHERE p.ended_at IS NULL ",
    "AND $1 LIKE '% ' || p.unit_id || ' %' AND i.birth_date > $6 ORDER BY i.sort_name, i.id LIMIT 500"
);
