//! The posts of an organisation's own people: asking to meet somebody, taking that back, naming one more, and ending it.

use backend::visits::organisations::{self, Adder};
use domain::{
    kernel::Public,
    visits::organisations::{AskForm, Organisation, OrganisationPerson, OrganisationTask, PersonForm},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::parts::{Done, hidden, keep_for, parsed};
use crate::{
    appeals::fields::Fields,
    forms::Row,
    request, routes,
    visits::{failed, here},
};

pub(super) const ASK: &str = "my/organisations/ask";
pub(super) const WITHDRAW: &str = "my/organisations/withdraw";
pub(super) const ADD: &str = "my/organisations/people/add";
pub(super) const END: &str = "my/organisations/people/end";

/// The names that each form sends.
pub const FORMS: &[Row] = &[
    (ASK, &["public", "key", "unit", "name", "born_day", "born_month", "born_year", "why"]),
    (WITHDRAW, &["public", "task"]),
    (ADD, &["public", "name", "number", "to_day", "to_month", "to_year"]),
    (END, &["public", "person"]),
];

#[server(endpoint = "my/organisations/ask")]
pub async fn ask_to_meet(#[server(flatten)] form: AskForm) -> Done {
    let here = here().ok_or_else(hidden)?;
    let (of, key): (Public<Organisation>, Public<OrganisationTask>) =
        (parsed(&form.public)?, parsed(&form.key)?);
    let asked = organisations::ask(&here.ctx, &here.who, (&of, &key), &form).await.map_err(failed)?;
    let Err(errors) = asked.map_err(|_| hidden())? else {
        request::redirect(&format!("{}?done=asked", routes::my_organisation(&of)));
        return Ok(());
    };
    let AskForm { key, unit, name, born_day, born_month, born_year, why, .. } = form;
    let typed = Fields::new([
        ("key", key),
        ("unit", unit),
        ("name", name),
        ("born_day", born_day),
        ("born_month", born_month),
        ("born_year", born_year),
        ("why", why),
    ]);
    keep_for(&here, (ASK, &routes::my_organisation_ask(&of)), typed, &errors).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskPost {
    public: String,
    task: String,
}

/// Whatever came of it, the page says so.
#[server(endpoint = "my/organisations/withdraw")]
pub async fn ask_no_more(#[server(flatten)] form: TaskPost) -> Done {
    let here = here().ok_or_else(hidden)?;
    let (of, task): (Public<Organisation>, Public<OrganisationTask>) =
        (parsed(&form.public)?, parsed(&form.task)?);
    let done = organisations::withdraw(&here.ctx, &here.who, &task).await.map_err(failed)?;
    let said = if done { "?done=withdrawn" } else { "" };
    request::redirect(&format!("{}{said}", routes::my_organisation(&of)));
    Ok(())
}

/// What was typed of one more of its people.
pub(super) fn typed(form: PersonForm) -> Fields {
    let PersonForm { name, number, to_day, to_month, to_year, .. } = form;
    Fields::new([
        ("name", name),
        ("number", number),
        ("to_day", to_day),
        ("to_month", to_month),
        ("to_year", to_year),
    ])
}

#[server(endpoint = "my/organisations/people/add")]
pub async fn add_person(#[server(flatten)] form: PersonForm) -> Done {
    let here = here().ok_or_else(hidden)?;
    let of: Public<Organisation> = parsed(&form.public)?;
    let by = Adder::Lead(here.who.clone());
    let added = organisations::add(&here.ctx, &by, &of, &form).await.map_err(failed)?;
    match added.map_err(|_| hidden())? {
        Ok(()) => request::redirect(&format!("{}?done=added", routes::my_organisation(&of))),
        Err(errors) => {
            let path = routes::my_organisation_people(&of);
            return keep_for(&here, (ADD, &path), typed(form), &errors).await;
        }
    }
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonPost {
    pub public: String,
    pub person: String,
}

#[server(endpoint = "my/organisations/people/end")]
pub async fn end_person(#[server(flatten)] form: PersonPost) -> Done {
    let here = here().ok_or_else(hidden)?;
    let (of, person): (Public<Organisation>, Public<OrganisationPerson>) =
        (parsed(&form.public)?, parsed(&form.person)?);
    let by = Adder::Lead(here.who.clone());
    let done = organisations::end_person(&here.ctx, &by, &of, &person).await.map_err(failed)?;
    let said = if done.map_err(|_| hidden())? { "?done=ended" } else { "" };
    request::redirect(&format!("{}{said}", routes::my_organisation(&of)));
    Ok(())
}
