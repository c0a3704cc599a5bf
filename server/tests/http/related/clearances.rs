//! Applications for clearance.

use backend::visits::clearance::{self, Application, LookReason};
use domain::{
    kernel::{CivilDate, EmailAddress, Locale, Phone, Public},
    visits::clearance::{
        Answer, Child, Contact, Decided, Needs, PoliceOutcome, Relation as Kin, Whom, draft::KnownBy,
    },
};

use super::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Sent,
    Consented,
    ToDecide,
    Decided,
    Withdrawn,
    NotProcessed,
}

use State::{Consented, Decided as Closed, NotProcessed, Sent, ToDecide, Withdrawn};

const STATES: [State; 6] = [Sent, Consented, ToDecide, Closed, Withdrawn, NotProcessed];

pub(super) const ROUTES: [Route; 22] = [
    page(Area::Citizen, "/visits/apply/receipt/{id}"),
    page(Area::Citizen, "/visits/clearances/{id}"),
    page(Area::Citizen, "/visits/clearances/{id}/give-up"),
    page(Area::Citizen, "/visits/clearances/{id}/withdraw"),
    post(Area::Citizen, "/api/visits/apply/again", |_, o| vec![("public", o.id.clone())]),
    post(Area::Citizen, "/api/visits/clearances/give-up", |_, o| vec![("public", o.id.clone())]),
    post(Area::Citizen, "/api/visits/clearances/withdraw", |_, o| vec![("public", o.id.clone())]),
    page(Area::Staff, "/staff/clearances/{id}?reason=handle_case"),
    page(Area::Staff, "/staff/clearances/{id}/letter?reason=handle_case"),
    page(Area::Staff, "/staff/clearances/{id}/match?reason=handle_case"),
    post(Area::Staff, "/api/staff/clearances/answer", |p, o| dated(p, seen(o), &[("answer", "yes")])),
    post(Area::Staff, "/api/staff/clearances/police", |p, o| dated(p, seen(o), &[("police", "no_remark")])),
    post(Area::Staff, "/api/staff/clearances/identity", |_, o| seen(o)),
    post(Area::Staff, "/api/staff/clearances/letter", |_, o| decision(o)),
    post(Area::Staff, "/api/staff/clearances/decide", |_, o| {
        [named(o), vec![("kept", o.typed.clone())]].concat()
    }),
    post(Area::Staff, "/api/staff/clearances/anew", |_, o| {
        let who = o.people.iter().map(|id| ("who[]", id.clone()));
        seen(o).into_iter().chain(who).chain([("ground", "conduct".to_owned())]).collect()
    }),
    post(Area::Staff, "/api/staff/clearances/carried", |_, o| seen(o)),
    post(Area::Staff, "/api/staff/clearances/rechecked", |_, o| seen(o)),
    post(Area::Staff, "/api/staff/clearances/consent-back", |_, o| seen(o)),
    post(Area::Staff, "/api/staff/clearances/find", |_, o| {
        [named(o), vec![("name", "Even Fjellvik".to_owned())]].concat()
    }),
    post(Area::Staff, "/api/staff/clearances/match", |_, o| seen(o)),
    post(Area::Staff, "/api/staff/answers", |p, o| {
        let row: &'static str = Box::leak(format!("answers[c{}]", o.id).into_boxed_str());
        dated(p, vec![(row, format!("yes.{}", o.version))], &[])
    }),
];

/// The table: for the owner and for staff of the unit, by state where it matters.
fn cell(who: Relation, route: &Route, state: State) -> Cell {
    let citizen = matches!(who, Owner | CoParent | Relative | Applicant);
    if who == SignedOut || citizen != (route.area == Area::Citizen) {
        return SignIn;
    }
    let open = matches!(state, Sent | Consented | ToDecide);
    let when = |done: bool| if done { Changes } else { Tells };
    match (who, route.path) {
        (Owner, "/visits/apply/receipt/{id}" | "/visits/clearances/{id}") => Opens,
        (Owner, "/visits/clearances/{id}/withdraw") if open => Opens,
        (Owner, "/visits/clearances/{id}/give-up") if state == Closed => Opens,
        (Owner, "/visits/clearances/{id}/withdraw" | "/visits/clearances/{id}/give-up") => Leads,
        (Owner, "/api/visits/clearances/give-up") => when(state == Closed),
        (Owner, "/api/visits/apply/again") => when(matches!(state, Withdrawn | NotProcessed)),
        (Owner, "/api/visits/clearances/withdraw") => when(open),
        (Officer | Auditor | Admin, "/staff/clearances/{id}?reason=handle_case") => Opens,
        (Officer, "/staff/clearances/{id}/letter?reason=handle_case") => Leads,
        (Officer, "/staff/clearances/{id}/match?reason=handle_case") => Leads,
        (Officer, "/api/staff/clearances/answer" | "/api/staff/answers") => when(state == Sent),
        // What the police said can be put right until something is decided on it.
        (Officer, "/api/staff/clearances/police") => when(matches!(state, Consented | ToDecide)),
        (Officer, "/api/staff/clearances/decide") => when(state == ToDecide),
        (Officer, "/api/staff/clearances/consent-back") => when(state == Closed),
        (Officer, "/api/staff/clearances/anew") => when(state == Closed),
        (Officer, _) => Tells,
        _ => Nothing,
    }
}

