//! Deciding a case, or the people of it who wait, for the first time or anew; and what follows from it.

use domain::{
    kernel::{Id, Instant, Locale, Public},
    visits::{
        booking::{By, StaffReason},
        clearance::{Decided, Refusal, State},
    },
};

use super::{
    identity::is_identified,
    mine::letter,
    officer::Officer,
    parent::is_unsettled,
    pending::{DecisionIds, pending},
    rechecking,
    rows::Row,
};
use crate::{
    Result, args,
    ctx::Actor,
    db::Tx,
    decision::{self, NewDecision},
    rules::Rules,
    visits::booking::{cancel_rest, recheck},
};

impl Officer {
    pub(super) async fn decide(
        &self,
        tx: &mut Tx,
        row: &Row,
        state: State,
        ids: &DecisionIds,
        decided: &Decided,
        text_locale: Locale,
    ) -> Result<Result<(), Refusal>> {
        let now = self.ctx.now();
        let Ok(whole) = state.clone().decide(decided.clone()) else { return Ok(Err(Refusal::MovedOn)) };
        if let Some(refusal) = self.hindered(tx, row, decided).await? {
            return Ok(Err(refusal));
        }
        // A refusal commits too: everything is asked before anything is written.
        let Some(people) = pending(tx, row, ids).await? else { return Ok(Err(Refusal::MovedOn)) };
        let ids: Vec<&str> = people.iter().map(|(clearance, ..)| clearance.as_str()).collect();
        if matches!(decided, Decided::Granted { .. }) && is_unsettled(tx, &ids).await? {
            return Ok(Err(Refusal::OtherParent));
        }
        let (waiting,): (i64,) = tx.one(WAITING, args![&row.id]).await?;
        let decided_now = people.len() as i64;
        let next = if waiting == decided_now { whole } else { state };
        if people.is_empty() || !row.save(tx, &next, now).await? {
            return Ok(Err(Refusal::Stale));
        }
        let rules = Rules::within(tx, now.date()).await?;
        for (clearance, id, public) in people {
            let new = self.decision(row, &clearance, (id, public), decided, text_locale, &rules)?;
            decision::supersede(tx, "clearance", &clearance, now).await?;
            new.save(tx).await?;
            let values =
                args![new.outcome, &new.measures, now.date(), new.valid_to, &row.unit_id, &clearance];
            tx.later(DECIDE, values).await?;
        }
        self.follows(tx, row, waiting == decided_now).await?;
        letter(row, "decided").save(&self.ctx, tx).await?;
        self.trace(tx, row, "decided").await?;
        Ok(Ok(()))
    }

    /// Why this officer decides nothing here, or not this, for whomever. Two pairs of eyes: whoever took it down for the
    /// applicant does not decide it.
    async fn hindered(&self, tx: &mut Tx, row: &Row, decided: &Decided) -> Result<Option<Refusal>> {
        if tx.optional::<(String,)>(REGISTERED, args![&row.id, &self.staff.staff]).await?.is_some() {
            return Ok(Some(Refusal::Registered));
        }
        let granted = matches!(decided, Decided::Granted { .. });
        Ok((granted && !is_identified(tx, row).await?).then_some(Refusal::Unidentified))
    }

    /// What the unit had to look at is looked at; and whoever has no leave left does not come.
    async fn follows(&self, tx: &mut Tx, row: &Row, whole: bool) -> Result<()> {
        if whole {
            tx.later(CLOSE_ANEW, args![self.ctx.now(), &row.id]).await?;
            rechecking::note(tx, row, self.ctx.now().date()).await?;
        }
        let Some(inmate) = row.inmate() else { return Ok(()) };
        recheck(tx, &inmate, self.ctx.now().date()).await?;
        let person = Id::new(row.person_id.as_str());
        let left: Option<(String,)> =
            tx.optional(LEFT, args![&person, &inmate, self.ctx.now().date()]).await?;
        if left.is_some() {
            return Ok(());
        }
        let actor = Actor::Staff(self.staff.clone());
        cancel_rest(&self.ctx, tx, &actor, By::Unit(StaffReason::Clearance), (&person, &inmate)).await
    }

    fn decision(
        &self,
        row: &Row,
        clearance: &str,
        (id, public): (&Id<NewDecision>, &Public<NewDecision>),
        decided: &Decided,
        text_locale: Locale,
        rules: &Rules,
    ) -> Result<NewDecision> {
        let made_at: Instant = self.ctx.now();
        let (outcome, measures, reason, milder, valid_to) = match decided {
            Decided::Granted { measures, reason, valid_to } => {
                ("granted", decision::stored(measures), reason.clone(), None, Some(*valid_to))
            }
            Decided::Refused { milder_considered, reason } => {
                ("refused", String::new(), Some(reason.clone()), Some(milder_considered.clone()), None)
            }
        };
        Ok(NewDecision {
            id: id.clone(),
            public: public.clone(),
            subject_kind: "clearance",
            subject_id: clearance.to_owned(),
            unit: row.unit(),
            person: Some(Id::new(row.person_id.as_str())),
            on_appeal: None,
            legal_basis: rules.text("clearance.legal_basis")?.to_owned(),
            rule_version: rules.version("clearance.legal_basis")?,
            appeal_days: rules.days("appeal.days")?,
            made_by: self.staff.staff.clone(),
            outcome,
            measures,
            reason,
            milder,
            valid_to,
            text_locale,
            made_at,
        })
    }
}

pub const REGISTERED: &str = "SELECT x.id FROM assist_act x JOIN assist_contact t ON t.id = x.contact_id \
    WHERE x.subject_kind = 'application' AND x.subject_id = $1 AND t.staff_id = $2 LIMIT 1";
pub const DECIDE: &str = "UPDATE clearance SET outcome = $1, measures = $2, valid_from = $3, valid_to = $4, \
    reopened_at = NULL, unit_id = $5 WHERE id = $6";
pub const CLOSE_ANEW: &str = "UPDATE application SET reconsidered = NULL, carried_seen_at = CASE WHEN carried_at IS NOT NULL \
    THEN COALESCE(carried_seen_at, $1) END WHERE id = $2";
pub const LEFT: &str = "SELECT id FROM clearance WHERE person_id = $1 AND inmate_id = $2 AND outcome = 'granted' \
    AND valid_to >= $3 LIMIT 1";
pub const WAITING: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM clearance WHERE application_id = $1 \
    AND (outcome = 'pending' OR reopened_at IS NOT NULL)";
