//! Sixty invented relatives who have applied for clearance over the last weeks, each by the same commands as
//! anybody: some wait for the inmate, some for the police, some for a decision; most are cleared.
//!
//! Each is added alone: what was broken off, by a stopped server or a full disk, goes on where it stood.

use domain::{
    access::{Role, StaffMember, Unit},
    kernel::{CivilDate, EmailAddress, Id, Locale, NationalId, Phone, Public},
    visits::clearance::{Answer, Child, Contact, Need, Needs, PoliceOutcome, Relation, Whom, draft::KnownBy},
};

use super::{
    arrive::{arrive, known},
    officer::{OFFICER_NAME, officer, outcome},
    personas::{ASK, PERSONAS, YEAR, theirs},
};
use crate::{
    Error, Result, args,
    ctx::{Citizen, Clock, Ctx, Staff},
    visits::clearance::{self, Application, Identity, LookReason},
};

const GIVEN: [&str; 20] = [
    "Ruth", "Ida", "Nils", "Lene", "Amina", "Grete", "Siri", "Odd", "Tiril", "Håkon", "Wenche", "Selma",
    "Ivar", "Turid", "Mari", "Stian", "Leila", "Runar", "Åse", "Signe",
];
const FAMILY: [&str; 6] = ["Tåkelien", "Holmefjær", "Aasgrend", "Brekkhaug", "Kvernstad", "Lianeset"];
const CHILDREN: [&str; 6] = ["Vilde", "Iver", "Leyla", "Nora", "Emil", "Sofie"];
const RELATIONS: [Relation; 5] =
    [Relation::Spouse, Relation::Parent, Relation::Sibling, Relation::Partner, Relation::Friend];

/// Numbers of invented relatives lie below; a multiple of twelve has no measures.
const FIRST_PERSONA: usize = 60;

/// Where an application has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Received,
    Police,
    Decision,
    Decided,
}

impl Stage {
    /// Closed in any way is as far as it can come.
    fn of(stored: &str) -> Self {
        match stored {
            "received" => Self::Received,
            "awaiting_police" => Self::Police,
            "awaiting_decision" => Self::Decision,
            _ => Self::Decided,
        }
    }
}

#[derive(sqlx::FromRow)]
struct InmateRow {
    name: String,
    birth_date: String,
    unit_id: String,
    unit_name: String,
}

/// A relative with a granted clearance, for the seed of visits.
pub struct Cleared {
    pub who: Citizen,
    pub officer: Staff,
    /// Whom she may visit, by name.
    pub inmate: String,
    /// One can sign in as her.
    pub persona: bool,
}

/// The same service some days ago.
pub fn days_ago(ctx: &Ctx, days: i64) -> Ctx {
    Ctx { clock: Clock::fake(ctx.now().plus_days(-days)), ..ctx.clone() }
}

/// The invented ones, then the personas.
pub const ALL: usize = FIRST_PERSONA + PERSONAS.len();

/// Adds the first so many of them; who is there with her application as far as it should be is left as she is.
pub async fn seed(ctx: &Ctx, count: usize) -> Result<Vec<Cleared>> {
    let inmates: Vec<InmateRow> = ctx.db.all(INMATES, vec![]).await?;
    if inmates.is_empty() {
        return Ok(vec![]);
    }
    let staff = officer(ctx).await?;
    let mut cleared = Vec::new();
    for n in 0..count {
        let one = match n.checked_sub(FIRST_PERSONA) {
            None => Applicant::invented(n, &inmates[n % inmates.len()])?,
            Some(p) => Applicant::persona(p, &inmates[theirs(p) % inmates.len()])?,
        };
        cleared.extend(one.apply(ctx, &staff).await?);
    }
    Ok(cleared)
}

