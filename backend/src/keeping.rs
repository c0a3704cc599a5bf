//! What is kept no longer: each kind by its own rule (`rule`, with a day and a source), a page at a time, with a count in the
//! trail and no word of whose it was. Ground for every slice, each of which supplies its own kinds (`wiring::keeping` knows
//! them all). Promises that nothing of somebody for whom a matter is open is erased meanwhile (the view `keeping_open`), and
//! that a night is erased once, whatever number of workers there is.

use domain::kernel::{CivilDate, Instant};

use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    rules::Rules,
};

/// Most rows of a kind in one transaction.
pub const PAGE: i64 = 100;
/// Most pages of a kind in one night: the rest goes in the next.
const PAGES: usize = 200;

/// A kind of row, the rule of its days, what is old of it, and what is erased with it.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    pub table: &'static str,
    pub rule: &'static str,
    /// Ids, at most `$2` of them, of what was over before `$1`.
    pub old: Old,
    /// By the id, the rows that point at others first.
    pub erase: &'static [&'static str],
    /// Of the audit trail.
    pub stream: &'static str,
}

/// How old things are asked for: by an instant, or by a day as well (`$3`).
#[derive(Clone, Copy, Debug)]
pub enum Old {
    At(&'static str),
    AtAndOn(&'static str),
}

impl Kind {
    pub const fn new(
        table: &'static str,
        rule: &'static str,
        old: Old,
        erase: &'static [&'static str],
    ) -> Self {
        Self { table, rule, old, erase, stream: audit::GENERAL }
    }

    pub const fn in_stream(self, stream: &'static str) -> Self {
        Self { stream, ..self }
    }
}

/// Begins the night of this day; false if it has been begun.
pub async fn begin(ctx: &Ctx, day: CivilDate) -> Result<bool> {
    ctx.db.write(Night { sql: BEGIN, values: (day, ctx.now(), 0) }).await
}

/// What came of it.
pub async fn end(ctx: &Ctx, day: CivilDate, erased: i64) -> Result<()> {
    ctx.db.write(Night { sql: END, values: (day, ctx.now(), erased) }).await.map(|_| ())
}

struct Night {
    sql: &'static str,
    values: (CivilDate, Instant, i64),
}

impl Command for Night {
    type Out = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        let (day, now, erased) = self.values;
        Ok(tx.execute(self.sql, args![day, now, erased]).await? == 1)
    }
}

/// Erases what is old of a kind. Tells how much.
pub async fn erase(ctx: &Ctx, kind: &'static Kind) -> Result<i64> {
    let days = Rules::on(&ctx.db, ctx.now().date()).await?.days(kind.rule)?;
    let before = ctx.now().plus_days(-days);
    let mut erased = 0;
    for _ in 0..PAGES {
        let page = ctx.db.write(Page { ctx: ctx.clone(), kind, before }).await?;
        erased += page;
        if page < PAGE {
            break;
        }
    }
    Ok(erased)
}

struct Page {
    ctx: Ctx,
    kind: &'static Kind,
    before: Instant,
}

impl Command for Page {
    type Out = i64;

    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        let old: Vec<(String,)> = match self.kind.old {
            Old::At(sql) => tx.all(sql, args![self.before, PAGE]).await?,
            Old::AtAndOn(sql) => tx.all(sql, args![self.before, PAGE, self.before.date()]).await?,
        };
        for (id,) in &old {
            for sql in self.kind.erase {
                tx.later(sql, args![id]).await?;
            }
        }
        let count = i64::try_from(old.len()).unwrap_or(i64::MAX);
        if count > 0 {
            let entry = audit::Entry::new(&self.ctx, &Actor::System, "kept_no_longer");
            let entry = entry.in_stream(self.kind.stream).detail(format!("{} {count}", self.kind.table));
            entry.save(tx).await?;
        }
        Ok(count)
    }
}

pub const BEGIN: &str = "INSERT INTO keeping_night (day, begun_at, erased) VALUES ($1, $2, CAST($3 AS BIGINT)) \
    ON CONFLICT (day) DO NOTHING";
pub const END: &str = "UPDATE keeping_night SET ended_at = $2, erased = CAST($3 AS BIGINT) WHERE day = $1";
