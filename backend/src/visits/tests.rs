//! The same acts on a model, on SQLite and on PostgreSQL: what is told and what is stored must be equal after each.
//! A few runs by chance each time, many with `cargo xtask test --full`; and always the walks that lead to everything that can come of
//! waiting, of coming along and of asking.

mod clock;
mod driver;
mod model;
mod walks;

use std::collections::BTreeMap;

use domain::{
    access::{Area, Level, Role, Unit},
    kernel::{CivilDate, EmailAddress, Id, Locale, Phone, Public},
    visits::{
        booking::{Booking, Hold, StaffReason, VisitSession, request::VisitRequest, waiting::Wait},
        clearance::{Answer, Contact, Decided, Needs, PoliceOutcome, Relation, Whom, draft::KnownBy},
    },
};
use proptest::{prelude::*, sample::select, test_runner::Config};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
use tokio::runtime::Runtime;

use super::{
    booking::{
        self, Target,
        testing::{rules, template},
    },
    clearance::{self, Application, Inmate, LookReason},
    sessions::{self, NewTemplate},
};
use crate::{
    args,
    ctx::{Actor, Citizen, Ctx, Staff},
    db::{Command, Tx},
    identity::{
        arrival::{Arrival, welcome},
        sessions as signed_in,
    },
    testing::{Portal, full},
};
use driver::Invited;
use model::{Act, INMATE_OF, Letters, Model, Outcome, PEOPLE, Seen};

impl ReferenceStateMachine for Model {
    type State = Model;
    type Transition = Act;

    fn init_state() -> BoxedStrategy<Model> {
        select(Model::starts().to_vec()).boxed()
    }

    fn transitions(state: &Model) -> BoxedStrategy<Act> {
        select(state.acts()).boxed()
    }

    fn preconditions(state: &Model, act: &Act) -> bool {
        state.admits(act)
    }

    fn apply(mut state: Model, act: &Act) -> Model {
        state.apply(act);
        state
    }
}

/// The portal on one engine, and what the model's numbers stand for there.
struct World {
    portal: Portal,
    unit: Id<Unit>,
    officer: Staff,
    people: Vec<Citizen>,
    inmates: Vec<Public<Inmate>>,
    sessions: Vec<Public<VisitSession>>,
    applications: Vec<Public<Application>>,
    /// By the number of each hold.
    holds: Vec<Public<Hold>>,
    bookings: Vec<Public<Booking>>,
    waits: Vec<Public<Wait>>,
    invitations: Vec<Invited>,
    requests: Vec<Public<VisitRequest>>,
}

const INMATES: [(&str, &str); 2] = [("Even Fjellvik", "1990-02-03"), ("Tor Haugland", "1985-05-06")];

async fn signed_in_as(ctx: &Ctx, area: Area, subject: &str) -> Actor {
    let staff = area == Area::Staff;
    let arrival = Arrival {
        area,
        issuer: "https://id.example".into(),
        subject: subject.into(),
        sid: None,
        number: (!staff).then(|| crate::testing::number_of(subject)),
        name: format!("Ola {subject}"),
        birth_date: None,
        level: Level::Substantial,
        fresh_at: None,
        roles: if staff { vec![Role::CaseOfficer] } else { vec![] },
        units: if staff { vec!["lyngmo".into()] } else { vec![] },
        id_token: "hint".into(),
        previous: None,
    };
    let token = welcome(ctx, arrival).await.unwrap();
    signed_in::find(ctx, area, &token).await.unwrap().unwrap().actor
}

