//! What a leader reads: two statements, whatever is kept. What is open now is a third, of the list of work.

use std::collections::BTreeMap;

use domain::{
    access::Unit,
    insight::{Bounds, Grain, Measure, Part, Parts, Span, may_lead},
    kernel::{CivilDate, Id, Instant, Quarter},
};

use super::{chosen, units};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
};

/// Quarters that are shown.
const QUARTERS: usize = 4;

/// What is known before she chooses anything.
#[derive(Clone, Debug)]
pub struct Known {
    /// When figures were last counted; none: they never were.
    pub counted_at: Option<Instant>,
    pub bounds: Bounds,
    /// Days that a period of her own may span.
    pub longest: i64,
    /// Hers, by name.
    pub units: Vec<KnownUnit>,
    /// The last ones that are over, oldest first.
    pub quarters: Vec<Quarter>,
}

#[derive(Clone, Debug)]
pub struct KnownUnit {
    pub id: Id<Unit>,
    pub slug: String,
    pub name: String,
    /// Notices sent in time, in percent, of the quarters that may be told.
    pub shares: BTreeMap<Quarter, i64>,
}

#[derive(sqlx::FromRow)]
struct KnownRow {
    id: String,
    slug: String,
    name: String,
    quarter: Option<String>,
    percent: Option<i64>,
    counted_at: Option<i64>,
    least: String,
    least_tail: String,
    longest: String,
}

/// None: she leads nobody.
pub async fn known(ctx: &Ctx, staff: &Staff) -> Result<Option<Known>> {
    if !may_lead(&staff.roles) {
        return Ok(None);
    }
    let today = ctx.now().date();
    let before = std::iter::successors(Some(Quarter::of(today).before()), |one| Some(one.before()));
    let mut quarters: Vec<Quarter> = before.take(QUARTERS).collect();
    quarters.reverse();
    let since = quarters.first().map(|quarter| quarter.code());
    let rows: Vec<KnownRow> = ctx.db.all(KNOWN, args![units(&staff.units), today, since]).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let bounds =
        Bounds { least: number(&first.least)?, least_tail: number(&first.least_tail)?, settle_days: 0 };
    let (counted_at, longest) = (first.counted_at.map(Instant), number(&first.longest)?);
    let mut units: Vec<KnownUnit> = Vec::new();
    for row in rows {
        if units.last().is_none_or(|unit| unit.id.as_str() != row.id) {
            let shares = BTreeMap::new();
            units.push(KnownUnit { id: Id::new(row.id), slug: row.slug, name: row.name, shares });
        }
        if let (Some(unit), Some(quarter), Some(percent)) = (units.last_mut(), row.quarter, row.percent) {
            unit.shares.insert(Quarter::parse(&quarter).ok_or(Error::Broken("quarter"))?, percent);
        }
    }
    Ok(Some(Known { counted_at, bounds, longest, units, quarters }))
}

fn number(value: &str) -> Result<i64> {
    value.parse().map_err(|_| Error::Broken("a rule that is no number"))
}

/// By measure, and in it by the first day of each week or month that anything is told of.
#[derive(Clone, Debug, Default)]
pub struct Figures(BTreeMap<Measure, BTreeMap<CivilDate, Parts>>);

impl Figures {
    pub fn of(&self, measure: Measure) -> BTreeMap<CivilDate, Parts> {
        self.0.get(&measure).cloned().unwrap_or_default()
    }

    /// Of the whole time.
    pub fn sum(&self, measure: Measure) -> Parts {
        let mut sum = Parts::new();
        for (part, number) in self.0.get(&measure).into_iter().flat_map(BTreeMap::values).flatten() {
            *sum.entry(*part).or_default() += number;
        }
        sum
    }
}

#[derive(sqlx::FromRow)]
struct FigureRow {
    measure: String,
    point: String,
    part: String,
    number: i64,
}

/// The blocks that lie within the span, of one of her units or of all.
pub async fn figures(ctx: &Ctx, staff: &Staff, one: Option<&Id<Unit>>, span: Span) -> Result<Figures> {
    if !may_lead(&staff.roles) {
        return Ok(Figures::default());
    }
    let grain = match span.grain() {
        Grain::Week => "week",
        Grain::Month => "month",
    };
    let values = args![chosen(staff, one), span.from, span.to, grain];
    let rows: Vec<FigureRow> = ctx.db.all(FIGURES, values).await?;
    let mut figures = Figures::default();
    for row in rows {
        let measure = Measure::parse(&row.measure).ok_or(Error::Broken("measure"))?;
        let point = CivilDate::parse_iso(&row.point).ok_or(Error::Broken("week of a figure"))?;
        let part = Part::parse(&row.part).ok_or(Error::Broken("part of a figure"))?;
        figures.0.entry(measure).or_default().entry(point).or_default().insert(part, row.number);
    }
    Ok(figures)
}

/// The trace of a file, before it is made.
pub async fn exported(ctx: &Ctx, staff: &Staff, one: Option<&Id<Unit>>) -> Result<()> {
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "insight_exported");
    let entry = match one {
        Some(unit) => entry.at_unit(unit),
        None => entry,
    };
    audit::record(ctx, entry).await
}

macro_rules! rule {
    ($key:literal) => {
        concat!(
            "(SELECT r.value FROM rule r WHERE r.key = '",
            $key,
            "' AND r.valid_from <= $2 ORDER BY r.valid_from DESC LIMIT 1)"
        )
    };
}

pub const KNOWN: &str = concat!(
    "SELECT u.id, u.slug, u.name, s.quarter, s.percent, ",
    "(SELECT MAX(n.counted_at) FROM insight_night n) AS counted_at, ",
    rule!("insight.least"),
    " AS least, ",
    rule!("insight.least_tail"),
    " AS least_tail, ",
    rule!("insight.longest_days"),
    " AS longest FROM unit u LEFT JOIN insight_share s ON s.unit_id = u.id AND s.quarter >= $3 ",
    "WHERE $1 LIKE '% ' || u.id || ' %' ORDER BY u.name, u.id, s.quarter"
);
pub const FIGURES: &str = "SELECT f.measure, f.point, f.part, CAST(SUM(f.number) AS BIGINT) AS number FROM unit u \
    JOIN (SELECT g.unit_id, g.measure, g.part, g.number, g.first_week, g.last_week, \
    CASE WHEN $4 = 'month' THEN g.month ELSE g.last_week END AS point FROM insight_figure g) f \
    ON f.unit_id = u.id AND f.last_week <= $3 AND f.first_week >= $2 AND f.last_week >= $2 \
    WHERE $1 LIKE '% ' || u.id || ' %' GROUP BY f.measure, f.point, f.part ORDER BY f.measure, f.point, f.part";