fn named(o: &Object) -> Fields {
    vec![("id", o.id.clone()), ("look", "handle_case".to_owned())]
}

fn seen(o: &Object) -> Fields {
    [named(o), vec![("version", o.version.to_string())]].concat()
}

fn dated(portal: &Portal, mut form: Fields, more: &[(&'static str, &str)]) -> Fields {
    let today = portal.ctx.now().date().0;
    form.extend([("on_day", today.day().to_string()), ("on_month", today.month().to_string())]);
    form.push(("on_year", today.year().to_string()));
    form.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
    form
}

/// The decision as typed: everybody is let in.
fn decision(o: &Object) -> Fields {
    let typed = [
        ("outcome", "granted"),
        ("valid_to_day", "31"),
        ("valid_to_month", "12"),
        ("valid_to_year", "2098"),
        ("text_locale", "nb"),
    ];
    let mut form = seen(o);
    form.extend(typed.map(|(name, value)| (name, value.to_owned())));
    form.extend(o.people.iter().map(|id| ("who[]", id.clone())));
    form
}

fn day(text: &str) -> CivilDate {
    CivilDate::parse_iso(text).expect("a date")
}

fn answers(email: &str) -> [Answer; 6] {
    [
        Answer::Whom(Whom { name: "Even Fjellvik".into(), known_by: KnownBy::BirthDate(day("1970-01-01")) }),
        Answer::Relation(Kin::Sibling),
        Answer::Contact(Contact {
            email: EmailAddress::parse(email).expect("an address"),
            phone: Phone::parse("41234567").expect("a phone"),
        }),
        Answer::Children(vec![Child { name: "Ask Fjellvik".into(), birth_date: day("2020-05-11") }]),
        Answer::Needs(Needs::default()),
        Answer::Police,
    ]
}

pub(super) async fn sent(portal: &Portal, who: &Citizen) -> Public<Application> {
    for given in answers("noen@eksempel.no") {
        clearance::answer(&portal.ctx, who, given).await.expect("an answer");
    }
    clearance::submit(&portal.ctx, who, Locale::Nb).await.expect("sent").expect("nothing is missing")
}

/// Builds what the table speaks of.
struct Kit<'a> {
    portal: &'a Portal,
    all: &'a Everybody,
    owner: Citizen,
    officer: Staff,
}

impl Kit<'_> {
    async fn built(&self, state: State) -> Object {
        let (ctx, now) = (&self.portal.ctx, self.portal.ctx.now());
        if state == NotProcessed {
            // Sent so long ago that its fixed day has come.
            ctx.clock.set(now.plus_days(-60));
        }
        let public = sent(self.portal, &self.owner).await;
        ctx.clock.set(now);
        if state == NotProcessed {
            assert_eq!(clearance::close_due(ctx).await.expect("closed"), 1);
        }
        if state == Withdrawn {
            clearance::withdraw(ctx, &self.owner, &public).await.expect("a write").expect("open");
        }
        if matches!(state, Consented | ToDecide | Closed) {
            self.taken_further(state, &public).await;
        }
        let object = self.object(&public).await;
        let letter = self.all.browser(Officer);
        let form = decision(&object);
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let typed = letter.post("/api/staff/clearances/letter", &form).await;
        let typed = typed.location().split("try=").nth(1).expect("what was typed").to_owned();
        Object { typed, ..object }
    }

    async fn taken_further(&self, state: State, public: &Public<Application>) {
        let (ctx, officer, on) = (&self.portal.ctx, &self.officer, self.portal.ctx.now().date());
        let done = clearance::inmate_answer(ctx, officer, public, 1, true, on).await;
        done.expect("a write").expect("taken");
        if state == Consented {
            return;
        }
        let done = clearance::police_answer(ctx, officer, public, 2, PoliceOutcome::NoRemark, on).await;
        done.expect("a write").expect("taken");
        if state == Closed {
            let people = self.object(public).await.people;
            let people: Vec<_> = people.iter().map(|id| Public::parse(id).expect("an id")).collect();
            let yes = Decided::Granted { measures: vec![], reason: None, valid_to: day("2098-12-31") };
            let done = clearance::decide(ctx, officer, public, 3, &people, &yes, Locale::Nb).await;
            done.expect("a write").expect("decided");
        }
    }

    async fn object(&self, public: &Public<Application>) -> Object {
        let case = clearance::case(&self.portal.ctx, &self.officer, public, LookReason::HandleCase).await;
        let case = case.expect("a read").expect("a case of his unit");
        let people = case.people.iter().map(|p| p.clearance.to_string()).collect();
        Object { id: public.to_string(), version: case.version, people, typed: String::new() }
    }
}

