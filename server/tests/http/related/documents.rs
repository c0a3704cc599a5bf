//! A document, what is asked for, what is being put together, and the case in which it is asked for.

use backend::documents::{self, DocumentRow, FormKey, RequestRow};
use domain::{
    documents::{AskForm, SendForm},
    kernel::Public,
};

use super::{clearances::sent, *};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Received,
    Reading,
    TakenBack,
}

use State::{Reading, Received, TakenBack};

pub(super) const OF_A_DOCUMENT: [Route; 7] = [
    page(Area::Citizen, "/documents/{id}"),
    page(Area::Citizen, "/documents/{id}/receipt"),
    page(Area::Citizen, "/documents/{id}/withdraw"),
    post(Area::Citizen, "/api/documents/withdraw", |_, o| vec![("id", o.id.clone())]),
    page(Area::Staff, "/staff/documents/{id}"),
    post(Area::Staff, "/api/staff/documents/accept", |_, o| of(o, vec![])),
    post(Area::Staff, "/api/staff/documents/more", |portal, o| of(o, wanted(portal, ""))),
];

pub(super) const OF_A_REQUEST: [Route; 6] = [
    page(Area::Citizen, "/documents/requests/{id}"),
    post(Area::Citizen, "/api/documents/start", |_, o| vec![("request", o.id.clone())]),
    post(Area::Citizen, "/api/documents/say", |_, o| {
        vec![("id", o.id.clone()), ("how", "later".to_owned()), ("words", "I morgen".to_owned())]
    }),
    page(Area::Staff, "/staff/documents/requests/{id}"),
    post(Area::Staff, "/api/staff/documents/paper", |portal, o| {
        of(o, day(portal, 0, ["on_day", "on_month", "on_year"]))
    }),
    post(Area::Staff, "/api/staff/documents/recall", |_, o| of(o, vec![])),
];

pub(super) const OF_A_DRAFT: [Route; 6] = [
    page(Area::Citizen, "/documents/send/{id}"),
    page(Area::Citizen, "/documents/send/{id}/files"),
    page(Area::Citizen, "/documents/send/{id}/check"),
    post(Area::Citizen, "/api/documents/keep", |_, o| {
        of(o, vec![("unit", "lyngmo".to_owned()), ("words", "Hei".to_owned())])
    }),
    post(Area::Citizen, "/api/documents/hand-in", |_, o| of(o, vec![])),
    post(Area::Citizen, "/api/documents/discard", |_, o| vec![("id", o.id.clone())]),
];

pub(super) const OF_A_CASE: [Route; 2] = [
    page(Area::Staff, "/staff/documents/ask/{id}"),
    post(Area::Staff, "/api/staff/documents/ask", |portal, o| {
        [vec![("id", o.id.clone())], wanted(portal, "work_school")].concat()
    }),
];

fn of(object: &Object, more: Fields) -> Fields {
    [vec![("id", object.id.clone()), ("version", object.version.to_string())], more].concat()
}

