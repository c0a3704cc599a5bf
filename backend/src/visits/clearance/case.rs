//! One case on one page, with all that is known. The look is written first; without it nothing is read.

use domain::{
    kernel::{CivilDate, Id, Instant, Public, Reference},
    visits::clearance::{Ground, Needs, PoliceOutcome, Relation, may_read},
};

use super::{
    Application, ClearanceRow, Identity, Inmate, LookReason, Stage, look,
    people::{PersonRow, people},
    rows, sealed,
};
use crate::{
    Error, Result,
    appeals::{self, Ruling},
    args,
    ctx::{Ctx, Staff},
    decision::DecisionView,
    identity::contacts,
    rules::Rules,
    visits::units,
};

#[derive(Clone, Debug)]
pub struct Case {
    pub public: Public<Application>,
    pub reference: Reference,
    pub version: i64,
    pub stage: Stage,
    /// The inmate said no; to the applicant it still looks received.
    pub declined: bool,
    pub submitted_at: Instant,
    pub due: CivilDate,
    /// What a decision of today would name, and the days to appeal it.
    pub legal_basis: String,
    pub appeal_days: i64,
    pub identity: Identity,
    /// She has confirmed an address, so letters reach her.
    pub reachable: bool,
    pub unit_name: String,
    pub unit_level: String,
    pub relation: Relation,
    pub typed_inmate: String,
    pub typed_birth: Option<CivilDate>,
    pub inmate: Option<CaseInmate>,
    pub restrictions: Vec<CaseRestriction>,
    /// The applicant first, then the children.
    pub people: Vec<CasePerson>,
    pub needs: Needs,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub answered_on: Option<CivilDate>,
    pub police: Option<(PoliceOutcome, CivilDate)>,
    /// Newest first.
    pub history: Vec<Event>,
    pub earlier: Vec<Earlier>,
    /// Why some of them are decided anew: what was decided on an appeal.
    pub ruling: Option<Ruling>,
    /// Why they are, if nobody appealed.
    pub reconsidered: Option<Ground>,
    /// By when it is to be looked at again, once that is near.
    pub recheck_by: Option<CivilDate>,
    /// It came with the inmate, and nobody of the unit has looked at it.
    pub carried: Option<CarriedCase>,
}

/// From which unit, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedCase {
    pub from: String,
    pub at: Instant,
    /// The unit of before was milder: until somebody has looked at it, nobody comes.
    pub waits: bool,
}

#[derive(Clone, Debug)]
pub struct CaseInmate {
    pub name: String,
    pub birth_date: CivilDate,
    /// His own page, while he is where the case is.
    pub page: Option<Public<Inmate>>,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CaseRestriction {
    /// `visit_ban`, `visit_control`, `letter_ban`, `letter_control` or `isolation`.
    pub kind: String,
    pub court_order: String,
    pub valid_from: String,
    pub valid_to: String,
}

#[derive(Clone, Debug)]
pub struct CasePerson {
    pub clearance: Public<ClearanceRow>,
    pub name: String,
    pub child: bool,
    pub birth_date: Option<CivilDate>,
    pub decision: Option<DecisionView>,
    /// Something is to be decided, for the first time or anew.
    pub pending: bool,
    /// What was decided can be decided anew.
    pub stands: bool,
}

/// Something that happened: a code of the audit trail, and who of the staff did it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Event {
    pub at: i64,
    pub action: String,
    pub who: Option<String>,
    pub reason: Option<String>,
}

/// Another application of the same applicant to the officer's units; those to others are others' business.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Earlier {
    pub inmate: String,
    pub unit_name: String,
    pub state: String,
    pub submitted_at: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    public_id: String,
    reference: String,
    version: i64,
    state: String,
    submitted_at: i64,
    person_id: String,
    inmate_id: Option<String>,
    inmate_name: Option<String>,
    inmate_birth: Option<String>,
    inmate_page: Option<String>,
    unit_name: String,
    unit_level: String,
    relation: String,
    typed_name: String,
    typed_birth: Option<String>,
    needs: Vec<u8>,
    subject_key: Vec<u8>,
    answered_on: Option<String>,
    police_outcome: Option<String>,
    police_on: Option<String>,
    numbered: i64,
    identity_checked_at: Option<i64>,
    reconsidered: Option<String>,
    recheck_on: Option<String>,
    carried_at: Option<i64>,
    carried_from: Option<String>,
    carried_waits: i64,
}