impl World {
    async fn new(portal: Portal, model: &Model) -> Self {
        let (ctx, unit) = (&portal.ctx, portal.unit("lyngmo").await);
        portal.intake().await;
        sessions::put_rules(ctx, &Actor::System, &unit, rules()).await.unwrap();
        for template in [template(6, 660, 1), template(6, 780, 2)] {
            let new = NewTemplate { unit: unit.clone(), template };
            sessions::put_template(ctx, &Actor::System, new).await.unwrap();
        }
        sessions::tend(ctx).await.unwrap();
        let (mut inmates, mut all, mut people) = (vec![], vec![], vec![]);
        for (name, born) in INMATES {
            let id = portal.inmate(name, born, &unit).await;
            let (public,): (String,) = ctx.db.one(booking::testing::INMATE_PUBLIC, args![&id]).await.unwrap();
            inmates.push(Public::parse(&public).unwrap());
        }
        for s in &model.sessions {
            let start = i64::from(s.start);
            let (public,): (String,) = ctx.db.one(SESSION, args![s.date, start]).await.unwrap();
            all.push(Public::parse(&public).unwrap());
        }
        for person in 0..PEOPLE {
            let actor = signed_in_as(ctx, Area::Citizen, &format!("person-{person}")).await;
            people.push(actor.citizen().unwrap().clone());
        }
        let officer = signed_in_as(ctx, Area::Staff, "officer").await.staff().unwrap().clone();
        Self {
            unit,
            officer,
            people,
            inmates,
            sessions: all,
            applications: vec![],
            holds: vec![],
            bookings: vec![],
            waits: vec![],
            invitations: vec![],
            requests: vec![],
            portal,
        }
    }

    fn ctx(&self) -> Ctx {
        self.portal.ctx.clone()
    }

    /// `after` is the model when the act is done: it knows which holds were shown.
    async fn perform(&mut self, act: &Act, after: &Model) -> Outcome {
        let ctx = self.ctx();
        match *act {
            Act::Submit(person) => self.submit(person).await,
            Act::Clear(person, until) => self.clear(person, Some(until)).await,
            Act::TurnDown(person) => self.clear(person, None).await,
            Act::InmateSays { application, yes, stale } => {
                self.inmate_says(application, yes, i64::from(stale)).await
            }
            Act::PoliceSay { application, remark } => self.police_say(application, remark).await,
            Act::Decide { application, until } => self.decide(application, until).await,
            Act::Withdraw(application) => {
                let who = &self.people[after.person_of(application)];
                one(clearance::withdraw(&ctx, who, &self.applications[application]).await.unwrap(), |r| {
                    r.code()
                })
            }
            Act::TakeAway(person) => {
                let values = TakeAway(self.people[person].person.as_str().to_owned());
                ctx.db.write(values).await.unwrap();
                Outcome::Done
            }
            Act::Choose(_)
            | Act::Hold { .. }
            | Act::Extend(_)
            | Act::Confirm(_)
            | Act::ConfirmOlder(_)
            | Act::Discard(_) => self.book(act, after).await,
            Act::Cancel { person, booking } => {
                let who = &self.people[person];
                cancelled(booking::cancel(&ctx, who, self.target(booking).await).await.unwrap())
            }
            Act::CancelByUnit(booking) => {
                let (target, why) = (self.target(booking).await, StaffReason::Staffing);
                cancelled(booking::cancel_by_unit(&ctx, &self.officer, target, why).await.unwrap())
            }
            Act::Change { person, booking } => {
                let (who, target) = (&self.people[person], self.target(booking).await);
                cancelled(booking::begin_change(&ctx, who, target).await.unwrap())
            }
            Act::Block(session) => {
                let on = after.sessions[session].date;
                sessions::block_day(&ctx, &Actor::System, &self.unit, on, "kurs").await.unwrap();
                Outcome::Done
            }
            Act::Pass { .. } => {
                ctx.clock.set(after.now);
                Outcome::Done
            }
            Act::Tend => sessions::tend(&ctx).await.map(|_| Outcome::Done).unwrap(),
            Act::CloseDue => clearance::close_due(&ctx).await.map(|_| Outcome::Done).unwrap(),
            _ => self.perform_besides(act, after).await,
        }
    }

