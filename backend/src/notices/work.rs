//! What the compartment puts on the list of work (`crate::work`): to the assigned officer her questions and tasks, to the
//! officers of a unit what nobody there has, to the duty desk what has come to it, to the auditor which case was opened by
//! somebody who does not have it. One read of its own; it names nobody, and who has something changes on its own pages alone.

use domain::{
    custody,
    kernel::{Instant, Public},
    trail,
    work::{Holder, Kind},
};

use super::{TaskKind, duty, reading};
use crate::{
    Error, Result, args,
    ctx::{Ctx, Staff},
};

/// Something to be done, as far as a list tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub kind: Kind,
    pub public: Public<Item>,
    pub due: Instant,
    pub since: Instant,
    /// Of a task.
    pub task: Option<TaskKind>,
    /// What happens, and when.
    pub event: Option<(custody::Kind, Instant)>,
    pub holder: Holder,
    pub holder_name: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    public_id: String,
    due_at: i64,
    since: i64,
    task: Option<String>,
    event: Option<String>,
    event_at: Option<i64>,
    held_by: Option<String>,
    holder: Option<String>,
}

/// The first hundred by their clock. Nothing, and no read, for whoever has no part in it.
pub async fn work(ctx: &Ctx, staff: &Staff) -> Result<Vec<Item>> {
    let (victims, duty) = (reading::works_with_victims(&staff.roles), duty::may(&staff.roles));
    let audits = trail::may_audit(&staff.roles);
    if !victims && !duty && !audits {
        return Ok(vec![]);
    }
    let (units, who) = (super::desk::units(staff), staff.staff.as_str());
    let values = args![units, who, i64::from(victims), i64::from(duty), ctx.now().date(), i64::from(audits)];
    let rows: Vec<Row> = ctx.db.all(WORK, values).await?;
    rows.into_iter().map(|row| row.item(who)).collect()
}

impl Row {
    fn item(self, who: &str) -> Result<Item> {
        let event = self.event.as_deref().and_then(custody::Kind::parse);
        Ok(Item {
            kind: Kind::parse(&self.kind).ok_or(Error::Broken("kind of work"))?,
            public: Public::parse(&self.public_id).ok_or(Error::Broken("public id"))?,
            due: Instant(self.due_at),
            since: Instant(self.since),
            task: self.task.as_deref().and_then(TaskKind::parse),
            event: event.zip(self.event_at.map(Instant)),
            holder: match self.held_by.as_deref() {
                None => Holder::Nobody,
                Some(id) if id == who => Holder::Me,
                Some(_) => Holder::Other,
            },
            holder_name: self.holder,
        })
    }
}

/// $3: she works with victims; $4: she is on the duty desk; $6: she is an auditor, and what she opened herself another sees. A question that has climbed is the duty desk's too, and stands
/// there as a task.
pub const WORK: &str = "SELECT w.kind, w.public_id, w.due_at, w.since, w.task, w.event, w.event_at, w.held_by, \
    s.name AS holder FROM (SELECT 'notice_request' AS kind, r.public_id, r.made_at + (SELECT 86400000000 * \
    CAST(v.value AS BIGINT) FROM rule v WHERE v.key = 'notices.request_days' AND v.valid_from <= $5 \
    ORDER BY v.valid_from DESC LIMIT 1) AS due_at, r.made_at AS since, CAST(NULL AS TEXT) AS task, \
    CAST(NULL AS TEXT) AS event, CAST(NULL AS BIGINT) AS event_at, CAST(NULL AS TEXT) AS held_by \
    FROM notice_request r WHERE r.state = 'open' AND CAST($3 AS BIGINT) = 1 UNION ALL \
    SELECT 'notice_question', m.public_id, COALESCE(m.climbs_at, m.opened_at), m.opened_at, NULL, m.kind, m.at, \
    c.officer_id FROM notice_matter m JOIN notice_party p ON p.id = m.party_id JOIN notice_case c ON c.id = p.case_id \
    WHERE m.assessment = 'open' AND CAST($3 AS BIGINT) = 1 \
    AND (c.officer_id = $2 OR (c.officer_id IS NULL AND $1 LIKE '% ' || c.unit_id || ' %')) UNION ALL \
    SELECT 'notice_task', t.public_id, t.deadline, t.since, t.kind, NULL, NULL, \
    (SELECT MIN(b.officer_id) FROM notice_party q JOIN notice_case b ON b.id = q.case_id \
    WHERE q.recipient_id = t.recipient_id AND b.officer_id = $2) FROM notice_task t \
    WHERE t.desk = 'officer' AND t.duty <> 'done' AND t.kind <> 'assess' AND CAST($3 AS BIGINT) = 1 \
    AND EXISTS (SELECT 1 FROM notice_party p JOIN notice_case c ON c.id = p.case_id \
    WHERE p.recipient_id = t.recipient_id \
    AND (c.officer_id = $2 OR (c.officer_id IS NULL AND $1 LIKE '% ' || c.unit_id || ' %'))) UNION ALL \
    SELECT 'notice_duty', t.public_id, t.deadline, t.since, t.kind, m.kind, m.at, t.by_id FROM notice_task t \
    LEFT JOIN notice_obligation o ON t.kind = 'call' AND o.id = t.about \
    LEFT JOIN notice_matter m ON m.id = COALESCE(o.matter_id, CASE WHEN t.kind = 'assess' THEN t.about END) \
    WHERE t.desk = 'duty' AND t.duty <> 'done' AND CAST($4 AS BIGINT) = 1 UNION ALL \
    SELECT 'notice_break_in', b.public_id, b.at + (SELECT 86400000000 * CAST(v.value AS BIGINT) FROM rule v \
    WHERE v.key = 'trail.settle_days' AND v.valid_from <= $5 ORDER BY v.valid_from DESC LIMIT 1), b.at, NULL, NULL, NULL, \
    NULL FROM notice_break_in b WHERE b.seen_at IS NULL AND b.by_id <> $2 AND CAST($6 AS BIGINT) = 1 \
    AND $1 LIKE '% ' || b.unit_id || ' %') w \
    LEFT JOIN staff_member s ON s.id = w.held_by ORDER BY w.due_at, w.public_id LIMIT 100";
