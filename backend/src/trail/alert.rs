//! What is out of the ordinary, as the auditors of the unit it stands at read it, and for how long it is kept.

use domain::{
    kernel::{CivilDate, Instant, Public},
    trail::{AlertKind, Outcome, may_audit},
};

use super::{AlertMark, note_place, public, units};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    rules::Rules,
};

/// As an auditor reads it. Whose case it was does not stand here: she finds it in the trail.
#[derive(Clone, Debug)]
pub struct Alert {
    pub public: Public<AlertMark>,
    pub kind: AlertKind,
    pub who: String,
    pub unit_name: Option<String>,
    pub day: CivilDate,
    pub cases: i64,
    pub usual: i64,
    /// It is about whoever reads it.
    pub own: bool,
    pub settled: Option<Settled>,
}

#[derive(Clone, Debug)]
pub struct Settled {
    pub at: Instant,
    pub by: String,
    pub outcome: Outcome,
    pub note: String,
}

#[derive(sqlx::FromRow)]
struct AlertRow {
    id: String,
    public_id: String,
    kind: String,
    staff_id: String,
    who: String,
    unit_name: Option<String>,
    day: String,
    cases: i64,
    usual: i64,
    settled_at: Option<i64>,
    settled_by: Option<String>,
    outcome: Option<String>,
    note: Option<Vec<u8>>,
}

/// Those of her units, the open ones first. None: it is not her work.
pub async fn alerts(ctx: &Ctx, staff: &Staff) -> Result<Option<Vec<Alert>>> {
    if !may_audit(&staff.roles) {
        return Ok(None);
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "trail_alerts");
    audit::record(ctx, entry).await?;
    let rows: Vec<AlertRow> = ctx.db.all(ALERTS, args![units(staff)]).await?;
    rows.into_iter().map(|row| row.alert(ctx, staff)).collect::<Result<_>>().map(Some)
}

/// One of them; none if it is not hers to see.
pub async fn one(ctx: &Ctx, staff: &Staff, alert: &Public<AlertMark>) -> Result<Option<Alert>> {
    if !may_audit(&staff.roles) {
        return Ok(None);
    }
    let row: Option<AlertRow> = ctx.db.optional(ONE, args![units(staff), alert]).await?;
    row.map(|row| row.alert(ctx, staff)).transpose()
}

impl AlertRow {
    fn alert(self, ctx: &Ctx, staff: &Staff) -> Result<Alert> {
        let settled = match (self.settled_at, self.settled_by, self.outcome, self.note) {
            (Some(at), Some(by), Some(outcome), Some(note)) => {
                let plain = ctx.vault.open(&note_place(&self.id), &note)?;
                let outcome = Outcome::parse(&outcome).ok_or(Error::Broken("outcome of an alert"))?;
                let note = String::from_utf8_lossy(&plain).into_owned();
                Some(Settled { at: Instant(at), by, outcome, note })
            }
            _ => None,
        };
        Ok(Alert {
            public: public(&self.public_id)?,
            kind: AlertKind::parse(&self.kind).ok_or(Error::Broken("kind of alert"))?,
            own: self.staff_id == staff.staff.as_str(),
            who: self.who,
            unit_name: self.unit_name,
            day: CivilDate::parse_iso(&self.day).ok_or(Error::Broken("day of an alert"))?,
            cases: self.cases,
            usual: self.usual,
            settled,
        })
    }
}

/// What is settled for as long as the rule says is erased.
pub async fn sweep(ctx: &Ctx) -> Result<usize> {
    let days = Rules::on(&ctx.db, ctx.now().date()).await?.days("trail.keep_alert_days")?;
    ctx.db.write(Sweep(ctx.now().plus_days(-days))).await
}

struct Sweep(Instant);

impl Command for Sweep {
    type Out = usize;

    async fn run(&self, tx: &mut Tx) -> Result<usize> {
        let dropped = tx.execute(DROP, args![self.0]).await?;
        tx.later(DROP_DAYS, args![self.0.date()]).await?;
        tx.later(DROP_CHECKS, args![self.0]).await?;
        Ok(usize::try_from(dropped).unwrap_or(usize::MAX))
    }
}

macro_rules! alert {
    ($rest:literal) => {
        concat!(
            "SELECT t.id, t.public_id, t.kind, t.staff_id, m.name AS who, u.name AS unit_name, t.day, t.cases, t.usual, ",
            "t.settled_at, s.name AS settled_by, t.outcome, t.note FROM trail_alert t ",
            "JOIN staff_member m ON m.id = t.staff_id LEFT JOIN unit u ON u.id = t.unit_id ",
            "LEFT JOIN staff_member s ON s.id = t.settled_by ",
            "WHERE (t.unit_id IS NULL OR $1 LIKE '% ' || t.unit_id || ' %') ",
            $rest
        )
    };
}

pub const ALERTS: &str =
    alert!("ORDER BY CASE WHEN t.settled_at IS NULL THEN 0 ELSE 1 END, t.day DESC, t.id LIMIT 200");
pub const ONE: &str = alert!("AND t.public_id = $2");
pub const DROP: &str = "DELETE FROM trail_alert WHERE settled_at IS NOT NULL AND settled_at < $1";
pub const DROP_DAYS: &str = "DELETE FROM trail_day WHERE day < $1";
pub const DROP_CHECKS: &str = "DELETE FROM trail_check WHERE done_at IS NOT NULL AND asked_at < $1";
