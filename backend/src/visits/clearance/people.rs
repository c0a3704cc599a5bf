//! The people of an application, each with what is decided about them now.

use std::collections::HashMap;

use domain::kernel::{CivilDate, Id};

use super::{Application, ending::Until};
use crate::{
    Result, args,
    ctx::Ctx,
    decision::{DecisionRow, DecisionView},
};

#[derive(sqlx::FromRow)]
pub(super) struct PersonRow {
    pub id: String,
    pub public_id: String,
    pub name: String,
    pub birth_date: Option<String>,
    pub child: i64,
    pub unsettled: i64,
    /// It is decided anew.
    pub anew: i64,
    /// Until when a leave holds.
    pub valid_to: Option<String>,
    pub ended_at: Option<i64>,
}

impl PersonRow {
    pub fn until(&self) -> Option<Until> {
        let on = CivilDate::parse_iso(self.valid_to.as_deref()?)?;
        Some(Until { on, given_up: self.ended_at.is_some() })
    }
}

/// The people of an application, each with the newest decision.
pub(super) async fn people(
    ctx: &Ctx,
    id: &Id<Application>,
) -> Result<Vec<(PersonRow, Option<DecisionView>)>> {
    let people: Vec<PersonRow> = ctx.db.all(PEOPLE, args![id]).await?;
    let rows: Vec<DecisionRow> = ctx.db.all(DECISIONS, args![id]).await?;
    let mut decisions = HashMap::new();
    for row in rows {
        decisions.insert(row.subject_id.clone(), row.view()?);
    }
    Ok(people.into_iter().map(|p| (decisions.remove(&p.id), p)).map(|(d, p)| (p, d)).collect())
}

pub const PEOPLE: &str = "SELECT c.id, c.public_id, p.name, p.birth_date, c.child, CAST(CASE WHEN c.outcome = 'granted' \
    AND c.other_parent IN ('asked', 'missing') THEN 1 ELSE 0 END AS BIGINT) AS unsettled, \
    CAST(CASE WHEN c.reopened_at IS NOT NULL THEN 1 ELSE 0 END AS BIGINT) AS anew, \
    CASE WHEN c.outcome = 'granted' THEN c.valid_to END AS valid_to, c.ended_at FROM clearance c \
    JOIN person p ON p.id = c.person_id WHERE c.application_id = $1 ORDER BY c.child, p.sort_name, c.id";
pub const DECISIONS: &str = "SELECT d.public_id, d.subject_id, d.outcome, d.measures, d.reason, d.milder, d.text_locale, \
    d.legal_basis, d.level, d.valid_to, d.appeal_days, d.made_at, d.available_at, d.notice_sent_at, \
    d.opened_at FROM decision d \
    JOIN clearance c ON c.id = d.subject_id WHERE d.subject_kind = 'clearance' AND c.application_id = $1 AND d.superseded_at IS NULL \
    ORDER BY d.made_at, d.id";
