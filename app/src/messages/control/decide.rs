//! The decision: let through with one button; hold back a part or all with the questions of the law; or another's view first.

use domain::{kernel::Locale, messages::StopReason};
use leptos::prelude::*;

use super::{forms, parts::action, words};
use crate::{
    i18n::messages_control as t,
    messages::kept::Kept,
    ui::{Actions, Button, ButtonKind, Choice, Details, Form, HiddenInput, Panel, RadioGroup, TextArea},
};

#[component]
pub(super) fn Decide(l: Locale, id: String, version: String) -> impl IntoView {
    view! {
        <Panel>
            <h2>{t::decide_title(l)}</h2>
            <p>{t::decide_text(l)}</p>
            <Form action=action(forms::DECIDE)>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="version" value=version/>
                <HiddenInput name="outcome" value="release"/>
                <Actions><Button text=t::decide_release(l)/></Actions>
            </Form>
        </Panel>
    }
}

/// Opens by itself when something in it has to be put right.
#[component]
pub(super) fn HoldBack(l: Locale, id: String, version: String, kept: Kept) -> impl IntoView {
    let fields = ["outcome", "passages", "category", "milder", "reason"];
    let [outcome, passages, category, milder, reason] = fields.map(|f| kept.error(l, words::wrong, f));
    let wrong = kept.is_wrong();
    let outcomes = vec![
        Choice::new("part", t::outcome_part(l)).hint(t::outcome_part_hint(l)),
        Choice::new("stop", t::outcome_stop(l)).hint(t::outcome_stop_hint(l)),
    ];
    let categories =
        StopReason::ALL.into_iter().map(|r| Choice::new(r.code(), words::category(l, r))).collect();
    view! {
        <Details summary=t::hold_title(l) open=wrong>
            <Form action=action(forms::DECIDE)>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="version" value=version/>
                <RadioGroup name="outcome" legend=t::outcome_legend(l) options=outcomes
                    value=kept.value("outcome") error=outcome/>
                <TextArea name="passages" label=t::passages_label(l) hint=t::passages_hint(l) rows=4
                    value=kept.value("passages") error=passages/>
                <RadioGroup name="category" legend=t::category_legend(l) hint=t::category_hint(l)
                    options=categories value=kept.value("category") error=category/>
                <TextArea name="milder" label=t::milder_label(l) hint=t::milder_hint(l) rows=3
                    value=kept.value("milder") error=milder/>
                <TextArea name="reason" label=t::reason_label(l) hint=t::reason_hint(l) rows=4
                    value=kept.value("reason") error=reason/>
                <p>{t::hold_told(l)}</p>
                <Actions><Button text=t::hold_button(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </Details>
    }
}

#[component]
pub(super) fn Second(l: Locale, id: String, version: String) -> impl IntoView {
    view! {
        <Details summary=t::ask_title(l)>
            <p>{t::ask_text(l)}</p>
            <Form action=action(forms::SECOND)>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="version" value=version/>
                <Actions><Button text=t::ask_button(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </Details>
    }
}
