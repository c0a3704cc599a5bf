//! The post of whoever is worried, which nobody has to be signed in for, and the two of the duty desk.

use std::sync::Arc;

use backend::{
    ctx::{Actor, Ctx},
    form_try,
    messages::{
        Unsent,
        worry::{self, Step},
    },
};
use domain::{
    kernel::Public,
    messages::{Refusal, WorryForm, may_take_worries},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    error::WireError,
    forms::Row,
    identity::here::{failed, staff},
    messages::kept::Kept,
    request::{self, Page},
    routes,
};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const TELL: &str = "worried";
pub(super) const ACT: &str = "staff/worried";

/// The names that each server function takes.
pub const FORMS: &[Row] = &[
    (TELL, &["key", "unit", "name", "birth_day", "birth_month", "birth_year", "words", "contact"]),
    (ACT, &["id", "step"]),
];

type Done = Result<(), WireError>;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WorriedPost {
    key: String,
    unit: String,
    name: String,
    birth_day: String,
    birth_month: String,
    birth_year: String,
    words: String,
    contact: String,
}

impl WorriedPost {
    fn kept(&self) -> Kept {
        Kept::new([
            ("key", self.key.clone()),
            ("unit", self.unit.clone()),
            ("name", self.name.clone()),
            ("birth_day", self.birth_day.clone()),
            ("birth_month", self.birth_month.clone()),
            ("birth_year", self.birth_year.clone()),
            ("words", self.words.clone()),
            ("contact", self.contact.clone()),
        ])
    }

    /// What stays of it once it is sent: which unit's telephone the page shows.
    fn done(&self) -> Kept {
        Kept::new([("unit", self.unit.clone()), ("done", "sent".to_owned())])
    }

    fn read(&self) -> WorryForm {
        WorryForm {
            key: self.key.clone(),
            unit: self.unit.clone(),
            name: self.name.clone(),
            birth: [self.birth_day.clone(), self.birth_month.clone(), self.birth_year.clone()],
            words: self.words.clone(),
            contact: self.contact.clone(),
        }
    }
}

/// Whoever is signed in is not written down: she says who she is if she wants to.
#[server(endpoint = "worried")]
pub async fn tell_worry(#[server(flatten)] form: WorriedPost) -> Done {
    let Some(ctx) = use_context::<Ctx>() else { return Err(WireError::Server.answered()) };
    let page = request::page();
    match worry::tell(&ctx, &Actor::Anonymous, &form.read()).await.map_err(failed)? {
        Ok(()) => lead(&ctx, &page, &form.done()).await,
        // A key that no page of ours has drawn.
        Err(Unsent::Refused(Refusal::Hidden)) => Err(WireError::Malformed.answered()),
        Err(why) => lead(&ctx, &page, &form.kept().refused(&why, "words")).await,
    }
}

async fn lead(ctx: &Ctx, page: &Arc<Page>, kept: &Kept) -> Done {
    let key = form_try::keep(ctx, &page.actor, TELL, kept.kept()).await.map_err(failed)?;
    request::redirect(&routes::with_try(routes::WORRIED, &key));
    Ok(())
}

/// `take` or `done`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ActPost {
    id: String,
    step: String,
}

#[server(endpoint = "staff/worried")]
pub async fn act_on_worry(#[server(flatten)] form: ActPost) -> Done {
    let hidden = || WireError::Hidden.answered();
    let (ctx, who, _) = staff().filter(|(_, who, _)| may_take_worries(&who.roles)).ok_or_else(hidden)?;
    let id = Public::parse(&form.id).ok_or_else(hidden)?;
    let (step, word) = match form.step.as_str() {
        "take" => (Step::Take, "taken"),
        "done" => (Step::Done, "done"),
        _ => return Err(hidden()),
    };
    let done = worry::act(&ctx, &who, &id, step).await.map_err(failed)?;
    let kept = Kept::done(if done.is_ok() { word } else { "gone" });
    let key = form_try::keep(&ctx, &Actor::Staff(who), ACT, kept.kept()).await.map_err(failed)?;
    request::redirect(&routes::with_try(routes::STAFF_WORRIED, &key));
    Ok(())
}