/// A case of the officer's units; any other is not found, and its look is not written. So it is to staff whose
/// duty it is not.
pub async fn case(
    ctx: &Ctx,
    staff: &Staff,
    public: &Public<Application>,
    reason: LookReason,
) -> Result<Option<Case>> {
    if !may_read(&staff.roles) {
        return Ok(None);
    }
    let known: Option<(String, String)> = ctx.db.optional(KNOWN, args![units(staff), public]).await?;
    let Some((id, unit)) = known else { return Ok(None) };
    let id = Id::new(id);
    look::write(ctx, staff, &id, &Id::new(unit), reason).await?;
    let row: Row = ctx.db.one(CASE, args![&id]).await?;
    row.case(ctx, staff, &id).await.map(Some)
}

impl Row {
    async fn case(self, ctx: &Ctx, staff: &Staff, id: &Id<Application>) -> Result<Case> {
        let rules = Rules::on(&ctx.db, ctx.now().date()).await?;
        let contacts = contacts::load(ctx, &Id::new(self.person_id.as_str())).await?;
        let rows = people(ctx, id).await?;
        let ruling = ruling(ctx, &rows).await?;
        let people = rows.into_iter().map(|row| person(row, ctx.now().date())).collect::<Result<_>>()?;
        let (restrictions, history, earlier) = self.around(ctx, staff, id).await?;
        Ok(Case {
            public: rows::public(&self.public_id)?,
            reference: rows::reference(&self.reference)?,
            stage: Stage::of(&self.state)?,
            declined: self.state == "declined",
            submitted_at: Instant(self.submitted_at),
            due: Instant(self.submitted_at).date().plus_days(rules.days("clearance.usual_days")?),
            legal_basis: rules.text("clearance.legal_basis")?.to_owned(),
            appeal_days: rules.days("appeal.days")?,
            identity: Identity::of(self.numbered == 1, self.identity_checked_at),
            reachable: contacts.confirmed_email().is_some(),
            relation: Relation::parse(&self.relation).ok_or(Error::Broken("relation"))?,
            typed_birth: date(&self.typed_birth),
            inmate: self.inmate(),
            reconsidered: self.reconsidered.as_deref().and_then(Ground::parse),
            recheck_by: self.recheck(&rules, ctx.now().date())?,
            carried: self.carried(),
            needs: sealed::open_needs(ctx, &self.person_id, &self.subject_key, id, &self.needs)?,
            email: contacts.email.map(|e| e.address.as_str().to_owned()),
            phone: contacts.phone.map(|p| p.as_str().to_owned()),
            answered_on: date(&self.answered_on),
            police: self.police_outcome.as_deref().and_then(PoliceOutcome::parse).zip(date(&self.police_on)),
            version: self.version,
            unit_name: self.unit_name,
            unit_level: self.unit_level,
            typed_inmate: self.typed_name,
            restrictions,
            people,
            history,
            earlier,
            ruling,
        })
    }

    /// What stands round it: orders about the inmate, what has happened, what else she has asked for.
    async fn around(
        &self,
        ctx: &Ctx,
        staff: &Staff,
        id: &Id<Application>,
    ) -> Result<(Vec<CaseRestriction>, Vec<Event>, Vec<Earlier>)> {
        let restrictions = ctx.db.all(RESTRICTIONS, args![self.inmate_id.as_ref()]).await?;
        let history = ctx.db.all(HISTORY, args![id]).await?;
        let earlier = ctx.db.all(EARLIER, args![&self.person_id, id, units(staff)]).await?;
        Ok((restrictions, history, earlier))
    }

    fn recheck(&self, rules: &Rules, today: CivilDate) -> Result<Option<CivilDate>> {
        let notice = rules.days("clearance.recheck_notice_days")?;
        let from = date(&self.recheck_on).filter(|from| *from <= today);
        let from = from.filter(|_| self.state == "decided" && self.unit_level == "special_high");
        Ok(from.map(|from| from.plus_days(notice)))
    }

    fn carried(&self) -> Option<CarriedCase> {
        let (from, at) = (self.carried_from.clone()?, Instant(self.carried_at?));
        Some(CarriedCase { from, at, waits: self.carried_waits == 1 })
    }