fn day(portal: &Portal, days: i64, [day, month, year]: [&'static str; 3]) -> Fields {
    let iso = portal.ctx.now().date().plus_days(days).iso();
    let parts: Vec<&str> = iso.split('-').collect();
    vec![(day, parts[2].to_owned()), (month, parts[1].to_owned()), (year, parts[0].to_owned())]
}

fn wanted(portal: &Portal, kind: &'static str) -> Fields {
    let key: FormKey = portal.ctx.chance.public();
    let mut form = day(portal, 9, ["due_day", "due_month", "due_year"]);
    form.extend([("key", key.to_string()), ("reason", "Fordi".to_owned())]);
    if !kind.is_empty() {
        form.push(("kind", kind.to_owned()));
    }
    form
}

fn asking(portal: &Portal) -> AskForm {
    let find = |name: &str| {
        let all = wanted(portal, "work_school").into_iter();
        all.filter(|(n, _)| *n == name).map(|(_, value)| value).next().unwrap_or_default()
    };
    AskForm {
        key: find("key"),
        version: String::new(),
        kind: find("kind"),
        due_day: find("due_day"),
        due_month: find("due_month"),
        due_year: find("due_year"),
        reason: find("reason"),
    }
}

/// Whether it is the wrong side of the portal for her.
fn elsewhere(who: Relation, route: &Route) -> bool {
    let citizen = matches!(who, Owner | CoParent | Relative | Applicant);
    who == SignedOut || citizen != (route.area == Area::Citizen)
}

fn cell(who: Relation, route: &Route, state: State) -> Cell {
    if elsewhere(who, route) {
        return SignIn;
    }
    match (who, route.path, state) {
        (Owner, "/documents/{id}/withdraw", Reading | TakenBack) => Leads,
        (Owner, "/api/documents/withdraw", Received) => Changes,
        (Owner, "/api/documents/withdraw", _) => Tells,
        (Owner, ..) => Opens,
        (Officer, _, TakenBack) => Nothing,
        (Officer, "/staff/documents/{id}", _) => Opens,
        (Officer, _, Reading) => Changes,
        // It has not been opened by whoever answers.
        (Officer, ..) => Tells,
        _ => Nothing,
    }
}

fn cell_of_a_request(who: Relation, route: &Route, recalled: bool) -> Cell {
    if elsewhere(who, route) {
        return SignIn;
    }
    match (who, route.form.is_some()) {
        (Owner | Officer, false) => Opens,
        (Owner | Officer, true) if recalled => Tells,
        (Owner | Officer, true) => Changes,
        _ => Nothing,
    }
}

/// What only this one may reach, all of it.
fn cell_of(this: Relation, who: Relation, route: &Route) -> Cell {
    match route.form {
        _ if elsewhere(who, route) => SignIn,
        None if who == this => Opens,
        Some(_) if who == this => Changes,
        _ => Nothing,
    }
}

async fn draft(portal: &Portal, all: &Everybody) -> Object {
    let (ctx, owner) = (&portal.ctx, all.citizen(portal, Owner).await);
    let id = documents::start(ctx, &owner, "letter", "").await.expect("a write").expect("begun");
    let typed = SendForm { unit: "lyngmo".into(), words: "Hei".into(), ..SendForm::default() };
    let known = documents::draft(ctx, &owner, &id).await.expect("a read").expect("hers").version;
    let version = documents::keep(ctx, &owner, &id, &typed, known).await.expect("a write").expect("kept");
    Object { id: id.to_string(), version, ..Object::default() }
}

async fn document(portal: &Portal, all: &Everybody, state: State) -> Object {
    let (ctx, owner) = (&portal.ctx, all.citizen(portal, Owner).await);
    let begun = draft(portal, all).await;
    let id = Public::parse(&begun.id).expect("an id");
    let handed = documents::hand_in(ctx, &owner, &id, begun.version, &[]).await;
    let id: Public<DocumentRow> = handed.expect("a write").expect("handed in");
    let version = match state {
        Received => 1,
        Reading => {
            let officer = all.staff(portal, Officer).await;
            documents::opened(ctx, &officer, &id).await.expect("a read").expect("hers").version
        }
        TakenBack => {
            documents::take_back(ctx, &owner, &id).await.expect("a write").expect("taken back");
            2
        }
    };
    Object { id: id.to_string(), version, ..Object::default() }
}

async fn request(portal: &Portal, all: &Everybody, case: &str, recalled: bool) -> Object {
    let (ctx, officer) = (&portal.ctx, all.staff(portal, Officer).await);
    let asked = documents::ask(ctx, &officer, case, &asking(portal)).await;
    let id: Public<RequestRow> = asked.expect("a write").expect("asked");
    if recalled {
        documents::recall(ctx, &officer, &id, 1).await.expect("a write").expect("recalled");
    }
    Object { id: id.to_string(), version: if recalled { 2 } else { 1 }, ..Object::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_a_document_is_there_for_her_and_for_those_who_work_on_it_in_every_state() {
    let portal = Portal::start_standing().await;
    let all = Everybody::of(&portal).await;
    let mut wrong = Vec::new();
    for state in [Received, Reading, TakenBack] {
        let shared = document(&portal, &all, state).await;
        for (who, _) in RELATIONS {
            for route in &OF_A_DOCUMENT {
                let cell = cell(who, route, state);
                let own = if cell == Changes { Some(document(&portal, &all, state).await) } else { None };
                let object = own.as_ref().unwrap_or(&shared);
                if let Err(told) = tried(&portal, &all, (who, route, object), cell).await {
                    wrong.push(format!("{state:?} {who:?} {}: not {cell:?}: {told}", route.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_a_request_is_there_for_whom_it_is_asked_of_and_for_those_who_ask() {
    let portal = Portal::start_standing().await;
    let all = Everybody::of(&portal).await;
    let case = sent(&portal, &all.citizen(&portal, Owner).await).await.to_string();
    let mut wrong = Vec::new();
    for recalled in [false, true] {
        let shared = request(&portal, &all, &case, recalled).await;
        for (who, _) in RELATIONS {
            for route in &OF_A_REQUEST {
                let cell = cell_of_a_request(who, route, recalled);
                let own =
                    if cell == Changes { Some(request(&portal, &all, &case, recalled).await) } else { None };
                let object = own.as_ref().unwrap_or(&shared);
                if let Err(told) = tried(&portal, &all, (who, route, object), cell).await {
                    wrong.push(format!("{recalled} {who:?} {}: not {cell:?}: {told}", route.path));
                }
            }
        }
    }
    let object = Object { id: case, ..Object::default() };
    for (who, _) in RELATIONS {
        for route in &OF_A_CASE {
            let cell = cell_of(Officer, who, route);
            if let Err(told) = tried(&portal, &all, (who, route, &object), cell).await {
                wrong.push(format!("{who:?} {}: not {cell:?}: {told}", route.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_what_she_puts_together_is_hers_alone() {
    let portal = Portal::start_standing().await;
    let all = Everybody::of(&portal).await;
    let mut wrong = Vec::new();
    // The owner comes last: she hands it in, and throws another away.
    for (who, _) in RELATIONS.into_iter().rev() {
        for route in &OF_A_DRAFT {
            let object = draft(&portal, &all).await;
            let cell = cell_of(Owner, who, route);
            if let Err(told) = tried(&portal, &all, (who, route, &object), cell).await {
                wrong.push(format!("{who:?} {}: not {cell:?}: {told}", route.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
