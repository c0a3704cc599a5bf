//! The officer's answers to what a lawyer declared. What is refused is kept sealed and shown on the same page again.

use backend::{
    custody::inmates::Inmate,
    identity::appointed::{self, AppointedMark},
};
use domain::{
    identity::DeclaredRefusal,
    kernel::Public,
    messages::{ConfirmForm, RefuseForm},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::parts::{Desk, Done, officer};
use crate::{
    error::WireError,
    forms::Row,
    identity::here::failed,
    messages::{appointed::faulty, kept::Kept},
    request, routes,
};

/// Where each form is sent; what is refused of any of them is kept under the first.
pub(super) const CONFIRM: &str = "staff/mandates/declared/confirm";
pub(super) const REFUSE: &str = "staff/mandates/declared/refuse";
pub(super) const PASS: &str = "staff/mandates/declared/pass";

/// The names that each server function takes.
pub const DECLARED_FORMS: &[Row] = &[
    (CONFIRM, &["id", "inmate", "kind", "valid_to_day", "valid_to_month", "valid_to_year"]),
    (REFUSE, &["id", "why"]),
    (PASS, &["id", "to"]),
];

type Id = Public<AppointedMark>;

fn hidden() -> WireError {
    WireError::Hidden.answered()
}

fn posting(id: &str) -> Result<(Desk, Id), WireError> {
    Ok((officer()?, Public::parse(id).ok_or_else(hidden)?))
}

/// To where it stands; or to the same form with what was typed and what is wrong.
async fn answer(desk: &Desk, id: &Id, kept: Kept, field: &str, done: appointed::Done) -> Done {
    let path = routes::staff_declared(id);
    match done {
        Ok(()) => request::redirect(&path),
        Err(DeclaredRefusal::Hidden) => return Err(hidden()),
        Err(refusal) => return desk.lead(CONFIRM, kept.wrong(field, refusal.code()), &path).await,
    }
    Ok(())
}

/// What is wrong with a form is told to nobody whom it is not there for.
async fn again(desk: &Desk, id: &Id, kept: Kept) -> Done {
    appointed::opened(&desk.ctx, &desk.who, id).await.map_err(failed)?.ok_or_else(hidden)?;
    desk.lead(CONFIRM, kept, &routes::staff_declared(id)).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ConfirmPost {
    id: String,
    inmate: String,
    kind: String,
    valid_to_day: String,
    valid_to_month: String,
    valid_to_year: String,
}

impl ConfirmPost {
    fn kept(&self) -> Kept {
        Kept::new([
            ("id", self.id.clone()),
            ("inmate", self.inmate.clone()),
            ("kind", self.kind.clone()),
            ("valid_to_day", self.valid_to_day.clone()),
            ("valid_to_month", self.valid_to_month.clone()),
            ("valid_to_year", self.valid_to_year.clone()),
        ])
    }

    fn read(&self) -> ConfirmForm {
        let valid_to = [&self.valid_to_day, &self.valid_to_month, &self.valid_to_year].map(Clone::clone);
        ConfirmForm { inmate: self.inmate.clone(), kind: self.kind.clone(), valid_to }
    }
}

#[server(endpoint = "staff/mandates/declared/confirm")]
pub async fn confirm_declared(#[server(flatten)] form: ConfirmPost) -> Done {
    let (desk, id) = posting(&form.id)?;
    let (inmate, kind, to) = match form.read().parse(desk.page.now.date()) {
        Ok(parsed) => parsed,
        Err(errors) => return again(&desk, &id, faulty(form.kept(), &errors)).await,
    };
    let inmate: Public<Inmate> = Public::parse(&inmate).ok_or_else(hidden)?;
    let done = appointed::confirm(&desk.ctx, &desk.who, &id, &inmate, (kind, to)).await.map_err(failed)?;
    answer(&desk, &id, form.kept(), "inmate", done).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RefusePost {
    id: String,
    why: String,
}

#[server(endpoint = "staff/mandates/declared/refuse")]
pub async fn refuse_declared(#[server(flatten)] form: RefusePost) -> Done {
    let (desk, id) = posting(&form.id)?;
    let kept = Kept::new([("id", form.id), ("why", form.why.clone())]);
    let why = match (RefuseForm { why: form.why }).parse() {
        Ok(why) => why,
        Err(errors) => return again(&desk, &id, faulty(kept, &errors)).await,
    };
    let done = appointed::refuse(&desk.ctx, &desk.who, &id, why).await.map_err(failed)?;
    answer(&desk, &id, kept, "why", done).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PassPost {
    id: String,
    to: String,
}

/// Passed on it is another unit's, so it leads to the list of work.
#[server(endpoint = "staff/mandates/declared/pass")]
pub async fn pass_declared(#[server(flatten)] form: PassPost) -> Done {
    let (desk, id) = posting(&form.id)?;
    let kept = Kept::new([("id", form.id), ("to", form.to.clone())]);
    let done = appointed::pass(&desk.ctx, &desk.who, &id, &form.to).await.map_err(failed)?;
    if done.is_ok() {
        request::redirect(routes::STAFF_WORK);
        return Ok(());
    }
    answer(&desk, &id, kept, "to", done).await
}