/// The one at this place, only just arrived: for the test of a seed that was broken off.
#[cfg(test)]
pub async fn arrived(ctx: &Ctx, n: usize) -> Result<Citizen> {
    let inmates: Vec<InmateRow> = ctx.db.all(INMATES, vec![]).await?;
    let one = Applicant::invented(n, &inmates[n % inmates.len()])?;
    let then = days_ago(ctx, one.days_ago);
    arrive(&then, &one.name, one.born, None).await
}

/// Who applies, for whom, when, and how far it has come.
struct Applicant<'a> {
    name: String,
    born: CivilDate,
    number: Option<NationalId>,
    child: Option<Child>,
    relation: Relation,
    inmate: &'a InmateRow,
    days_ago: i64,
    stage: Stage,
    nth: usize,
    /// For how many days.
    granted: i64,
}

impl<'a> Applicant<'a> {
    fn invented(n: usize, inmate: &'a InmateRow) -> Result<Self> {
        let family = if n.is_multiple_of(2) {
            inmate.name.rsplit(' ').next().unwrap_or(FAMILY[0]).to_owned()
        } else {
            FAMILY[n % FAMILY.len()].to_owned()
        };
        let (stage, days_ago) = match n % 12 {
            9 => (Stage::Decision, 12 + n as i64 % 5),
            10 => (Stage::Police, 6 + n as i64 % 5),
            11 => (Stage::Received, 1 + n as i64 % 9),
            _ => (Stage::Decided, 48 + n as i64 % 9),
        };
        let child = n.is_multiple_of(3).then(|| {
            Ok::<_, Error>(Child {
                name: format!("{} {family}", CHILDREN[n / 3 % CHILDREN.len()]),
                birth_date: day(&format!("{}-{:02}-{:02}", 2012 + n % 11, 1 + n % 12, 1 + n % 28))?,
            })
        });
        Ok(Self {
            name: format!("{} {family}", GIVEN[n % GIVEN.len()]),
            born: day(&format!("{}-{:02}-{:02}", 1950 + n * 11 % 50, 1 + n * 7 % 12, 1 + n * 5 % 28))?,
            number: None,
            child: child.transpose()?,
            relation: RELATIONS[n % RELATIONS.len()],
            inmate,
            days_ago,
            stage,
            nth: n,
            granted: YEAR,
        })
    }

    fn persona(n: usize, inmate: &'a InmateRow) -> Result<Self> {
        let (name, born, number, with_ask, granted) = PERSONAS[n];
        let ask = Child { name: ASK.0.to_owned(), birth_date: day(ASK.1)? };
        Ok(Self {
            name: name.to_owned(),
            born: day(born)?,
            number: Some(NationalId::parse(number).map_err(|_| broken())?),
            child: with_ask.then_some(ask),
            relation: Relation::CoParent,
            inmate,
            days_ago: 50,
            stage: Stage::Decided,
            nth: FIRST_PERSONA + n * 12,
            granted,
        })
    }

    async fn apply(&self, ctx: &Ctx, staff: &Id<StaffMember>) -> Result<Option<Cleared>> {
        let then = days_ago(ctx, self.days_ago);
        let who = match known(&then, &self.name, self.born, self.number.as_ref()).await? {
            Some(who) => who,
            None => arrive(&then, &self.name, self.born, self.number.as_ref()).await?,
        };
        let officer = Staff {
            session: Id::new("demo"),
            staff: staff.clone(),
            name: OFFICER_NAME.to_owned(),
            roles: vec![Role::CaseOfficer],
            units: vec![Id::<Unit>::new(self.inmate.unit_id.as_str())],
            unit_name: self.inmate.unit_name.clone(),
        };
        let applied: Option<(String, String)> = ctx.db.optional(APPLIED, args![&who.person]).await?;
        let (public, stage) = match applied {
            Some((public, state)) => (Public::parse(&public).ok_or_else(broken)?, Stage::of(&state)),
            None => (self.submit(&then, &who).await?, Stage::Received),
        };
        if stage < self.stage {
            self.take_further(ctx, &officer, &public, stage).await?;
        }
        let granted = self.stage == Stage::Decided && self.nth % 12 != 8;
        Ok(granted.then_some(Cleared {
            who,
            officer,
            inmate: self.inmate.name.clone(),
            persona: self.nth >= FIRST_PERSONA,
        }))
    }

