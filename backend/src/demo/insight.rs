//! A year of the demo's figures: numbers of weeks that nobody lived, counted and kept as those of any week are.

use domain::{
    access::Unit,
    insight::{Cells, Measure, Part, Parts},
    kernel::Id,
    notices::share::{Tally, share},
};

use crate::{
    Result, args,
    ctx::{Chance, Ctx},
    insight::{self, Counting},
    notices::counted::bounds,
};

/// slug, answers a week, places a week, visits that nothing is marked of, and whether its notices are many enough to be told of.
const UNITS: [(&str, i64, i64, i64, bool); 6] = [
    ("lyngmo", 16, 84, 0, true),
    ("storaasen", 6, 30, 0, true),
    ("havvik", 11, 60, 0, true),
    ("fjellheim", 8, 48, 6, true),
    ("bekkelund", 6, 36, 0, false),
    ("elvebakken", 2, 20, 0, false),
];

/// How far from the middle answers came, in days.
const SPREAD: [i64; 16] = [-11, -8, -6, -5, -3, -2, -1, 0, 0, 1, 2, 4, 6, 9, 13, 18];
/// The middle of the first week, and what a week takes off in hundredths.
const FIRST: i64 = 31;
const FASTER: i64 = 22;

/// The first night of the demo; once any night was counted, nothing is added.
pub async fn seed(ctx: &Ctx) -> Result<()> {
    let Some(night) = insight::night(ctx).await? else { return Ok(()) };
    let units: Vec<(String, String)> = ctx.db.all(SLUGS, args![]).await?;
    let slug_of =
        |unit: &Id<Unit>| units.iter().find(|(id, _)| id == unit.as_str()).map(|(_, slug)| slug.as_str());
    let known = |unit: &Id<Unit>| {
        let slug = slug_of(unit)?;
        UNITS.iter().position(|(known, ..)| *known == slug)
    };
    for counting in &night.weeks {
        let Some(n) = known(&counting.unit) else { continue };
        insight::close(ctx, counting, &weeks(counting, n), night.bounds).await?;
    }
    let bounds = bounds(ctx).await?;
    for (at, (unit, quarter)) in night.quarters.iter().enumerate() {
        let told = known(unit).filter(|n| UNITS[*n].4).map(|n| tally(n, at));
        insight::judge(ctx, unit, *quarter, told.and_then(|tally| share(tally, bounds))).await?;
    }
    Ok(())
}

fn weeks(counting: &Counting, n: usize) -> Cells {
    let chance = Chance::seeded(n as u64 * 2 + u64::from(counting.measure == Measure::Visits));
    let count = (counting.to.days_since(counting.from) / 7).max(0);
    let week = |at: i64| {
        let parts = match counting.measure {
            Measure::Answers => answers(&chance, n, at),
            Measure::Visits => visits(&chance, n),
        };
        (counting.from.plus_days(7 * at), parts)
    };
    (0..=count).map(week).collect()
}

/// From 0 to `most` - 1.
fn draw(chance: &Chance, most: i64) -> i64 {
    i64::try_from(u64::from_le_bytes(chance.bytes()) % most.max(1).unsigned_abs()).unwrap_or(0)
}

fn answers(chance: &Chance, n: usize, week: i64) -> Parts {
    let usual = UNITS[n].1;
    let middle = FIRST + i64::try_from(n).unwrap_or(0) - week * FASTER / 100;
    let mut parts = Parts::new();
    for _ in 0..usual - usual / 3 + draw(chance, usual * 2 / 3 + 1) {
        let spread = usize::try_from(draw(chance, 16)).unwrap_or(0);
        let days = (middle + SPREAD[spread % SPREAD.len()]).max(1);
        *parts.entry(Part::Days(days)).or_default() += 1;
    }
    parts
}

fn visits(chance: &Chance, n: usize) -> Parts {
    let (_, _, offered, unmarked, _) = UNITS[n];
    let booked = offered * 6 / 10 + draw(chance, offered / 4);
    let unused = booked / 12 + draw(chance, 3);
    [
        (Part::Offered, offered),
        (Part::Attended, booked - unused - unmarked),
        (Part::Unused, unused),
        (Part::Unmarked, unmarked),
    ]
    .into()
}

fn tally(n: usize, quarter: usize) -> Tally {
    let late = i64::try_from((n + quarter) % 4).unwrap_or(0);
    Tally { due: 40, in_time: 40 - late, inmates: 18, recipients: 22, could: 60 }
}

pub const SLUGS: &str = "SELECT id, slug FROM unit";