    fn inmate(&self) -> Option<CaseInmate> {
        let page = self.inmate_page.as_deref().and_then(Public::parse);
        Some(CaseInmate { name: self.inmate_name.clone()?, birth_date: date(&self.inmate_birth)?, page })
    }
}

/// On the first of those who have no decision now.
async fn ruling(ctx: &Ctx, people: &[(PersonRow, Option<DecisionView>)]) -> Result<Option<Ruling>> {
    for (person, _) in people.iter().filter(|(_, decision)| decision.is_none()) {
        let found = appeals::ruling_on(ctx, "clearance", &person.id).await?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

fn person((row, decision): (PersonRow, Option<DecisionView>), today: CivilDate) -> Result<CasePerson> {
    let until = date(&row.valid_to);
    let runs = until.is_none_or(|until| until >= today);
    Ok(CasePerson {
        pending: row.anew == 1 || decision.is_none(),
        stands: row.anew == 0 && decision.is_some() && runs,
        clearance: rows::public(&row.public_id)?,
        name: row.name,
        child: row.child == 1,
        birth_date: date(&row.birth_date),
        decision,
    })
}

fn date(text: &Option<String>) -> Option<CivilDate> {
    text.as_deref().and_then(CivilDate::parse_iso)
}

pub const KNOWN: &str = "SELECT id, unit_id FROM application WHERE unit_id IN (SELECT id FROM unit \
    WHERE $1 LIKE '% ' || id || ' %') AND public_id = $2";
pub const CASE: &str = "SELECT a.public_id, a.reference, a.version, a.state, a.submitted_at, a.person_id, \
    a.inmate_id, i.name AS inmate_name, i.birth_date AS inmate_birth, CASE WHEN EXISTS (SELECT 1 FROM placement s \
    WHERE s.inmate_id = a.inmate_id AND s.ended_at IS NULL AND s.unit_id = a.unit_id) THEN i.public_id END AS inmate_page, \
    u.name AS unit_name, u.level AS unit_level, a.relation, a.typed_name, a.typed_birth, a.needs, k.sealed AS subject_key, a.answered_on, a.police_outcome, \
    a.police_on, CAST(CASE WHEN EXISTS (SELECT 1 FROM person_number n WHERE n.person_id = a.person_id AND n.typed_at IS NULL) THEN 1 ELSE 0 END \
    AS BIGINT) AS numbered, p.identity_checked_at, a.reconsidered, a.recheck_on, CASE WHEN a.carried_seen_at IS NULL AND a.state = 'decided' THEN a.carried_at END \
    AS carried_at, f.name AS carried_from, CAST(CASE WHEN EXISTS (SELECT 1 FROM clearance w WHERE w.application_id = a.id \
    AND w.outcome = 'granted' AND w.unit_id <> a.unit_id) THEN 1 ELSE 0 END AS BIGINT) AS carried_waits FROM application a JOIN person p ON p.id = a.person_id JOIN unit u ON u.id = a.unit_id JOIN subject_key k ON k.subject_id = a.person_id \
    LEFT JOIN inmate i ON i.id = a.inmate_id LEFT JOIN unit f ON f.id = a.carried_from WHERE a.id = $1";
pub const RESTRICTIONS: &str = "SELECT kind, court_order, valid_from, valid_to FROM restriction WHERE inmate_id = $1 \
    ORDER BY valid_from DESC, id LIMIT 20";
pub const HISTORY: &str = "SELECT a.at, a.action, m.name AS who, a.reason FROM audit a \
    LEFT JOIN staff_member m ON m.id = a.actor_id AND a.actor_kind = 'staff' \
    WHERE a.subject_kind = 'application' AND a.subject_id = $1 ORDER BY a.at DESC, a.id DESC LIMIT 50";
pub const EARLIER: &str = "SELECT COALESCE(i.name, a.typed_name) AS inmate, u.name AS unit_name, a.state, \
    a.submitted_at FROM application a JOIN unit u ON u.id = a.unit_id LEFT JOIN inmate i ON i.id = a.inmate_id \
    WHERE a.person_id = $1 AND a.id <> $2 AND $3 LIKE '% ' || a.unit_id || ' %' ORDER BY a.submitted_at DESC LIMIT 10";
