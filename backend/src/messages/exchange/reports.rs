//! What one of the two has told about the other: to the control desk of the unit, and to nobody else.

use domain::{
    kernel::{Id, Instant, Public},
    messages::{Refusal, may_control},
};

use super::{CONTROL, wish::report_place};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    messages::{Done, ExchangeRow, ReportRow, public, text, units},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub public: Public<ReportRow>,
    pub exchange: Public<ExchangeRow>,
    pub from_relative: bool,
    pub relative: String,
    pub inmate: String,
    pub words: String,
    pub made_at: Instant,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    public_id: String,
    exchange_public: String,
    from_relative: i64,
    person_id: String,
    relative: String,
    inmate: String,
    subject_key: Vec<u8>,
    body: Vec<u8>,
    made_at: i64,
}

/// What nobody has looked into yet, oldest first; one read after the trace of it.
pub async fn reports(ctx: &Ctx, staff: &Staff) -> Result<Vec<Report>> {
    if !may_control(&staff.roles) {
        return Ok(vec![]);
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "report_list");
    audit::record(ctx, entry.because(CONTROL)).await?;
    let rows: Vec<Row> = ctx.db.all(REPORTS, args![units(staff)]).await?;
    let report = |row: Row| {
        let key = ctx.vault.subject_from(&row.person_id, &row.subject_key)?;
        Ok(Report {
            public: public(&row.public_id)?,
            exchange: public(&row.exchange_public)?,
            from_relative: row.from_relative == 1,
            relative: row.relative,
            inmate: row.inmate,
            words: text(&key.open(&report_place(&row.id), &row.body)?),
            made_at: Instant(row.made_at),
        })
    };
    rows.into_iter().map(report).collect()
}

/// She has looked into it.
pub async fn settle(ctx: &Ctx, staff: &Staff, report: &Public<ReportRow>) -> Result<Done> {
    if !may_control(&staff.roles) {
        return Ok(Err(Refusal::Hidden));
    }
    ctx.db.write(Settle { ctx: ctx.clone(), staff: staff.clone(), report: report.clone() }).await
}

struct Settle {
    ctx: Ctx,
    staff: Staff,
    report: Public<ReportRow>,
}

impl Command for Settle {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let values = args![self.ctx.now(), &self.staff.staff, &self.report, units(&self.staff)];
        let settled: Option<(String,)> = tx.optional(SETTLE, values).await?;
        let Some((exchange,)) = settled else { return Ok(Err(Refusal::MovedOn)) };
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "report_settled");
        entry.about("exchange", &Id::<ExchangeRow>::new(exchange)).save(tx).await?;
        Ok(Ok(()))
    }
}

pub const REPORTS: &str = "SELECT r.id, r.public_id, e.public_id AS exchange_public, r.from_relative, e.person_id, \
    p.name AS relative, i.name AS inmate, k.sealed AS subject_key, r.body, r.made_at FROM exchange_report r \
    JOIN exchange e ON e.id = r.exchange_id JOIN person p ON p.id = e.person_id JOIN subject_key k ON k.subject_id = p.id \
    JOIN inmate i ON i.id = e.inmate_id WHERE r.settled_at IS NULL AND $1 LIKE '% ' || r.unit_id || ' %' \
    ORDER BY r.made_at, r.id LIMIT 100";
pub const SETTLE: &str = "UPDATE exchange_report SET settled_at = $1, settled_by = $2 WHERE public_id = $3 \
    AND settled_at IS NULL AND unit_id IN (SELECT id FROM unit WHERE $4 LIKE '% ' || id || ' %') RETURNING exchange_id";
