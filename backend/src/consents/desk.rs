//! The unit's cases: who is asked, what they have answered, what is still to be done, and the one sentence that whoever applied
//! may be told today. Every opening is a look, written before anything is read.

use domain::{
    consents::{Dwelling, Kind, Standing, Told, Word, may_ask, standing, told},
    kernel::{CivilDate, Instant, Public, Reference},
};

use super::{
    CaseMark, PersonMark, about_place, applicant_place, email_place, name_place,
    open::of_staff,
    opened_text, public, reference,
    rows::{CASES, CaseRecord, PEOPLE, PEOPLE_OF_CASES, PersonRecord, by_person, words},
    units, without_place,
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
};

/// Why staff look, in the trail.
const WORK: &str = "handle_case";

/// How long a closed case stays on the list, in days.
const SHOWN: i64 = 30;

/// A line of the list. Names nobody at case.
#[derive(Clone, Debug)]
pub struct CaseRow {
    pub public: Public<CaseMark>,
    pub reference: Reference,
    pub kind: Kind,
    pub applicant: String,
    pub unit_name: String,
    pub answer_by: CivilDate,
    pub asked: usize,
    pub yes: usize,
    pub no: usize,
    pub talk: usize,
    /// A yes was taken back.
    pub withdrawn: usize,
    pub closed: bool,
}

/// One at home as the officer sees her.
#[derive(Clone, Debug)]
pub struct AskedPerson {
    pub public: Public<PersonMark>,
    pub name: String,
    /// Where the invitation went; none: it goes on paper.
    pub email: Option<String>,
    pub standing: Standing,
    pub unsafe_home: bool,
    pub talked_at: Option<Instant>,
}

/// A case as the officer reads it.
#[derive(Clone, Debug)]
pub struct DeskCase {
    pub public: Public<CaseMark>,
    pub reference: Reference,
    pub kind: Kind,
    pub applicant: String,
    /// The address of the case, or the child's name.
    pub about: String,
    /// Why it was decided without the other parent.
    pub without: Option<String>,
    pub unit_name: String,
    pub unit_phone: String,
    pub answer_by: CivilDate,
    pub opened_at: Instant,
    pub closed_at: Option<Instant>,
    pub dwelling: Dwelling,
    /// `none`, `to_hear` or `heard`.
    pub children: String,
    pub people: Vec<AskedPerson>,
    /// What may be told today, and the next day on which it may change.
    pub told: Told,
    pub next: CivilDate,
    pub version: i64,
}

/// Two reads after the trace of them.
pub async fn list(ctx: &Ctx, staff: &Staff) -> Result<Vec<CaseRow>> {
    if !may_ask(&staff.roles) {
        return Ok(vec![]);
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "home_list");
    audit::record(ctx, entry.because(WORK)).await?;
    let since = ctx.now().plus_days(-SHOWN);
    let cases: Vec<CaseRecord> = ctx.db.all(CASES, args![units(staff), since]).await?;
    let people: Vec<PersonRecord> = ctx.db.all(PEOPLE_OF_CASES, args![units(staff), since]).await?;
    let people = by_person(people);
    cases.into_iter().map(|case| row(ctx, case, &people)).collect()
}

fn row(ctx: &Ctx, case: CaseRecord, people: &[Vec<PersonRecord>]) -> Result<CaseRow> {
    let own = people.iter().filter(|rows| rows[0].case_id == case.id);
    let stands: Vec<Standing> = own.map(|rows| Ok(standing(&words(rows)?, None))).collect::<Result<_>>()?;
    let count = |code: &str| stands.iter().filter(|one| one.code() == code).count();
    Ok(CaseRow {
        public: public(&case.public_id)?,
        reference: reference(&case.reference)?,
        kind: case.kind()?,
        applicant: opened_text(ctx, &applicant_place(&case.id), &case.name)?,
        answer_by: case.answer_by()?,
        closed: case.is_closed(),
        unit_name: case.unit_name,
        asked: stands.len(),
        yes: count("yes"),
        no: count("no"),
        talk: count("talk"),
        withdrawn: count("withdrawn"),
    })
}

/// One of her units'; any other is not found, and its look is not written.
pub async fn opened(ctx: &Ctx, staff: &Staff, case: &Public<CaseMark>) -> Result<Option<DeskCase>> {
    if !may_ask(&staff.roles) {
        return Ok(None);
    }
    let look = Look { ctx: ctx.clone(), staff: staff.clone(), case: case.clone() };
    let Some((case, rows)) = ctx.db.write(look).await? else { return Ok(None) };
    let people = by_person(rows);
    let said: Vec<Vec<Word>> = people.iter().map(|rows| words(rows)).collect::<Result<_>>()?;
    let said: Vec<&[Word]> = said.iter().map(Vec::as_slice).collect();
    let (grid, viewed, today) = (case.grid()?, case.viewed()?, ctx.now().date());
    Ok(Some(DeskCase {
        public: public(&case.public_id)?,
        reference: reference(&case.reference)?,
        applicant: opened_text(ctx, &applicant_place(&case.id), &case.name)?,
        kind: case.kind()?,
        about: opened_text(ctx, &about_place(&case.id), &case.about)?,
        without: without(ctx, &case)?,
        answer_by: case.answer_by()?,
        opened_at: Instant(case.opened_at),
        closed_at: case.closed_at.map(Instant),
        dwelling: viewed.dwelling,
        told: told(&said, viewed, grid, today),
        next: grid.next(today),
        people: people.iter().map(|rows| asked_person(ctx, rows)).collect::<Result<_>>()?,
        unit_name: case.unit_name,
        unit_phone: case.unit_phone,
        children: case.children,
        version: case.version,
    }))
}

fn without(ctx: &Ctx, case: &CaseRecord) -> Result<Option<String>> {
    let sealed = case.without_reason.as_ref();
    sealed.map(|sealed| opened_text(ctx, &without_place(&case.id), sealed)).transpose()
}

fn asked_person(ctx: &Ctx, rows: &[PersonRecord]) -> Result<AskedPerson> {
    let first = &rows[0];
    let email = first.email.as_ref().map(|sealed| opened_text(ctx, &email_place(&first.id), sealed));
    Ok(AskedPerson {
        public: public(&first.public_id)?,
        name: opened_text(ctx, &name_place(&first.id), &first.name)?,
        email: email.transpose()?,
        standing: standing(&words(rows)?, None),
        unsafe_home: rows.iter().any(|row| row.unsafe_home == Some(1)),
        talked_at: first.talked_at.map(Instant),
    })
}

struct Look {
    ctx: Ctx,
    staff: Staff,
    case: Public<CaseMark>,
}

impl Command for Look {
    type Out = Option<(CaseRecord, Vec<PersonRecord>)>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let Some(case) = of_staff(tx, &self.staff, &self.case).await? else { return Ok(None) };
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "look");
        let entry = entry.at_unit(&case.unit()).about("home_case", &case.id());
        entry.because(WORK).save(tx).await?;
        let people = tx.all(PEOPLE, args![&case.id]).await?;
        Ok(Some((case, people)))
    }
}