    async fn submit(&mut self, person: usize) -> Outcome {
        let (ctx, who) = (self.ctx(), self.people[person].clone());
        let (name, born) = INMATES[INMATE_OF[person]];
        let known_by = KnownBy::BirthDate(CivilDate::parse_iso(born).unwrap());
        let contact = Contact {
            email: EmailAddress::parse("ola@eksempel.no").unwrap(),
            phone: Phone::parse("41234567").unwrap(),
        };
        for answer in [
            Answer::Whom(Whom { name: name.into(), known_by }),
            Answer::Relation(Relation::Sibling),
            Answer::Contact(contact),
            Answer::Children(vec![]),
            Answer::Needs(Needs::default()),
            Answer::Police,
        ] {
            clearance::answer(&ctx, &who, answer).await.unwrap();
        }
        self.applications.push(clearance::submit(&ctx, &who, Locale::Nb).await.unwrap().unwrap());
        Outcome::Done
    }

    async fn clear(&mut self, person: usize, until: Option<CivilDate>) -> Outcome {
        self.submit(person).await;
        let new = self.applications.len() - 1;
        self.inmate_says(new, true, 0).await;
        self.police_say(new, false).await;
        self.decide(new, until).await
    }

    async fn case(&self, application: usize) -> clearance::Case {
        let public = &self.applications[application];
        let case = clearance::case(&self.ctx(), &self.officer, public, LookReason::HandleCase).await.unwrap();
        case.expect("her unit's case")
    }

    async fn inmate_says(&self, application: usize, yes: bool, behind: i64) -> Outcome {
        let (ctx, version) = (self.ctx(), self.case(application).await.version - behind);
        let public = &self.applications[application];
        let on = ctx.now().date();
        let told = clearance::inmate_answer(&ctx, &self.officer, public, version, yes, on).await.unwrap();
        one(told, |r| r.code())
    }

    async fn police_say(&self, application: usize, remark: bool) -> Outcome {
        let (ctx, version) = (self.ctx(), self.case(application).await.version);
        let said = if remark { PoliceOutcome::Remark } else { PoliceOutcome::NoRemark };
        let (public, on) = (&self.applications[application], ctx.now().date());
        one(clearance::police_answer(&ctx, &self.officer, public, version, said, on).await.unwrap(), |r| {
            r.code()
        })
    }

    async fn decide(&self, application: usize, until: Option<CivilDate>) -> Outcome {
        let (ctx, case) = (self.ctx(), self.case(application).await);
        let decided = match until {
            Some(valid_to) => Decided::Granted { measures: vec![], reason: None, valid_to },
            None => {
                Decided::Refused { milder_considered: "Påsyn er ikke nok.".into(), reason: "Grunn.".into() }
            }
        };
        let who = [case.people[0].clearance.clone()];
        let public = &self.applications[application];
        let told =
            clearance::decide(&ctx, &self.officer, public, case.version, &who, &decided, Locale::Nb).await;
        one(told.unwrap(), |r| r.code())
    }

    async fn book(&mut self, act: &Act, after: &Model) -> Outcome {
        let ctx = self.ctx();
        match *act {
            Act::Choose(person) => {
                let (who, inmate) = (&self.people[person], self.inmates[INMATE_OF[person]].clone());
                let own: (String,) =
                    ctx.db.one(booking::testing::PERSON_PUBLIC, args![&who.person]).await.unwrap();
                let own = vec![Public::parse(&own.0).unwrap()];
                many(booking::choose_party(&ctx, who, inmate, own).await.unwrap())
            }
            Act::Hold { person, session } => self.hold(person, session).await,
            Act::Extend(person) => {
                let asked = self.holds[after.shown(person, 1)].clone();
                one(booking::extend_hold(&ctx, &self.people[person], asked).await.unwrap(), |r| r.code())
            }
            Act::Confirm(person) => self.confirm(person, after.shown(person, 1)).await,
            Act::ConfirmOlder(person) => self.confirm(person, after.shown(person, 2)).await,
            Act::Discard(person) => {
                let asked = self.holds[after.shown(person, 1)].clone();
                one(booking::discard(&ctx, &self.people[person], Some(asked)).await.unwrap(), |r| r.code())
            }
            _ => unreachable!("no act of booking"),
        }
    }

