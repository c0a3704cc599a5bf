//! What a night adds: for each unit and measure the blocks that have become enough since the last one, and for each quarter that
//! is over whether its share is told. Begun once a day, whatever number of workers there is; what was broken off goes on the next
//! night, and what stands already is left as it is.

use domain::{
    access::Unit,
    insight::{Block, Bounds, Cells, Measure, blocks, month_of},
    kernel::{CivilDate, Id, Instant, Quarter},
};

use crate::{
    Error, Result, args,
    ctx::Ctx,
    db::{Command, Tx},
    rules::Rules,
};

/// How far back the first night goes.
const FIRST_WEEKS: i64 = 52;
/// Quarters that are judged when they are over.
const QUARTERS: usize = 4;

/// What one unit's measure still has to be counted for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counting {
    pub unit: Id<Unit>,
    pub measure: Measure,
    /// Mondays.
    pub from: CivilDate,
    pub to: CivilDate,
}

/// What is to be counted in a night.
#[derive(Clone, Debug)]
pub struct Night {
    pub bounds: Bounds,
    pub weeks: Vec<Counting>,
    /// Units and quarters that nobody has judged.
    pub quarters: Vec<(Id<Unit>, Quarter)>,
}

/// None: it was begun already.
pub async fn night(ctx: &Ctx) -> Result<Option<Night>> {
    let today = ctx.now().date();
    if !ctx.db.write(Begin { day: today, now: ctx.now() }).await? {
        return Ok(None);
    }
    let rules = Rules::on(&ctx.db, today).await?;
    let bounds = Bounds {
        least: rules.days("insight.least")?,
        least_tail: rules.days("insight.least_tail")?,
        settle_days: rules.days("insight.settle_days")?,
    };
    let weeks = weeks(ctx, today, bounds).await?;
    let quarters = quarters(ctx, today.plus_days(-rules.days("insight.share_settle_days")?)).await?;
    Ok(Some(Night { bounds, weeks, quarters }))
}

async fn weeks(ctx: &Ctx, today: CivilDate, bounds: Bounds) -> Result<Vec<Counting>> {
    let (to, first) = (last_week(today, bounds), today.monday().plus_days(-7 * FIRST_WEEKS));
    let rows: Vec<(String, Option<String>, Option<String>)> = ctx.db.all(TAILS, args![]).await?;
    let mut open = Vec::new();
    for (unit, answers, visits) in rows {
        for (measure, last) in [(Measure::Answers, answers), (Measure::Visits, visits)] {
            let last = last.as_deref().map(|last| CivilDate::parse_iso(last).ok_or(Error::Broken("week")));
            let from = last.transpose()?.map_or(first, |last| last.plus_days(7));
            if from <= to {
                open.push(Counting { unit: Id::new(unit.as_str()), measure, from, to });
            }
        }
    }
    Ok(open)
}

/// The Monday of the last week that has settled.
fn last_week(today: CivilDate, bounds: Bounds) -> CivilDate {
    today.plus_days(-bounds.settle_days).monday().plus_days(-7)
}

async fn quarters(ctx: &Ctx, settled: CivilDate) -> Result<Vec<(Id<Unit>, Quarter)>> {
    let over = std::iter::successors(Some(Quarter::of(settled).before()), |one| Some(one.before()));
    let mut open = Vec::new();
    for quarter in over.take(QUARTERS) {
        let units: Vec<(String,)> = ctx.db.all(UNJUDGED, args![quarter.code()]).await?;
        open.extend(units.into_iter().map(|(unit,)| (Id::new(unit), quarter)));
    }
    Ok(open)
}

struct Begin {
    day: CivilDate,
    now: Instant,
}

impl Command for Begin {
    type Out = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        Ok(tx.execute(BEGIN, args![self.day, self.now]).await? == 1)
    }
}

/// Keeps the blocks that these weeks make. Tells how many.
pub async fn close(ctx: &Ctx, counting: &Counting, cells: &Cells, bounds: Bounds) -> Result<usize> {
    let made = blocks(counting.measure, (counting.from, counting.to), cells, bounds.least);
    if made.is_empty() {
        return Ok(0);
    }
    let (unit, measure, count) = (counting.unit.clone(), counting.measure, made.len());
    ctx.db.write(Close { unit, measure, blocks: made }).await.map(|()| count)
}

struct Close {
    unit: Id<Unit>,
    measure: Measure,
    blocks: Vec<Block>,
}

impl Command for Close {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        // Another worker that was slow may have kept later weeks meanwhile: two blocks never cover one week.
        let Some(first) = self.blocks.first() else { return Ok(()) };
        let values = args![&self.unit, self.measure.code(), first.first];
        let (covered,): (i64,) = tx.one(COVERED, values).await?;
        if covered > 0 {
            return Ok(());
        }
        for block in &self.blocks {
            for (part, number) in &block.parts {
                let month = month_of(block.last);
                let values = args![
                    &self.unit,
                    block.last,
                    self.measure.code(),
                    part.code(),
                    block.first,
                    month,
                    *number
                ];
                tx.later(KEEP, values).await?;
            }
        }
        Ok(())
    }
}

/// Keeps what the compartment lets out of a quarter, or that it lets out nothing. What was judged stays so.
pub async fn judge(ctx: &Ctx, unit: &Id<Unit>, quarter: Quarter, percent: Option<i64>) -> Result<()> {
    ctx.db.write(Judge { unit: unit.clone(), quarter, percent }).await
}

struct Judge {
    unit: Id<Unit>,
    quarter: Quarter,
    percent: Option<i64>,
}

impl Command for Judge {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(JUDGE, args![&self.unit, self.quarter.code(), self.percent]).await
    }
}

pub const BEGIN: &str =
    "INSERT INTO insight_night (day, counted_at) VALUES ($1, $2) ON CONFLICT (day) DO NOTHING";
pub const TAILS: &str = "SELECT u.id, \
    (SELECT MAX(f.last_week) FROM insight_figure f WHERE f.unit_id = u.id AND f.measure = 'answers') AS answers, \
    (SELECT MAX(f.last_week) FROM insight_figure f WHERE f.unit_id = u.id AND f.measure = 'visits') AS visits \
    FROM unit u ORDER BY u.id";
pub const UNJUDGED: &str = "SELECT u.id FROM unit u WHERE NOT EXISTS (SELECT 1 FROM insight_share s \
    WHERE s.unit_id = u.id AND s.quarter = $1) ORDER BY u.id";
pub const COVERED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM insight_figure WHERE unit_id = $1 AND measure = $2 \
    AND last_week >= $3";
pub const KEEP: &str = "INSERT INTO insight_figure (unit_id, last_week, measure, part, first_week, month, number) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub const JUDGE: &str = "INSERT INTO insight_share (unit_id, quarter, percent) VALUES ($1, $2, $3) \
    ON CONFLICT (unit_id, quarter) DO NOTHING";
