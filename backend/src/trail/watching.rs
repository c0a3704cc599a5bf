//! What is out of the ordinary in a day's looks: far more cases than somebody usually opens, or a case of somebody with her own
//! family name. Found once a day, after the day has ended.

use std::collections::BTreeMap;

use domain::{
    access::{StaffMember, Unit},
    kernel::{CivilDate, Clock, Id, Instant, Public},
    trail::{AlertKind, Bounds, family, unusual},
};

use super::AlertMark;
use crate::{
    Result, args, audit,
    ctx::Ctx,
    db::{Command, Tx},
    identity::names::sort_key,
    rules::Rules,
};

/// A look of a day at an application.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Look {
    pub staff_id: String,
    pub staff_name: String,
    pub unit_id: Option<String>,
    pub subject_id: String,
}

/// The names that stand on a case: of whoever applied, and of the inmate.
#[derive(Clone, Debug)]
pub struct Named {
    pub subject: String,
    pub names: Vec<String>,
}

/// The last day that has ended and that nobody has watched yet.
pub async fn unwatched(ctx: &Ctx) -> Result<Option<CivilDate>> {
    let day = ctx.now().date().plus_days(-1);
    let known: Option<(String,)> = ctx.db.optional(WATCHED, args![day]).await?;
    Ok(known.is_none().then_some(day))
}

/// Who of the staff opened which applications on this day.
pub async fn looks_of(ctx: &Ctx, day: CivilDate) -> Result<Vec<Look>> {
    let (from, to) = bounds(day);
    ctx.db.all(LOOKS, args![audit::GENERAL, from, to]).await
}

fn bounds(day: CivilDate) -> (Instant, Instant) {
    (Instant::of_wall(day, Clock(0)), Instant::of_wall(day.plus_days(1), Clock(0)))
}

/// Writes what is out of the ordinary; the same day again writes nothing. Tells of how many.
pub async fn watched(ctx: &Ctx, day: CivilDate, looks: &[Look], named: &[Named]) -> Result<usize> {
    let mut found = own_names(looks, named);
    found.extend(volumes(ctx, day).await?);
    let alerts = found.into_iter().map(|new| (ctx.chance.id(ctx.now()), ctx.chance.public(), new));
    ctx.db.write(Watched { ctx: ctx.clone(), day, alerts: alerts.collect() }).await
}

/// What is to be written.
#[derive(Clone, Debug)]
struct New {
    kind: AlertKind,
    staff: String,
    unit: Option<String>,
    subject: String,
    cases: i64,
    usual: i64,
}

fn own_names(looks: &[Look], named: &[Named]) -> Vec<New> {
    let kin = |look: &&Look| {
        let own = sort_key(&look.staff_name);
        let names = named.iter().filter(|known| known.subject == look.subject_id);
        let mut names = names.flat_map(|known| known.names.iter());
        family(&own).is_some_and(|own| names.any(|name| family(&sort_key(name)) == Some(own)))
    };
    let alert = |look: &Look| New {
        kind: AlertKind::OwnName,
        staff: look.staff_id.clone(),
        unit: look.unit_id.clone(),
        subject: look.subject_id.clone(),
        cases: 1,
        usual: 0,
    };
    looks.iter().filter(kin).map(alert).collect()
}

async fn volumes(ctx: &Ctx, day: CivilDate) -> Result<Vec<New>> {
    let rules = Rules::on(&ctx.db, day).await?;
    let limits =
        Bounds { least: rules.days("trail.volume_least")?, times: rules.days("trail.volume_times")? };
    let (from, to) = bounds(day);
    let (start, _) = bounds(day.plus_days(-rules.days("trail.usual_days")?));
    let rows: Vec<(String, i64, i64, Option<String>)> =
        ctx.db.all(VOLUMES, args![audit::GENERAL, start, to, from]).await?;
    let mut own: BTreeMap<String, Days> = BTreeMap::new();
    for (staff, ago, cases, unit) in rows {
        own.entry(staff).or_default().add(ago, cases, unit);
    }
    Ok(own.into_iter().filter_map(|(staff, days)| days.alert(staff, limits)).collect())
}

/// What somebody opened: on the day itself by unit, and on each day before.
#[derive(Default)]
struct Days {
    today: Vec<(i64, Option<String>)>,
    before: BTreeMap<i64, i64>,
}

impl Days {
    fn add(&mut self, ago: i64, cases: i64, unit: Option<String>) {
        if ago == 0 {
            self.today.push((cases, unit));
        } else {
            *self.before.entry(ago).or_default() += cases;
        }
    }

    /// It stands at the unit where she opened most.
    fn alert(self, staff: String, limits: Bounds) -> Option<New> {
        let cases = self.today.iter().map(|(cases, _)| cases).sum();
        let before: Vec<i64> = self.before.into_values().collect();
        let usual = unusual(cases, &before, limits)?;
        let (_, unit) = self.today.into_iter().max_by_key(|(cases, _)| *cases)?;
        Some(New { kind: AlertKind::Volume, staff, unit, subject: String::new(), cases, usual })
    }
}

struct Watched {
    ctx: Ctx,
    day: CivilDate,
    alerts: Vec<(Id<AlertMark>, Public<AlertMark>, New)>,
}

impl Command for Watched {
    type Out = usize;

    async fn run(&self, tx: &mut Tx) -> Result<usize> {
        if tx.execute(WATCH, args![self.day, self.ctx.now()]).await? == 0 {
            return Ok(0);
        }
        let mut written = 0;
        for (id, public, new) in &self.alerts {
            let (staff, unit): (Id<StaffMember>, Option<Id<Unit>>) =
                (Id::new(new.staff.as_str()), new.unit.as_deref().map(Id::new));
            let values = args![
                id,
                public,
                new.kind.code(),
                &staff,
                unit.as_ref(),
                self.day,
                new.cases,
                new.usual,
                new.subject.as_str(),
                self.ctx.now()
            ];
            written += usize::try_from(tx.execute(ALERT, values).await?).unwrap_or(0);
        }
        Ok(written)
    }
}

pub const WATCHED: &str = "SELECT day FROM trail_day WHERE day = $1";
pub const WATCH: &str =
    "INSERT INTO trail_day (day, watched_at) VALUES ($1, $2) ON CONFLICT (day) DO NOTHING";
pub const LOOKS: &str = "SELECT DISTINCT a.actor_id AS staff_id, m.name AS staff_name, a.unit_id, a.subject_id FROM audit a \
    JOIN staff_member m ON m.id = a.actor_id WHERE a.stream = $1 AND a.at >= $2 AND a.at < $3 AND a.action = 'look' \
    AND a.actor_kind = 'staff' AND a.subject_kind IN ('application', 'inmate') AND a.subject_id IS NOT NULL ORDER BY 1, 4";
/// Days are counted back from the day itself, which is 0.
pub const VOLUMES: &str = "SELECT a.actor_id, CAST(CASE WHEN a.at >= $4 THEN 0 ELSE ($4 - 1 - a.at) / 86400000000 + 1 END \
    AS BIGINT) AS ago, CAST(COUNT(DISTINCT a.subject_id) AS BIGINT) AS cases, a.unit_id FROM audit a \
    WHERE a.stream = $1 AND a.at >= $2 AND a.at < $3 AND a.action = 'look' AND a.actor_kind = 'staff' \
    AND a.actor_id IS NOT NULL GROUP BY 1, 2, 4 ORDER BY 1, 2";
pub const ALERT: &str = "INSERT INTO trail_alert (id, public_id, kind, staff_id, unit_id, day, cases, usual, subject_id, \
    made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (kind, staff_id, day, subject_id) DO NOTHING";
