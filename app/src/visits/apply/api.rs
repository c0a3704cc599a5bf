//! The posts of an application. Each parses, keeps the answer and leads on; what is refused is kept sealed and
//! shown on the same page again. Where it leads is always the first question without an answer.

use backend::{
    form_try::{self, FormTry},
    identity::contacts,
    visits::clearance::{self, Again, Unfiled},
};
use domain::{
    kernel::Public,
    visits::clearance::{
        Answer, Child, Draft, Step,
        forms::{ChildForm, ContactForm, FormErrors, NeedsForm, PoliceForm, RelationForm, WhomForm},
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::fields::{Typed, children, form_name, typed};
use crate::{
    error::WireError,
    forms::Row,
    identity::here::prove,
    request, routes,
    visits::{Here, failed, here},
};

/// The names each form here sends.
pub const FORMS: &[Row] = &[
    ("visits/apply/whom", &["name", "birth_day", "birth_month", "birth_year", "number"]),
    ("visits/apply/relation", &["relation"]),
    ("visits/apply/contact", &["email", "phone"]),
    ("visits/apply/children", &["name", "birth_day", "birth_month", "birth_year", "then"]),
    ("visits/apply/children/remove", &["index", "name", "birth"]),
    ("visits/apply/needs", &["needs[]", "language", "note"]),
    ("visits/apply/police", &["read"]),
    ("visits/apply/submit", &[]),
    ("visits/apply/discard", &[]),
    ("visits/apply/again", &["public"]),
];

/// An application that came to nothing, corrected and sent again.
pub(in crate::visits) const AGAIN: &str = "again";

/// What one posts to.
pub fn action(endpoint: &str) -> String {
    format!("/api/visits/apply/{endpoint}")
}

type Done = Result<(), WireError>;

#[server(endpoint = "visits/apply/whom")]
pub async fn answer_whom(#[server(flatten)] form: WhomForm) -> Done {
    let here = signed_in()?;
    let values = typed(&[
        ("name", &form.name),
        ("birth_day", &form.birth_day),
        ("birth_month", &form.birth_month),
        ("birth_year", &form.birth_year),
        ("number", &form.number),
    ]);
    let parsed = form.parse(here.page.now.date());
    take(&here, Step::Whom, values, parsed).await
}

#[server(endpoint = "visits/apply/relation")]
pub async fn answer_relation(#[server(flatten)] form: RelationForm) -> Done {
    let here = signed_in()?;
    let values = typed(&[("relation", &form.relation)]);
    take(&here, Step::Relation, values, form.parse()).await
}

#[server(endpoint = "visits/apply/contact")]
pub async fn answer_contact(#[server(flatten)] form: ContactForm) -> Done {
    let here = signed_in()?;
    let values = typed(&[("email", &form.email), ("phone", &form.phone)]);
    let parsed = form.parse();
    if let Ok(Answer::Contact(contact)) = &parsed {
        let may = contacts::may_change(&here.ctx, &here.who, &contact.email, &contact.phone);
        if may.await.map_err(failed)?.is_err() {
            let content = FormTry { values, errors: vec![] };
            let page = routes::apply(Step::Contact.code());
            return prove(&here, form_name(Step::Contact), &page, &content).await;
        }
    }
    take(&here, Step::Contact, values, parsed).await
}

/// A child as posted, and what to do then: `add` another or go `on`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChildPost {
    name: String,
    birth_day: String,
    birth_month: String,
    birth_year: String,
    then: String,
}

#[server(endpoint = "visits/apply/children")]
pub async fn answer_children(#[server(flatten)] form: ChildPost) -> Done {
    let here = signed_in()?;
    let on = form.then == "on";
    let ChildPost { name, birth_day, birth_month, birth_year, .. } = form;
    let child = ChildForm { name, birth_day, birth_month, birth_year };
    let so_far = children(&draft(&here).await?);
    if on && child == ChildForm::default() {
        return no_more_children(&here, so_far).await;
    }
    let values = typed(&[
        ("name", &child.name),
        ("birth_day", &child.birth_day),
        ("birth_month", &child.birth_month),
        ("birth_year", &child.birth_year),
    ]);
    match child.parse(here.page.now.date(), so_far.as_ref().map_or(0, Vec::len)) {
        Ok(child) => add_child(&here, so_far, child, on).await,
        Err(errors) => refused(&here, Step::Children, values, errors).await,
    }
}

/// Going on without a child is an answer too.
async fn no_more_children(here: &Here, so_far: Option<Vec<Child>>) -> Done {
    if so_far.is_none() {
        clearance::answer(&here.ctx, &here.who, Answer::Children(vec![])).await.map_err(failed)?;
    }
    onwards(here).await
}

/// The same child named twice, as by a double click, stays one.
async fn add_child(here: &Here, so_far: Option<Vec<Child>>, child: Child, on: bool) -> Done {
    if !so_far.unwrap_or_default().contains(&child) {
        clearance::add_child(&here.ctx, &here.who, child).await.map_err(failed)?;
    }
    if on {
        return onwards(here).await;
    }
    request::redirect(&routes::apply(Step::Children.code()));
    Ok(())
}

/// Which child: its place, and who stands there, so that a second click takes nobody else off.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RemovePost {
    index: String,
    name: String,
    birth: String,
}

