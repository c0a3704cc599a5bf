//! The list, a page at a time, and how much waits, for the menu.

use std::sync::{Arc, LazyLock};

use domain::{
    access::Unit,
    kernel::{Id, Instant, Public},
    work::{Choice, Cursor, Holder, Kind},
};

use super::{Item, SOURCES, Why, source_of, whose};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::Value,
    notices,
};

/// Rows of a page.
const PAGE: usize = 25;

/// What is counted one by one; more is "many".
const MOST: i64 = 100;

/// How much waits for somebody of the staff: hers and nobody's.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    /// At most a hundred.
    pub count: i64,
    pub late: i64,
    /// Since when she is away.
    pub away: Option<Instant>,
    pub units: Vec<UnitChoice>,
    /// All of the compartment that is hers to see: read once, for menu and list.
    apart: Arc<Vec<notices::work::Item>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitChoice {
    id: Id<Unit>,
    pub slug: String,
    pub name: String,
}

/// A page of the list.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    pub items: Vec<Item>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

#[derive(sqlx::FromRow)]
struct CountRow {
    id: String,
    slug: String,
    name: String,
    count: i64,
    late: i64,
    away: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    source: String,
    kind: String,
    public_id: String,
    reference: String,
    whom: Option<String>,
    about: Option<String>,
    why: String,
    since: i64,
    due_at: i64,
    unit_name: String,
    held_by: Option<String>,
    holder: Option<String>,
}

/// Two reads at most, and none of the second for whoever has no part in the compartment. Names nobody.
pub async fn waiting(ctx: &Ctx, staff: &Staff) -> Result<Waiting> {
    if Kind::of(&staff.roles).next().is_none() {
        return Ok(Waiting::default());
    }
    let apart = notices::work::work(ctx, staff).await?;
    let now = ctx.now();
    let ours = Choice::default();
    let mut values = values(staff, &ours, &staff.units, (Cursor::start(), MOST), now);
    values.push(now.into());
    let rows: Vec<CountRow> = ctx.db.all(COUNTS.as_str(), values).await?;
    let first = rows.first();
    let hers: Vec<_> = apart.iter().filter(|item| ours.whose.holds(item.holder)).collect();
    let number = |n: usize| i64::try_from(n).unwrap_or(MOST);
    let late = number(hers.iter().filter(|item| item.due < now).count());
    Ok(Waiting {
        count: (first.map_or(0, |row| row.count) + number(hers.len())).min(MOST),
        late: (first.map_or(0, |row| row.late) + late).min(MOST),
        away: first.and_then(|row| row.away).map(Instant),
        units: rows.into_iter().map(UnitChoice::of).collect(),
        apart: Arc::new(apart),
    })
}

impl UnitChoice {
    fn of(row: CountRow) -> Self {
        Self { id: Id::new(row.id), slug: row.slug, name: row.name }
    }
}

/// One read after the trace of it. A unit that is not hers is as if none were chosen.
pub async fn list(
    ctx: &Ctx,
    staff: &Staff,
    waiting: &Waiting,
    choice: &Choice,
    after: Cursor,
) -> Result<Listed> {
    if Kind::of(&staff.roles).next().is_none() {
        return Ok(Listed::default());
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "work_list");
    audit::record(ctx, entry.because("handle_case")).await?;
    let one = waiting.units.iter().find(|unit| Some(&unit.slug) == choice.unit.as_ref());
    let units = one.map_or_else(|| staff.units.clone(), |unit| vec![unit.id.clone()]);
    let now = ctx.now();
    let most = i64::try_from(PAGE + 1).unwrap_or(MOST);
    let mut values = values(staff, choice, &units, (after.clone(), most), now);
    values[ALL_UNITS] = i64::from(one.is_none()).into();
    let rows: Vec<Row> = ctx.db.all(LIST.as_str(), values).await?;
    let mut items: Vec<Item> = rows.into_iter().map(|row| row.item(staff)).collect::<Result<_>>()?;
    if one.is_none() {
        let before = choice.due.before(now);
        let chosen = |item: &Item| {
            choice.whose.holds(item.holder)
                && choice.group.is_none_or(|group| group == item.kind.group())
                && item.due < before
                && item.cursor() > after
        };
        items.extend(waiting.apart.iter().map(apart).filter(chosen));
        items.sort_by_key(Item::cursor);
    }
    let more = items.len() > PAGE;
    items.truncate(PAGE);
    let next = items.last().filter(|_| more).map(Item::cursor);
    Ok(Listed { items, next })
}