    async fn hold(&mut self, person: usize, session: usize) -> Outcome {
        let (ctx, who) = (self.ctx(), &self.people[person]);
        let told = booking::hold(&ctx, who, self.sessions[session].clone()).await.unwrap();
        if let Some(view) = booking::draft(&ctx, who).await.unwrap().and_then(|draft| draft.hold) {
            let public = view.hold.public;
            if told.is_ok() && !self.holds.contains(&public) {
                self.holds.push(public);
            }
        }
        many(told)
    }

    async fn confirm(&mut self, person: usize, number: usize) -> Outcome {
        let asked = self.holds[number].clone();
        let told = booking::confirm(&self.ctx(), &self.people[person], asked).await.unwrap();
        match told {
            Ok(public) => self.booked(public),
            Err(refusals) => many::<()>(Err(refusals)),
        }
    }

    /// Visits are known by the order in which they came.
    fn booked(&mut self, public: Public<Booking>) -> Outcome {
        Outcome::Booking(number(&mut self.bookings, public))
    }

    async fn target(&self, booking: usize) -> Target {
        let public = self.bookings[booking].clone();
        let (version,) = self.portal.ctx.db.one(VERSION, args![&public]).await.unwrap();
        Target { public, version }
    }

    /// Everything, in a handful of reads: this is done after each act.
    async fn seen(&self) -> Seen {
        let db = &self.portal.ctx.db;
        let applications: Vec<(String, String, i64, String)> = db.all(APPLICATIONS, vec![]).await.unwrap();
        let drafts: Vec<Drafted> = db.all(DRAFTS, vec![]).await.unwrap();
        let taken: BTreeMap<String, i64> = db.all(TAKEN, vec![]).await.unwrap().into_iter().collect();
        let bookings: Vec<(String, String, String, String)> = db.all(BOOKED, vec![]).await.unwrap();
        let besides: Vec<Besides> = db.all(BESIDES, vec![]).await.unwrap();
        let letters: BTreeMap<String, i64> = db.all(LETTERS, vec![]).await.unwrap().into_iter().collect();
        assert_eq!((applications.len(), bookings.len()), (self.applications.len(), self.bookings.len()));
        let draft = |who: &Citizen| drafts.iter().find(|(person, ..)| person == who.person.as_str());
        let held = |(_, session, ends_at, extended): &Drafted| {
            session.as_ref().map(|s| (self.session(s), ends_at.unwrap(), *extended == Some(1)))
        };
        let of_application = |public: &Public<Application>| {
            let found = applications.iter().find(|(known, ..)| known == public.as_str()).unwrap();
            (found.1.clone(), found.2, found.3.clone())
        };
        let of_booking = |public: &Public<Booking>| {
            let found = bookings.iter().find(|(known, ..)| known == public.as_str()).unwrap();
            let person = self.person(&found.1);
            let guests = self.guests(&besides, public, person);
            (person, self.session(&found.2), found.3 == "booked", guests)
        };
        let of_kind = |kind: &str| letters.get(kind).map_or(0, |n| usize::try_from(*n).unwrap());
        Seen {
            applications: self.applications.iter().map(of_application).collect(),
            drafts: self.people.iter().map(|who| draft(who).is_some()).collect(),
            holds: self.people.iter().map(|who| draft(who).and_then(held)).collect(),
            taken: self.sessions.iter().map(|s| usize::try_from(taken[s.as_str()]).unwrap()).collect(),
            bookings: self.bookings.iter().map(of_booking).collect(),
            waits: self.waits_seen(&besides),
            offers: self.offers_seen(&besides),
            invitations: self.invitations_seen(&besides),
            requests: self.requests_seen(&besides),
            letters: Letters {
                clearance: of_kind("visits.clearance"),
                booking: of_kind("visits.booking"),
                waiting: of_kind("visits.waiting"),
                joining: of_kind("visits.joining"),
                request: of_kind("visits.request"),
            },
        }
    }

