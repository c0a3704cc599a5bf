//! A new order about an exchange, and those that were given before. Only what the level's law leaves room for is offered.

use backend::messages::exchange::{Given, Ordered};
use domain::{
    kernel::Locale,
    messages::{Level, Order, may_order},
};
use leptos::prelude::*;

use super::{forms, parts::action, settings_words as words, words as desk_words};
use crate::{
    i18n::messages_settings as t,
    messages::kept::Kept,
    ui::{
        Actions, Button, ButtonKind, Checkbox, Choice, Form, HiddenInput, Notice, NoticeKind, RadioGroup,
        TextArea,
    },
};

pub(super) fn order_form(l: Locale, ordered: &Ordered, tried: &Kept) -> AnyView {
    // As it was typed; else as it is ordered now.
    let typed = |field: &str, now: &str| {
        if tried.is_wrong() { tried.value(field) } else { now.to_owned() }
    };
    let norwegian = typed("norwegian_only", if ordered.norwegian_only { "1" } else { "" }) == "1";
    let (id, version) = (ordered.exchange.to_string(), ordered.version.to_string());
    let sami = ordered.sami.then(|| sami(l, tried));
    let [control_wrong, language_wrong, reason_wrong] =
        ["control", "norwegian_only", "reason"].map(|field| tried.error(l, words::wrong, field));
    let (options, control, reason) =
        (choices(l, ordered), typed("control", &ordered.control), tried.value("reason"));
    view! {
        <h2>{t::order_new(l)}</h2>
        <p>{t::order_new_text(l)}</p>
        <Form action=action(forms::ORDER)>
            <HiddenInput name="id" value=id/>
            <HiddenInput name="version" value=version/>
            <RadioGroup name="control" legend=t::order_choose(l) options=options value=control
                error=control_wrong/>
            <Checkbox name="norwegian_only" label=t::order_norwegian(l) hint=t::order_norwegian_hint(l)
                value="1" checked=norwegian error=language_wrong/>
            {sami}
            <TextArea name="reason" label=t::order_reason(l) hint=t::order_reason_hint(l) rows=4
                value=reason error=reason_wrong/>
            <p class="muted">{t::order_kept(l)}</p>
            <Actions><Button text=t::order_button(l)/></Actions>
        </Form>
    }
    .into_any()
}

fn choices(l: Locale, ordered: &Ordered) -> Vec<Choice> {
    let level = Level::of(&ordered.unit_level);
    let choice = |order: Order| {
        let choice = Choice::new(order.code(), words::order(l, order));
        if may_order(level, order) { choice } else { choice.unavailable(t::order_not_by_level(l)) }
    };
    Order::ALL.map(choice).into()
}

/// N25: said before a language order is given, and read by whoever gives it.
fn sami(l: Locale, tried: &Kept) -> AnyView {
    let error = tried.error(l, words::wrong, "sami_read");
    let read = tried.value("sami_read") == "1";
    view! {
        <Notice kind=NoticeKind::Warn title=t::sami_title(l)><p>{t::sami_text(l)}</p></Notice>
        <Checkbox name="sami_read" label=t::sami_read(l) value="1" checked=read error=error/>
    }
    .into_any()
}

/// Newest first. The one that holds can be taken back.
pub(super) fn history(l: Locale, ordered: &Ordered) -> Option<AnyView> {
    let holds = ordered.orders.iter().position(|order| order.undone.is_none());
    let rows = ordered.orders.iter().enumerate().map(|(at, order)| {
        let undo = (Some(at) == holds).then(|| undo(l, ordered));
        one(l, order, undo)
    });
    let rows = rows.collect_view();
    (!ordered.orders.is_empty()).then(|| view! { <h2>{t::history_title(l)}</h2>{rows} }.into_any())
}

fn one(l: Locale, order: &Given, undo: Option<AnyView>) -> AnyView {
    let by = t::history_by(l, &order.by, desk_words::at(l, order.at));
    let what = desk_words::order(l, &order.control);
    let language = order.norwegian_only.then(|| view! { <p>{words::language(l, true)}</p> });
    let undone = order.undone.as_ref().map(|(by, at)| {
        view! { <p><strong>{t::history_undone(l, by, desk_words::at(l, *at))}</strong></p> }
    });
    let (reason, basis) = (order.reason.clone(), order.legal_basis.clone());
    view! {
        <section class="section-rule stack">
            <h3>{what}</h3>
            {language}
            <p class="small muted">{by}</p>
            <p class="officer-text" dir="auto">{reason}</p>
            <p class="small muted" lang="nb">{basis}</p>
            {undone}
            {undo}
        </section>
    }
    .into_any()
}

fn undo(l: Locale, ordered: &Ordered) -> AnyView {
    let (id, version) = (ordered.exchange.to_string(), ordered.version.to_string());
    view! {
        <Form action=action(forms::UNDO)>
            <HiddenInput name="id" value=id/>
            <HiddenInput name="version" value=version/>
            <p>{t::undo_text(l)}</p>
            <Actions><Button text=t::undo_button(l) kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
    .into_any()
}
