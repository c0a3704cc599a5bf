//! Her posts: an appointment is declared, or taken back. What is not hers leads to the page of what is not there.

use backend::{
    form_try,
    identity::appointed::{self, AppointedMark, FormKey},
};
use domain::{
    access::Level,
    identity::DeclaredRefusal,
    kernel::Public,
    messages::{AppointedForm, FormErrors},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    error::WireError,
    forms::Row,
    identity::here::{Here, failed, here},
    messages::kept::Kept,
    request, routes,
};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const DECLARE: &str = "my/clients/appointed";
pub(super) const WITHDRAW: &str = "my/clients/appointed/withdraw";

/// The names each form here sends.
pub const FORMS: &[Row] = &[
    (
        DECLARE,
        &[
            "key",
            "name",
            "birth_day",
            "birth_month",
            "birth_year",
            "court",
            "case_number",
            "from_day",
            "from_month",
            "from_year",
            "declared",
        ],
    ),
    (WITHDRAW, &["id"]),
];

type Done = Result<(), WireError>;

fn hidden() -> WireError {
    WireError::Hidden.answered()
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DeclarePost {
    key: String,
    name: String,
    birth_day: String,
    birth_month: String,
    birth_year: String,
    court: String,
    case_number: String,
    from_day: String,
    from_month: String,
    from_year: String,
    declared: String,
}

impl DeclarePost {
    fn kept(&self) -> Kept {
        Kept::new([
            ("key", self.key.clone()),
            ("name", self.name.clone()),
            ("birth_day", self.birth_day.clone()),
            ("birth_month", self.birth_month.clone()),
            ("birth_year", self.birth_year.clone()),
            ("court", self.court.clone()),
            ("case_number", self.case_number.clone()),
            ("from_day", self.from_day.clone()),
            ("from_month", self.from_month.clone()),
            ("from_year", self.from_year.clone()),
            ("declared", self.declared.clone()),
        ])
    }

    fn read(&self) -> AppointedForm {
        let date = |day: &str, month: &str, year: &str| [day, month, year].map(str::to_owned);
        AppointedForm {
            name: self.name.clone(),
            birth: date(&self.birth_day, &self.birth_month, &self.birth_year),
            court: self.court.clone(),
            case_number: self.case_number.clone(),
            from: date(&self.from_day, &self.from_month, &self.from_year),
            declared: self.declared.clone(),
        }
    }
}

#[server(endpoint = "my/clients/appointed")]
pub async fn declare_appointed(#[server(flatten)] form: DeclarePost) -> Done {
    let here = here().filter(|here| here.who.level >= Level::High).ok_or_else(hidden)?;
    let key: FormKey = Public::parse(&form.key).ok_or_else(hidden)?;
    let declared = match form.read().parse(here.page.now.date()) {
        Ok(declared) => declared,
        Err(errors) => return back(&here, faulty(form.kept(), &errors)).await,
    };
    match appointed::send(&here.ctx, &here.who, &key, &declared).await.map_err(failed)? {
        Ok(sent) => {
            request::redirect(&routes::my_appointed(&sent));
            Ok(())
        }
        Err(DeclaredRefusal::Hidden) => Err(hidden()),
        Err(refusal) => back(&here, form.kept().wrong("declared", refusal.code())).await,
    }
}

/// Each fault at its field.
pub(in crate::messages) fn faulty(kept: Kept, errors: &FormErrors) -> Kept {
    kept.refused(&backend::messages::Unsent::Fields(errors.clone()), "")
}

async fn back(here: &Here, kept: Kept) -> Done {
    let key = form_try::keep(&here.ctx, &here.actor(), DECLARE, kept.kept()).await.map_err(failed)?;
    request::redirect(&routes::with_try(routes::MY_APPOINTED, &key));
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WithdrawPost {
    id: String,
}

/// Whatever came of it, its own page says where it stands.
#[server(endpoint = "my/clients/appointed/withdraw")]
pub async fn withdraw_appointed(#[server(flatten)] form: WithdrawPost) -> Done {
    let here = here().ok_or_else(hidden)?;
    let id: Public<AppointedMark> = Public::parse(&form.id).ok_or_else(hidden)?;
    let done = appointed::withdraw(&here.ctx, &here.who, &id).await.map_err(failed)?;
    if done == Err(DeclaredRefusal::Hidden) {
        return Err(hidden());
    }
    request::redirect(&routes::my_appointed(&id));
    Ok(())
}