    async fn submit(&self, then: &Ctx, who: &Citizen) -> Result<Public<Application>> {
        for answer in self.answers()? {
            clearance::answer(then, who, answer).await?;
        }
        clearance::submit(then, who, Locale::Nb).await?.map_err(|_| broken())
    }

    /// The steps of the case from this stage on, each some days after the one before.
    async fn take_further(
        &self,
        ctx: &Ctx,
        officer: &Staff,
        public: &Public<Application>,
        stage: Stage,
    ) -> Result<()> {
        if stage < Stage::Police {
            let then = days_ago(ctx, self.days_ago - 3);
            let on = then.now().date();
            let _ = clearance::inmate_answer(&then, officer, public, 1, true, on).await?;
        }
        if stage < Stage::Decision && self.stage > Stage::Police {
            let then = days_ago(ctx, self.days_ago - 8);
            let on = then.now().date();
            let _ = clearance::police_answer(&then, officer, public, 2, PoliceOutcome::NoRemark, on).await?;
        }
        if self.stage == Stage::Decided { self.decide(ctx, officer, public).await } else { Ok(()) }
    }

    async fn decide(&self, ctx: &Ctx, officer: &Staff, public: &Public<Application>) -> Result<()> {
        let then = days_ago(ctx, self.days_ago - 11);
        // One that a visitor of the demo has sent elsewhere is not there for this officer.
        let Some(case) = clearance::case(&then, officer, public, LookReason::HandleCase).await? else {
            return Ok(());
        };
        if case.identity == Identity::Unchecked {
            let _ = clearance::identity_checked(&then, officer, public, case.version).await?;
        }
        let people: Vec<_> = case.people.iter().map(|p| p.clearance.clone()).collect();
        let decided = outcome(self.nth, then.now().date().plus_days(self.granted));
        let _ =
            clearance::decide(&then, officer, public, case.version, &people, &decided, Locale::Nb).await?;
        Ok(())
    }

    /// Some need a ramp or an interpreter; most ask for nothing.
    fn needs(&self) -> Needs {
        match self.nth % 8 {
            2 => Needs { needs: vec![Need::Wheelchair], ..Needs::default() },
            5 => Needs {
                needs: vec![Need::Interpreter],
                interpreter_language: Some("somali".to_owned()),
                note: None,
            },
            _ => Needs::default(),
        }
    }

    fn answers(&self) -> Result<[Answer; 6]> {
        let email =
            EmailAddress::parse(&format!("person{}@varde.example", self.nth)).map_err(|_| broken())?;
        let phone = Phone::parse(&format!("+47000{:05}", self.nth)).map_err(|_| broken())?;
        let birth_date = day(&self.inmate.birth_date)?;
        Ok([
            Answer::Whom(Whom { name: self.inmate.name.clone(), known_by: KnownBy::BirthDate(birth_date) }),
            Answer::Relation(self.relation),
            Answer::Contact(Contact { email, phone }),
            Answer::Children(self.child.clone().into_iter().collect()),
            Answer::Needs(self.needs()),
            Answer::Police,
        ])
    }
}

fn day(text: &str) -> Result<CivilDate> {
    CivilDate::parse_iso(text).ok_or_else(broken)
}

fn broken() -> Error {
    Error::Broken("the demo's people")
}

pub const APPLIED: &str =
    "SELECT public_id, state FROM application WHERE person_id = $1 ORDER BY submitted_at, id LIMIT 1";
/// But for the last of all, whom nobody visits.
pub const INMATES: &str = "SELECT i.name, i.birth_date, p.unit_id, u.name AS unit_name FROM inmate i \
    JOIN placement p ON p.inmate_id = i.id AND p.ended_at IS NULL JOIN unit u ON u.id = p.unit_id ORDER BY i.id LIMIT 40";
