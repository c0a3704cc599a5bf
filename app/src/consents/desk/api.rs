//! The desk's posts. Each parses, carries out and leads to the case; what is refused is kept sealed and shown there again.

use backend::consents::{self, Change, HomeMark};
use domain::{consents::Dwelling, kernel::Public};
use leptos::prelude::*;

use super::{
    forms::{ADD, AddPost, CLOSE, ClosePost, FACTS, FactsPost, OPEN, OpenPost, PERSON, PersonPost},
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
    let done = consents::add(&desk.ctx, &desk.who, &case, &form.read()).await.map_err(failed)?;
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

fn malformed() -> WireError {
    WireError::Malformed.answered()
}

fn about(id: &str) -> Result<(Desk, Public<HomeMark>), WireError> {
    Ok((officer()?, Public::parse(id).ok_or_else(hidden)?))
}

async fn step(form: &'static str, id: &str, version: &str, change: Change) -> Answer {
    let (desk, case) = about(id)?;
    let version = version.parse().map_err(|_| malformed())?;
    let done = consents::change(&desk.ctx, &desk.who, &case, version, change).await.map_err(failed)?;
    desk.answer(form, &case, (Fields::new([("id", id.to_owned())]), "version"), done).await
}