#[server(endpoint = "visits/apply/children/remove")]
pub async fn remove_child(#[server(flatten)] form: RemovePost) -> Done {
    let here = signed_in()?;
    let so_far = children(&draft(&here).await?).unwrap_or_default();
    let index = form.index.parse().unwrap_or(usize::MAX);
    let meant = |child: &Child| child.name == form.name && child.birth_date.iso() == form.birth;
    if so_far.get(index).is_some_and(meant) {
        clearance::remove_child(&here.ctx, &here.who, index).await.map_err(failed)?;
    }
    request::redirect(&routes::apply(Step::Children.code()));
    Ok(())
}

#[server(endpoint = "visits/apply/needs")]
pub async fn answer_needs(#[server(flatten)] form: NeedsForm) -> Done {
    let here = signed_in()?;
    let needs = form.needs.join(" ");
    let values = typed(&[("needs", &needs), ("language", &form.language), ("note", &form.note)]);
    take(&here, Step::Needs, values, form.parse()).await
}

#[server(endpoint = "visits/apply/police")]
pub async fn answer_police(#[server(flatten)] form: PoliceForm) -> Done {
    let here = signed_in()?;
    take(&here, Step::Police, typed(&[]), form.parse()).await
}

#[server(endpoint = "visits/apply/submit")]
pub async fn submit() -> Done {
    let here = signed_in()?;
    let sent = clearance::submit(&here.ctx, &here.who, here.locale()).await.map_err(failed)?;
    request::redirect(&match sent {
        Ok(public) => routes::apply_receipt(&public),
        Err(Unfiled::Waits(step)) => routes::apply(step.code()),
        Err(Unfiled::Unproved) => routes::prove_yourself(&routes::apply("check")),
    });
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AgainPost {
    public: String,
}

#[server(endpoint = "visits/apply/again")]
pub async fn apply_again(#[server(flatten)] form: AgainPost) -> Done {
    let here = signed_in()?;
    let public = Public::parse(&form.public).ok_or_else(|| WireError::Malformed.answered())?;
    match clearance::again(&here.ctx, &here.who, &public).await.map_err(failed)? {
        Some(Again::Begun) => request::redirect(&routes::apply(Step::Whom.code())),
        Some(Again::UnderWay) => request::redirect(routes::APPLY),
        None => request::redirect(&routes::clearance(&public)),
    }
    Ok(())
}

#[server(endpoint = "visits/apply/discard")]
pub async fn discard() -> Done {
    let here = signed_in()?;
    clearance::discard(&here.ctx, &here.who).await.map_err(failed)?;
    request::redirect(&format!("{}?done=discarded", routes::VISITS));
    Ok(())
}

/// The identify layer has turned everybody else away already; this is the second look.
fn signed_in() -> Result<Here, WireError> {
    here().ok_or_else(|| WireError::Hidden.answered())
}

async fn draft(here: &Here) -> Result<Draft, WireError> {
    clearance::draft(&here.ctx, &here.who).await.map_err(failed)
}

async fn take(here: &Here, step: Step, values: Typed, parsed: Result<Answer, FormErrors>) -> Done {
    match parsed {
        Ok(answer) => {
            clearance::answer(&here.ctx, &here.who, answer).await.map_err(failed)?;
            onwards(here).await
        }
        Err(errors) => refused(here, step, values, errors).await,
    }
}

async fn onwards(here: &Here) -> Done {
    let next = draft(here).await?.next();
    request::redirect(&next.map_or_else(|| routes::apply("check"), |step| routes::apply(step.code())));
    Ok(())
}

async fn refused(here: &Here, step: Step, values: Typed, errors: FormErrors) -> Done {
    let error = |e: domain::visits::clearance::forms::FieldError| form_try::FieldError {
        field: e.field.to_owned(),
        code: e.code.to_owned(),
    };
    let content = FormTry { values, errors: errors.into_iter().map(error).collect() };
    let key = form_try::keep(&here.ctx, &here.actor(), form_name(step), &content).await.map_err(failed)?;
    request::redirect(&routes::with_try(&routes::apply(step.code()), &key));
    Ok(())
}
