//! The figures of leaders: each slice counts its own, once a night, and what may be told is kept.

use domain::{
    insight::{Cells, Measure, Part},
    kernel::CivilDate,
};

use crate::{
    Result,
    ctx::Ctx,
    insight::{self, Counting},
    notices::counted::share_of,
    visits::counted::{self, Answered, Counted, Place},
};

/// If nobody has done it today; for the worker. Tells how many blocks of weeks were added.
pub async fn count_up(ctx: &Ctx) -> Result<usize> {
    let Some(night) = insight::night(ctx).await? else { return Ok(0) };
    let mut added = 0;
    for counting in &night.weeks {
        let cells = cells(ctx, counting).await?;
        added += insight::close(ctx, counting, &cells, night.bounds).await?;
    }
    for (unit, quarter) in &night.quarters {
        let told = share_of(ctx, unit, *quarter).await?;
        insight::judge(ctx, unit, *quarter, told).await?;
    }
    Ok(added)
}

async fn cells(ctx: &Ctx, counting: &Counting) -> Result<Cells> {
    let days = (counting.from, counting.to.plus_days(6));
    let counted: Vec<(CivilDate, Part, i64)> = match counting.measure {
        Measure::Answers => {
            counted::answers(ctx, &counting.unit, days).await?.into_iter().map(answered).collect()
        }
        Measure::Visits => counted::places(ctx, &counting.unit, days).await?.into_iter().map(place).collect(),
    };
    let mut cells = Cells::new();
    for (on, part, number) in counted {
        *cells.entry(on.monday()).or_default().entry(part).or_default() += number;
    }
    Ok(cells)
}

fn answered(one: Answered) -> (CivilDate, Part, i64) {
    (one.on, Part::Days(one.days), 1)
}

fn place(one: Counted) -> (CivilDate, Part, i64) {
    let part = match one.what {
        Place::Offered => Part::Offered,
        Place::Attended => Part::Attended,
        Place::Unused => Part::Unused,
        Place::Unmarked => Part::Unmarked,
    };
    (one.on, part, one.number)
}