    fn person(&self, id: &str) -> usize {
        self.people.iter().position(|p| p.person.as_str() == id).unwrap()
    }

    fn session(&self, public: &str) -> usize {
        self.sessions.iter().position(|s| s.as_str() == public).unwrap()
    }
}

/// Of who waits, is offered something, comes along or asks: a word for what it is, three ids, an end, and its state.
type Besides = (String, String, String, String, i64, String);

/// Its place in the list, which it is added to.
fn number<T>(known: &mut Vec<Public<T>>, public: Public<T>) -> usize {
    known.iter().position(|one| *one == public).unwrap_or_else(|| {
        known.push(public);
        known.len() - 1
    })
}

/// A person's draft with what it holds: session, end, whether extended.
type Drafted = (String, Option<String>, Option<i64>, Option<i64>);

fn one<R>(told: Result<(), R>, code: impl Fn(R) -> &'static str) -> Outcome {
    told.map_or_else(|refusal| Outcome::Refused(vec![code(refusal)]), |()| Outcome::Done)
}

fn many<T>(told: Result<T, Vec<domain::visits::booking::Refusal>>) -> Outcome {
    match told {
        Ok(_) => Outcome::Done,
        Err(refusals) => Outcome::Refused(refusals.iter().map(|r| r.code()).collect()),
    }
}

fn cancelled(told: Option<Result<(), domain::visits::booking::CancelRefusal>>) -> Outcome {
    told.map_or(Outcome::NotThere, |told| one(told, |r| r.code()))
}

struct TakeAway(String);

impl Command for TakeAway {
    type Out = u64;

    async fn run(&self, tx: &mut Tx) -> crate::Result<u64> {
        tx.execute(TAKE_AWAY, args![&self.0]).await
    }
}

pub const SESSION: &str = "SELECT public_id FROM visit_session WHERE date = $1 AND start_minute = $2";
pub const VERSION: &str = "SELECT version FROM booking WHERE public_id = $1";
pub const APPLICATIONS: &str = "SELECT a.public_id, a.state, a.version, c.outcome FROM application a \
    JOIN clearance c ON c.application_id = a.id";
pub const DRAFTS: &str = "SELECT d.person_id, s.public_id, h.expires_at, h.extended FROM booking_draft d \
    LEFT JOIN visit_hold h ON h.draft_id = d.id LEFT JOIN visit_session s ON s.id = h.session_id";
pub const TAKEN: &str = "SELECT public_id, taken FROM visit_session";
pub const BOOKED: &str = "SELECT b.public_id, b.person_id, s.public_id, b.state FROM booking b \
    JOIN visit_session s ON s.id = b.session_id";
pub const LETTERS: &str = "SELECT kind, CAST(COUNT(*) AS BIGINT) FROM outbox GROUP BY kind";
pub const BESIDES: &str = "SELECT 'wait' AS tag, public_id AS a, person_id AS b, '' AS c, CAST(0 AS BIGINT) AS n, \
    COALESCE(end_reason, '') AS d FROM visit_wait \
    UNION ALL SELECT 'offer', w.public_id, s.public_id, '', o.answer_by, o.state FROM visit_offer o \
    JOIN visit_wait w ON w.id = o.wait_id JOIN visit_session s ON s.id = o.session_id \
    UNION ALL SELECT 'invitation', i.public_id, b.public_id, COALESCE(i.guest_id, ''), i.answer_by, \
    TRIM(i.state || ' ' || COALESCE(i.end_reason, '')) FROM visit_invitation i JOIN booking b ON b.id = i.booking_id \
    UNION ALL SELECT 'request', q.public_id, q.person_id, s.public_id, q.expires_at, \
    TRIM(q.state || ' ' || COALESCE(q.reason, '')) FROM visit_request q JOIN visit_session s ON s.id = q.session_id \
    UNION ALL SELECT 'party', b.public_id, p.person_id, '', CAST(0 AS BIGINT), '' FROM booking_party p \
    JOIN booking b ON b.id = p.booking_id";