const SHARED_CHILD: &str = "INSERT INTO child_of (guardian_id, person_id) SELECT f.id, c.person_id FROM person f, \
    child_of c JOIN person m ON m.id = c.guardian_id WHERE f.name = 'Eirik Fjellvik' AND m.name = 'Maja Fjellvik'";

const PARENTS: &str = "SELECT COUNT(*) FROM child_of GROUP BY person_id ORDER BY COUNT(*) DESC LIMIT 1";

/// It is checked once for all her cases, so that no cell is the first.
const IDENTIFIED: &str = "UPDATE person SET identity_checked_at = 1 WHERE name = 'Maja Fjellvik'";

#[tokio::test(flavor = "multi_thread")]
async fn t01_an_application_is_there_for_those_it_is_for_in_every_state() {
    let portal = Portal::start_standing().await;
    let all = Everybody::of(&portal).await;
    let (owner, officer) = (all.citizen(&portal, Owner).await, all.staff(&portal, Officer).await);
    sent(&portal, &all.citizen(&portal, Applicant).await).await;
    let kit = Kit { portal: &portal, all: &all, owner, officer };
    let (mut wrong, mut cells) = (Vec::new(), 0);
    for state in STATES {
        let shared = kit.built(state).await;
        if state == Sent {
            portal.run(SHARED_CHILD).await;
            let (parents,): (i64,) = portal.ctx.db.one(PARENTS, args![]).await.expect("a count");
            assert_eq!(parents, 2, "the child has two parents");
            portal.run(IDENTIFIED).await;
        }
        for (who, _) in RELATIONS {
            for route in &ROUTES {
                let cell = cell(who, route, state);
                // What changes something has one of its own.
                let own = if cell == Changes { Some(kit.built(state).await) } else { None };
                let object = own.as_ref().unwrap_or(&shared);
                if let Err(told) = tried(&portal, &all, (who, route, object), cell).await {
                    wrong.push(format!("{state:?} {who:?} {}: not {cell:?}: {told}", route.path));
                }
                cells += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells}:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(cells, STATES.len() * RELATIONS.len() * ROUTES.len());
}

/// A draft has no id that an address could take: it is her own by her session, and by nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn t01_a_draft_is_there_for_its_owner_alone() {
    let portal = Portal::start_standing().await;
    let all = Everybody::of(&portal).await;
    let owner = all.citizen(&portal, Owner).await;
    for given in answers("kanari@eksempel.no") {
        clearance::answer(&portal.ctx, &owner, given).await.expect("an answer");
    }
    let before = effects(&portal).await;
    for (who, browser) in &all.0 {
        let mut read = String::new();
        for page in ["", "/whom", "/contact", "/children", "/check"] {
            read += &browser.get(&format!("/visits/apply{page}")).await.text;
        }
        assert_eq!(read.contains("kanari@eksempel.no"), *who == Owner, "{who:?}");
        if *who != Owner {
            let sent = browser.post("/api/visits/apply/submit", &[]).await;
            assert!(!sent.location().contains("receipt"), "{who:?}: {}", sent.location());
            browser.post("/api/visits/apply/discard", &[]).await;
        }
    }
    assert_eq!(effects(&portal).await, before, "nobody sent it and nobody threw it away");
}