/// Where $10 stands among the values.
const ALL_UNITS: usize = 9;

/// What every statement of a slice takes, in its order.
fn values(
    staff: &Staff,
    choice: &Choice,
    units: &[Id<Unit>],
    (after, most): (Cursor, i64),
    now: Instant,
) -> Vec<Value> {
    let units: Vec<&str> = units.iter().map(Id::as_str).collect();
    let kinds = Kind::of(&staff.roles).filter(|kind| choice.group.is_none_or(|group| group == kind.group()));
    let kinds: Vec<&str> = kinds.map(Kind::code).collect();
    args![
        format!(" {} ", units.join(" ")),
        format!(" {} ", kinds.join(" ")),
        &staff.staff,
        whose(choice),
        after.due,
        after.public,
        choice.due.before(now),
        now.date(),
        most,
        1_i64
    ]
}

impl Row {
    fn item(self, staff: &Staff) -> Result<Item> {
        let source = source_of(&self.source).ok_or(Error::Broken("source of work"))?;
        Ok(Item {
            kind: Kind::parse(&self.kind).ok_or(Error::Broken("kind of work"))?,
            source: source.code,
            public: Public::parse(&self.public_id).ok_or(Error::Broken("public id"))?,
            reference: Some(self.reference).filter(|reference| !reference.is_empty()),
            whom: self.whom,
            about: self.about,
            why: Why::Code(self.why),
            since: Instant(self.since),
            due: Instant(self.due_at),
            unit_name: Some(self.unit_name),
            holder: match self.held_by.as_deref() {
                None => Holder::Nobody,
                Some(id) if id == staff.staff.as_str() => Holder::Me,
                Some(_) => Holder::Other,
            },
            holder_name: self.holder,
        })
    }
}

/// A row of the compartment among the others: of no unit, and naming nobody.
fn apart(item: &notices::work::Item) -> Item {
    Item {
        kind: item.kind,
        source: "",
        public: Public::parse(item.public.as_str()).unwrap_or_else(|| Public::from_bits(0)),
        reference: None,
        whom: None,
        about: None,
        why: Why::Task(item.task, item.event),
        since: item.since,
        due: item.due,
        unit_name: None,
        holder: item.holder,
        holder_name: item.holder_name.clone(),
    }
}

/// The slices' statements in one, each of them limited: what is not shown is not read.
static LIST: LazyLock<String> = LazyLock::new(|| {
    let rows: Vec<String> =
        SOURCES.iter().map(|source| format!("SELECT * FROM ({}) {}", source.rows, source.code)).collect();
    format!("{} ORDER BY due_at, public_id LIMIT $9", rows.join(" UNION ALL "))
});

/// The same counted, once a unit of the reader's; $11 is now.
static COUNTS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "WITH w AS MATERIALIZED ({}) SELECT u.id, u.slug, u.name, CAST((SELECT COUNT(*) FROM w) AS BIGINT) AS count, \
         CAST((SELECT COUNT(*) FROM w WHERE w.due_at < $11) AS BIGINT) AS late, \
         (SELECT b.since FROM staff_absence b WHERE b.staff_id = $3) AS away FROM unit u \
         WHERE $1 LIKE '% ' || u.id || ' %' ORDER BY u.name, u.id",
        LIST.as_str()
    )
});

#[cfg(test)]
pub(super) fn statements() -> [&'static str; 2] {
    [LIST.as_str(), COUNTS.as_str()]
}
