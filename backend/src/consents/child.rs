//! A child's other parent is asked, and where that stands is a fact of the child's clearance, in the same transaction.

use domain::{
    access::Unit,
    consents::{Fact, Kind, ParentForm, Refusal, Standing, may_ask, standing},
    kernel::{Id, Public},
};

use super::{
    CaseMark, Done, Elsewhere, FormKey,
    new::{NewAsked, NewCase},
    public,
    rows::{CASES_OF_SUBJECTS, CaseRecord, PEOPLE_OF_SUBJECTS, PersonRecord, by_person, words},
    units,
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    rules::Rules,
};

/// A child who is to come along, as its unit has it.
#[derive(Clone, Debug)]
pub struct Child {
    /// The clearance that learns of it: an id of this system.
    pub clearance: String,
    pub unit: Id<Unit>,
    pub name: String,
    /// Whom it comes along with.
    pub applicant: String,
}

/// Opens the child's case, or finds the one that is open.
pub async fn ask_parent<E: Elsewhere + Clone + 'static>(
    ctx: &Ctx,
    staff: &Staff,
    key: &str,
    child: &Child,
    form: &ParentForm,
    elsewhere: E,
) -> Result<Done<Public<CaseMark>>> {
    let (true, Some(key)) = (may_ask(&staff.roles) && staff.units.contains(&child.unit), FormKey::parse(key))
    else {
        return Ok(Err(Refusal::Hidden.into()));
    };
    let rules = Rules::on(&ctx.db, ctx.now().date()).await?;
    let (longest, synthetic) =
        (rules.days("consents.longest_days")?, ctx.settings.identity.synthetic_numbers);
    let (new, answer_by) = match form.parse(ctx.now().date(), longest, synthetic) {
        Ok(parsed) => parsed,
        Err(errors) => return Ok(Err(errors.into())),
    };
    let about = (Kind::Child, Some(child.clearance.clone()));
    let words = (child.applicant.as_str(), child.name.as_str());
    let case = NewCase::draw(ctx, (child.unit.clone(), key), about, words, answer_by, &rules)?;
    let person = NewAsked::draw(ctx, &new)?;
    let (ctx, staff, child) = (ctx.clone(), staff.clone(), child.clone());
    let ask = Ask { ctx, staff, child, case, person, elsewhere };
    Ok(Ok(ask.ctx.clone().db.write(ask).await?))
}

struct Ask<E> {
    ctx: Ctx,
    staff: Staff,
    child: Child,
    case: NewCase,
    person: NewAsked,
    elsewhere: E,
}

impl<E: Elsewhere + Clone + 'static> Command for Ask<E> {
    type Out = Public<CaseMark>;

    async fn run(&self, tx: &mut Tx) -> Result<Public<CaseMark>> {
        let open: Option<(String,)> = tx.optional(OPEN_OF, args![&self.child.clearance]).await?;
        if let Some((known,)) = open {
            return public(&known);
        }
        if let Some(known) = self.case.opened_before(tx, &self.staff).await? {
            return Ok(known);
        }
        let case = self.case.save(tx, &self.ctx, &self.staff).await?;
        self.person.save(tx, &self.ctx, &self.staff, (&self.case.id, &self.child.unit)).await?;
        self.elsewhere.other_parent(tx, &self.ctx, &self.child.clearance, Fact::Asked).await?;
        Ok(case)
    }
}

impl CaseRecord {
    /// A child's clearance learns where it stands; a home has nothing that does.
    pub(super) async fn tell<E: Elsewhere>(
        &self,
        tx: &mut Tx,
        ctx: &Ctx,
        elsewhere: &E,
        fact: Fact,
    ) -> Result<()> {
        match (self.kind()?, &self.subject_id) {
            (Kind::Child, Some(subject)) => elsewhere.other_parent(tx, ctx, subject, fact).await,
            _ => Ok(()),
        }
    }
}

/// Where a child's other parent stands, for the officer.
#[derive(Clone, Debug)]
pub struct Parent {
    pub clearance: String,
    pub case: Public<CaseMark>,
    pub standing: Standing,
    pub closed: bool,
}

/// Of these clearances of her units, the last case of each. Two reads.
pub async fn parents(ctx: &Ctx, staff: &Staff, clearances: &[String]) -> Result<Vec<Parent>> {
    if !may_ask(&staff.roles) || clearances.is_empty() {
        return Ok(vec![]);
    }
    let subjects = format!(" {} ", clearances.join(" "));
    let cases: Vec<CaseRecord> = ctx.db.all(CASES_OF_SUBJECTS, args![units(staff), &subjects]).await?;
    let people: Vec<PersonRecord> = ctx.db.all(PEOPLE_OF_SUBJECTS, args![units(staff), &subjects]).await?;
    let people = by_person(people);
    let mut found: Vec<Parent> = vec![];
    for case in cases {
        let Some(clearance) = case.subject_id.clone() else { continue };
        let own = people.iter().rfind(|rows| rows[0].case_id == case.id);
        let stands = own.map(|rows| Ok::<_, crate::Error>(standing(&words(rows)?, None))).transpose()?;
        found.retain(|known| known.clearance != clearance);
        found.push(Parent {
            case: public(&case.public_id)?,
            standing: stands.unwrap_or(Standing::Unanswered),
            closed: case.is_closed(),
            clearance,
        });
    }
    Ok(found)
}

/// Clearances with an open case, in the order of their ids, after this one.
pub async fn open_subjects(ctx: &Ctx, after: &str) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = ctx.db.all(OPEN_SUBJECTS, args![after]).await?;
    Ok(rows.into_iter().map(|(subject,)| subject).collect())
}

/// The clearance has ended: nobody can answer any more.
pub async fn end(ctx: &Ctx, clearances: Vec<String>) -> Result<()> {
    ctx.db.write(End { ctx: ctx.clone(), clearances }).await
}

struct End {
    ctx: Ctx,
    clearances: Vec<String>,
}

impl Command for End {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        for clearance in &self.clearances {
            let ended: Option<(String,)> =
                tx.optional(END, args![self.ctx.now(), clearance.as_str()]).await?;
            if let Some((case,)) = ended {
                let entry = audit::Entry::new(&self.ctx, &Actor::System, "home_closed");
                entry.about("home_case", &Id::<CaseMark>::new(case)).save(tx).await?;
            }
        }
        Ok(())
    }
}

pub const OPEN_OF: &str = "SELECT public_id FROM consent_case WHERE subject_id = $1 AND closed_at IS NULL";
pub const OPEN_SUBJECTS: &str = "SELECT subject_id FROM consent_case WHERE closed_at IS NULL AND subject_id > $1 \
    ORDER BY subject_id LIMIT 200";
pub const END: &str = "UPDATE consent_case SET closed_at = $1, version = version + 1 WHERE subject_id = $2 \
    AND closed_at IS NULL RETURNING id";