pub const TAKE_AWAY: &str =
    "UPDATE clearance SET outcome = 'withdrawn' WHERE person_id = $1 AND outcome = 'granted'";

/// Both engines, side by side.
struct Both {
    runtime: Runtime,
    worlds: Vec<World>,
}

impl Both {
    /// Where the model begins; what it begins with is done and compared too.
    fn begin(model: &Model) -> Self {
        let (runtime, mut begun) = (Runtime::new().unwrap(), Model::new());
        let worlds = runtime.block_on(async {
            let mut worlds = vec![World::new(Portal::sqlite().await, &begun).await];
            if let Some(portal) = Portal::postgres().await {
                worlds.push(World::new(portal, &begun).await);
            }
            worlds
        });
        let mut both = Self { runtime, worlds };
        for act in &model.begun {
            begun.apply(act);
            both.act(act, &begun, "before the first act");
        }
        both
    }

    /// Does it on each engine, and compares what is told and what is stored with the model after it. `at`: where in which walk.
    fn act(&mut self, act: &Act, after: &Model, at: &str) {
        for world in &mut self.worlds {
            let told = self.runtime.block_on(world.perform(act, after));
            let engine = if world.portal.postgres { "PostgreSQL" } else { "SQLite" };
            assert_eq!(told, after.told, "what {engine} (left) and the model (right) tell of {act:?}, {at}");
            let has = self.runtime.block_on(world.seen());
            compare(
                &has,
                &after.seen(),
                &format!("{engine} (left) and the model (right) after {act:?}, {at}"),
            );
        }
    }

    fn close(self) {
        let Self { runtime, worlds } = self;
        runtime.block_on(async {
            for world in worlds {
                world.portal.ctx.db.close().await;
            }
        });
    }
}

/// One thing at a time, so that a failure shows what differs and nothing else.
fn compare(has: &Seen, expected: &Seen, of: &str) {
    macro_rules! each {
        ($($what:ident),+) => {
            $(assert_eq!(has.$what, expected.$what, "the {} of {of}", stringify!($what));)+
        };
    }
    each!(applications, drafts, holds, bookings, waits, offers, invitations, requests, taken, letters);
}

impl StateMachineTest for Both {
    type SystemUnderTest = Both;
    type Reference = Model;

    fn init_test(model: &Model) -> Both {
        Both::begin(model)
    }

    fn apply(mut both: Both, after: &Model, act: Act) -> Both {
        both.act(&act, after, "in a run by chance");
        both
    }

    fn teardown(both: Both, _: Model) {
        both.close();
    }
}

#[test]
fn what_comes_of_waiting_coming_along_and_asking_is_the_same_on_model_and_both_engines() {
    let walks = walks::to_everything();
    for (n, (start, acts)) in walks.into_iter().enumerate() {
        let (mut both, mut model) = (Both::begin(&start), start);
        for (step, act) in acts.iter().enumerate() {
            model.apply(act);
            both.act(act, &model, &format!("step {step} of walk {n}: {acts:?}"));
        }
        both.close();
    }
}

/// Each makes two databases.
fn config() -> Config {
    let cases = if full() { 200 } else { 5 };
    Config { cases, max_shrink_iters: 300, failure_persistence: None, ..Config::default() }
}

prop_state_machine! {
    #![proptest_config(config())]

    #[test]
    fn model_and_both_engines_agree(sequential 40..120 => Both);
}
