//! A person's conversation with her case officers.

use backend::messages::{FormKey, ThreadRow, officer};
use domain::{
    kernel::Public,
    messages::{AnswerForm, ThreadForm},
};

use super::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Waiting,
    Answered,
    Closed,
}

use State::{Answered, Closed, Waiting};

pub(super) const ROUTES: [Route; 8] = [
    page(Area::Citizen, "/messages/{id}"),
    post(Area::Citizen, "/api/messages/write", |p, o| written(p, o, "words")),
    post(Area::Citizen, "/api/messages/close", |_, o| vec![("id", o.id.clone())]),
    post(Area::Citizen, "/api/messages/discard", |_, o| vec![("id", o.id.clone())]),
    page(Area::Staff, "/staff/messages/{id}"),
    post(Area::Staff, "/api/staff/messages/answer", |p, o| {
        [written(p, o, "words"), vec![("version", o.version.to_string())]].concat()
    }),
    post(Area::Staff, "/api/staff/messages/note", |p, o| written(p, o, "note")),
    post(Area::Staff, "/api/staff/messages/step", |_, o| {
        vec![("id", o.id.clone()), ("version", o.version.to_string()), ("step", "take".to_owned())]
    }),
];

fn written(portal: &Portal, o: &Object, name: &'static str) -> Fields {
    let key: FormKey = portal.ctx.chance.public();
    vec![("id", o.id.clone()), ("key", key.to_string()), (name, "Et ord.".to_owned())]
}

fn cell(who: Relation, route: &Route, state: State) -> Cell {
    let citizen = matches!(who, Owner | CoParent | Relative | Applicant);
    if who == SignedOut || citizen != (route.area == Area::Citizen) {
        return SignIn;
    }
    match (who, route.path, state) {
        (Owner, "/messages/{id}", _) | (Officer, "/staff/messages/{id}", _) => Opens,
        // Writing in one that has ended takes it up again.
        (Owner, "/api/messages/write", _) => Changes,
        (Owner, "/api/messages/close", Closed) | (Owner, "/api/messages/discard", _) => Tells,
        (Owner, ..) => Changes,
        (Officer, "/api/staff/messages/answer", Closed) => Tells,
        (Officer, ..) => Changes,
        _ => Nothing,
    }
}

async fn built(portal: &Portal, all: &Everybody, state: State) -> Object {
    let ctx = &portal.ctx;
    let key = || {
        let key: FormKey = ctx.chance.public();
        key.to_string()
    };
    let (unit, topic, words) = ("lyngmo".to_owned(), "other".to_owned(), "Et spørsmål.".to_owned());
    let form = ThreadForm { key: key(), unit, topic, words, ..ThreadForm::default() };
    let owner = all.citizen(portal, Owner).await;
    let id: Public<ThreadRow> = officer::begin(ctx, &owner, &form).await.expect("a write").expect("sent");
    if state != Waiting {
        let close = if state == Closed { "1".to_owned() } else { String::new() };
        let (version, words) = ("1".to_owned(), "Et svar.".to_owned());
        let form = AnswerForm { key: key(), words, version, close, ..AnswerForm::default() };
        let officer = all.staff(portal, Officer).await;
        officer::answer(ctx, &officer, &id, &form).await.expect("a write").expect("answered");
    }
    Object { id: id.to_string(), version: if state == Waiting { 1 } else { 2 }, ..Object::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_a_conversation_is_there_for_her_and_her_officers_in_every_state() {
    let portal = Portal::start_standing().await;
    let all = Everybody::of(&portal).await;
    let (mut wrong, mut cells) = (Vec::new(), 0);
    for state in [Waiting, Answered, Closed] {
        let shared = built(&portal, &all, state).await;
        for (who, _) in RELATIONS {
            for route in &ROUTES {
                let cell = cell(who, route, state);
                let own = if cell == Changes { Some(built(&portal, &all, state).await) } else { None };
                let object = own.as_ref().unwrap_or(&shared);
                if let Err(told) = tried(&portal, &all, (who, route, object), cell).await {
                    wrong.push(format!("{state:?} {who:?} {}: not {cell:?}: {told}", route.path));
                }
                cells += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells}:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(cells, 3 * RELATIONS.len() * ROUTES.len());
}
