//! The unit's cases: who is asked, what they have answered, what is still to be done, and the one sentence that whoever applied
//! may be told today. Every opening is a look, written before anything is read.

use domain::{
    consents::{Dwelling, Standing, Told, Word, may_ask, standing, told},
    kernel::{CivilDate, Instant, Public, Reference},
};

use super::{
    HomeMark, PersonMark, address_place, applicant_place, email_place, name_place,
    open::of_staff,
    opened_text, public, reference,
    rows::{HOMES, HomeRecord, PEOPLE, PEOPLE_OF_HOMES, PersonRecord, by_person, words},
    units,
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

/// A line of the list. Names nobody at home.
#[derive(Clone, Debug)]
pub struct HomeRow {
    pub public: Public<HomeMark>,
    pub reference: Reference,
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
pub struct AtHome {
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
pub struct DeskHome {
    pub public: Public<HomeMark>,
    pub reference: Reference,
    pub applicant: String,
    pub address: String,
    pub unit_name: String,
    pub unit_phone: String,
    pub answer_by: CivilDate,
    pub opened_at: Instant,
    pub closed_at: Option<Instant>,
    pub dwelling: Dwelling,
    /// `none`, `to_hear` or `heard`.
    pub children: String,
    pub people: Vec<AtHome>,
    /// What may be told today, and the next day on which it may change.
    pub told: Told,
    pub next: CivilDate,
    pub version: i64,
}

/// Two reads after the trace of them.
pub async fn list(ctx: &Ctx, staff: &Staff) -> Result<Vec<HomeRow>> {
    if !may_ask(&staff.roles) {
        return Ok(vec![]);
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "home_list");
    audit::record(ctx, entry.because(WORK)).await?;
    let since = ctx.now().plus_days(-SHOWN);
    let homes: Vec<HomeRecord> = ctx.db.all(HOMES, args![units(staff), since]).await?;
    let people: Vec<PersonRecord> = ctx.db.all(PEOPLE_OF_HOMES, args![units(staff), since]).await?;
    let people = by_person(people);
    homes.into_iter().map(|home| row(ctx, home, &people)).collect()
}

fn row(ctx: &Ctx, home: HomeRecord, people: &[Vec<PersonRecord>]) -> Result<HomeRow> {
    let own = people.iter().filter(|rows| rows[0].case_id == home.id);
    let stands: Vec<Standing> = own.map(|rows| Ok(standing(&words(rows)?, None))).collect::<Result<_>>()?;
    let count = |code: &str| stands.iter().filter(|one| one.code() == code).count();
    Ok(HomeRow {
        public: public(&home.public_id)?,
        reference: reference(&home.reference)?,
        applicant: opened_text(ctx, &applicant_place(&home.id), &home.name)?,
        answer_by: home.answer_by()?,
        closed: home.is_closed(),
        unit_name: home.unit_name,
        asked: stands.len(),
        yes: count("yes"),
        no: count("no"),
        talk: count("talk"),
        withdrawn: count("withdrawn"),
    })
}

/// One of her units'; any other is not found, and its look is not written.
pub async fn opened(ctx: &Ctx, staff: &Staff, case: &Public<HomeMark>) -> Result<Option<DeskHome>> {
    if !may_ask(&staff.roles) {
        return Ok(None);
    }
    let look = Look { ctx: ctx.clone(), staff: staff.clone(), case: case.clone() };
    let Some((home, rows)) = ctx.db.write(look).await? else { return Ok(None) };
    let people = by_person(rows);
    let said: Vec<Vec<Word>> = people.iter().map(|rows| words(rows)).collect::<Result<_>>()?;
    let said: Vec<&[Word]> = said.iter().map(Vec::as_slice).collect();
    let (grid, viewed, today) = (home.grid()?, home.viewed()?, ctx.now().date());
    Ok(Some(DeskHome {
        public: public(&home.public_id)?,
        reference: reference(&home.reference)?,
        applicant: opened_text(ctx, &applicant_place(&home.id), &home.name)?,
        address: opened_text(ctx, &address_place(&home.id), &home.address)?,
        answer_by: home.answer_by()?,
        opened_at: Instant(home.opened_at),
        closed_at: home.closed_at.map(Instant),
        dwelling: viewed.dwelling,
        told: told(&said, viewed, grid, today),
        next: grid.next(today),
        people: people.iter().map(|rows| at_home(ctx, rows)).collect::<Result<_>>()?,
        unit_name: home.unit_name,
        unit_phone: home.unit_phone,
        children: home.children,
        version: home.version,
    }))
}

fn at_home(ctx: &Ctx, rows: &[PersonRecord]) -> Result<AtHome> {
    let first = &rows[0];
    let email = first.email.as_ref().map(|sealed| opened_text(ctx, &email_place(&first.id), sealed));
    Ok(AtHome {
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
    case: Public<HomeMark>,
}

impl Command for Look {
    type Out = Option<(HomeRecord, Vec<PersonRecord>)>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let Some(home) = of_staff(tx, &self.staff, &self.case).await? else { return Ok(None) };
        let entry = audit::Entry::new(&self.ctx, &Actor::Staff(self.staff.clone()), "look");
        let entry = entry.at_unit(&home.unit()).about("home_case", &home.id());
        entry.because(WORK).save(tx).await?;
        let people = tx.all(PEOPLE, args![&home.id]).await?;
        Ok(Some((home, people)))
    }
}
