//! What she and her officer have written to each other, and the answer.

use backend::notices::mine::Message;
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{fields::Fields, forms, parts::action};
use crate::{
    i18n::{dates, notices_desk as t},
    ui::{Actions, Button, Form, HiddenInput, Panel, TextArea},
};

/// The oldest first. A message without words is the wish to be rung.
pub(super) fn thread(l: Locale, messages: &[Message]) -> AnyView {
    if messages.is_empty() {
        return view! { <p>{t::thread_none(l)}</p> }.into_any();
    }
    let row = |message: &Message| {
        let who = if message.from_her { t::thread_from_her(l) } else { t::thread_from_us(l) };
        let words = if message.words.is_empty() { t::thread_ring_me(l) } else { message.words.clone() };
        let at = dates::date_time(l, message.at);
        view! {
            <li class=if message.from_her { "said" } else { "said said--ours" }>
                <p class="said-by">{who}", "{at}</p>
                <p class="officer-text">{words}</p>
            </li>
        }
    };
    view! { <ol class="thread">{messages.iter().map(row).collect_view()}</ol> }.into_any()
}

#[component]
pub(super) fn Reply(l: Locale, id: String, fields: Fields) -> impl IntoView {
    view! {
        <Panel plain=true>
            <h2>{t::reply_title(l)}</h2>
            <Form action=action(forms::REPLY)>
                <HiddenInput name="id" value=id/>
                <TextArea name="words" label=t::reply_label(l) hint=t::reply_hint(l) rows=5
                    value=fields.value("words") error=fields.error(l, "words")/>
                <Actions><Button text=t::reply_button(l)/></Actions>
            </Form>
        </Panel>
    }
}
