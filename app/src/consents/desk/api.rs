//! The desk's posts. Each parses, carries out and leads to the case; what is refused is kept sealed and shown there again.

use backend::{
    consents::{self, CaseMark, Change},
    wiring::{self, TheHouse},
};
use domain::{consents::Dwelling, kernel::Public};
use leptos::prelude::*;

use super::{
    forms::{
        ADD, AddPost, CLOSE, ClosePost, FACTS, FactsPost, OPEN, OpenPost, PARENT, PERSON, ParentPost,
        PersonPost, WITHOUT, WithoutPost,
    },
    parts::{Answer, CHILDREN, Desk, hidden, officer},
};
use crate::{appeals::fields::Fields, error::WireError, identity::here::failed, request, routes};

#[server(endpoint = "staff/homes/open")]
pub async fn open_home(#[server(flatten)] form: OpenPost) -> Answer {
    let desk = officer()?;
    let (fields, key) = (form.fields(), form.key.clone());
    match consents::open(&desk.ctx, &desk.who, &key, &form.read()).await.map_err(failed)? {
        Ok(case) => request::redirect(&routes::staff_home(&case)),
        Err(undone) => return desk.again(OPEN, routes::STAFF_HOMES_NEW, (fields, "name"), undone).await,
    }
    Ok(())
}

#[server(endpoint = "staff/homes/add")]
pub async fn add_to_home(#[server(flatten)] form: AddPost) -> Answer {
    let (desk, case) = about(&form.id)?;
    let fields = form.fields();
    let done = consents::add(&desk.ctx, &desk.who, &case, &form.read(), TheHouse).await.map_err(failed)?;
    desk.answer(ADD, &case, (fields, "number"), done).await
}

#[server(endpoint = "staff/homes/facts")]
pub async fn see_home(#[server(flatten)] form: FactsPost) -> Answer {
    let dwelling = Dwelling::parse(&form.dwelling).ok_or_else(malformed)?;
    let children = CHILDREN.into_iter().find(|code| *code == form.children).ok_or_else(malformed)?;
    step(FACTS, &form.id, &form.version, Change::Facts { dwelling, children }).await
}

#[server(endpoint = "staff/homes/person")]
pub async fn change_person(#[server(flatten)] form: PersonPost) -> Answer {
    let person = Public::parse(&form.person).ok_or_else(hidden)?;
    let change = match form.then.as_str() {
        "talked" => Change::Talked(person),
        "removed" => Change::Removed(person),
        _ => return Err(malformed()),
    };
    step(PERSON, &form.id, &form.version, change).await
}

#[server(endpoint = "staff/homes/close")]
pub async fn close_home(#[server(flatten)] form: ClosePost) -> Answer {
    step(CLOSE, &form.id, &form.version, Change::Over).await
}

#[server(endpoint = "staff/homes/without")]
pub async fn decide_without(#[server(flatten)] form: WithoutPost) -> Answer {
    let (desk, case) = about(&form.id)?;
    let version = form.version.parse().map_err(|_| malformed())?;
    let fields = Fields::new([("id", form.id.clone()), ("reason", form.reason.clone())]);
    let change = Change::Without { reason: form.reason };
    let done = consents::change(&desk.ctx, &desk.who, &case, version, change, TheHouse).await;
    desk.answer(WITHOUT, &case, (fields, "reason"), done.map_err(failed)?).await
}

#[server(endpoint = "staff/children/parent")]
pub async fn ask_other_parent(#[server(flatten)] form: ParentPost) -> Answer {
    let (desk, clearance) = (officer()?, Public::parse(&form.id).ok_or_else(hidden)?);
    let (fields, key) = (form.fields(), form.key.clone());
    let asked = wiring::ask_parent(&desk.ctx, &desk.who, &key, &clearance, &form.read()).await;
    match asked.map_err(failed)? {
        Ok(case) => request::redirect(&routes::staff_home(&case)),
        Err(undone) => {
            return desk
                .again(PARENT, &routes::staff_child_parent(&clearance), (fields, "number"), undone)
                .await;
        }
    }
    Ok(())
}

fn malformed() -> WireError {
    WireError::Malformed.answered()
}

fn about(id: &str) -> Result<(Desk, Public<CaseMark>), WireError> {
    Ok((officer()?, Public::parse(id).ok_or_else(hidden)?))
}

async fn step(form: &'static str, id: &str, version: &str, change: Change) -> Answer {
    let (desk, case) = about(id)?;
    let version = version.parse().map_err(|_| malformed())?;
    let done =
        consents::change(&desk.ctx, &desk.who, &case, version, change, TheHouse).await.map_err(failed)?;
    desk.answer(form, &case, (Fields::new([("id", id.to_owned())]), "version"), done).await
}
