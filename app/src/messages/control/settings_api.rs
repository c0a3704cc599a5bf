//! What is set for letters, as posted: orders about an exchange, watched words, a unit's bounds.

use backend::messages::{
    ExchangeRow, Unsent, WordRow,
    exchange::{self, OrderForm},
};
use domain::{
    kernel::Public,
    messages::{Refusal, UnitRulesForm},
};
use leptos::prelude::*;

use super::{
    forms::{self, IdPost, OrderPost, TargetPost, WordPost},
    parts::{Desk, Done, overseer},
};
use crate::{error::WireError, identity::here::failed, messages::kept::Kept, routes};

fn hidden() -> WireError {
    WireError::Hidden.answered()
}

fn about<T>(id: &str) -> Result<Public<T>, WireError> {
    Public::parse(id).ok_or_else(hidden)
}

/// The field at which a refusal is put right.
fn field(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::SamiUnread => "sami_read",
        _ => "control",
    }
}

#[server(endpoint = "staff/letters/order")]
pub async fn order_exchange(#[server(flatten)] form: OrderPost) -> Done {
    let (desk, id) = (overseer()?, about::<ExchangeRow>(&form.id)?);
    let order = OrderForm {
        control: form.control.clone(),
        norwegian_only: form.norwegian_only.clone(),
        sami_read: form.sami_read.clone(),
        reason: form.reason.clone(),
        version: form.version.clone(),
    };
    let path = routes::staff_orders_of(&id);
    match exchange::order(&desk.ctx, &desk.who, &id, &order).await.map_err(failed)? {
        Ok(()) => lead(&desk, forms::ORDER, &form.id, "ordered", &path).await,
        Err(Unsent::Refused(Refusal::Hidden)) => Err(hidden()),
        Err(why) => {
            let at = match &why {
                Unsent::Refused(refusal) => field(*refusal),
                Unsent::Fields(_) => "control",
            };
            desk.lead(forms::ORDER, form.kept().refused(&why, at), &path).await
        }
    }
}

/// Leads on with what was done to this exchange.
async fn lead(desk: &Desk, form: &'static str, id: &str, done: &str, path: &str) -> Done {
    let kept = Kept::new([("id", id.to_owned()), ("done", done.to_owned())]);
    desk.lead(form, kept, path).await
}

#[server(endpoint = "staff/letters/order/undo")]
pub async fn undo_order(#[server(flatten)] form: TargetPost) -> Done {
    let (desk, id) = (overseer()?, about::<ExchangeRow>(&form.id)?);
    let version = form.version.parse().map_err(|_| hidden())?;
    let done = match exchange::undo(&desk.ctx, &desk.who, &id, version).await.map_err(failed)? {
        Ok(()) => "undone",
        Err(Refusal::Hidden) => return Err(hidden()),
        Err(_) => "not_undone",
    };
    lead(&desk, forms::UNDO, &form.id, done, &routes::staff_orders_of(&id)).await
}

#[server(endpoint = "staff/letters/words/add")]
pub async fn add_word(#[server(flatten)] form: WordPost) -> Done {
    let desk = overseer()?;
    match exchange::add_word(&desk.ctx, &desk.who, &form.word).await.map_err(failed)? {
        Ok(()) => desk.lead(forms::WORD, Kept::done("added"), routes::STAFF_LETTERS_WORDS).await,
        Err(Unsent::Refused(_)) => Err(hidden()),
        Err(why) => {
            let kept = Kept::new([("word", form.word)]).refused(&why, "word");
            desk.lead(forms::WORD, kept, routes::STAFF_LETTERS_WORDS).await
        }
    }
}

#[server(endpoint = "staff/letters/words/end")]
pub async fn end_word(#[server(flatten)] form: IdPost) -> Done {
    let (desk, id) = (overseer()?, about::<WordRow>(&form.id)?);
    exchange::end_word(&desk.ctx, &desk.who, &id).await.map_err(failed)?.map_err(|_| hidden())?;
    desk.lead(forms::WORD_END, Kept::done("ended"), routes::STAFF_LETTERS_WORDS).await
}

#[server(endpoint = "staff/letters/rules")]
pub async fn set_unit_rules(#[server(flatten)] form: UnitRulesForm) -> Done {
    let desk = overseer()?;
    match exchange::set_rules(&desk.ctx, &desk.who, &form).await.map_err(failed)? {
        Ok(()) => {
            desk.lead(forms::RULES, Kept::done("rules"), &routes::staff_letters_rules_of(&form.unit)).await
        }
        Err(Unsent::Refused(Refusal::Hidden)) => Err(hidden()),
        Err(why) => {
            let kept = Kept::new(forms::rules_values(&form)).refused(&why, "exchange");
            desk.lead(forms::RULES, kept, &routes::staff_letters_rules_change(&form.unit)).await
        }
    }
}
