//! What the reader can do to an appeal where it stands: its level, its turn, and nobody on her own work.

use backend::appeals::{DeskAppeal, WaitAnswer};
use domain::{
    appeals::{Dismissal, Outcome, State},
    kernel::Locale,
};
use leptos::prelude::*;

use super::{
    forms,
    parts::{Desk, action},
};
use crate::{
    appeals::{fields::Fields, words},
    i18n::appeals_desk as t,
    ui::{
        Actions, Button, ButtonKind, Choice, Details, Field, FieldError, Form, HiddenInput, Notice, Panel,
        RadioGroup, TextArea,
    },
};

/// What was kept of each form of the page.
#[derive(Clone, Default)]
pub(super) struct Tried {
    pub take: Fields,
    pub wait: Fields,
    pub forward: Fields,
    pub change: Fields,
    pub decide: Fields,
}

impl Tried {
    fn forms(&self) -> [&Fields; 4] {
        [&self.wait, &self.forward, &self.change, &self.decide]
    }

    pub fn summary(&self, l: Locale) -> Vec<FieldError> {
        self.forms().iter().flat_map(|kept| kept.summary(l, words::wrong)).collect()
    }

    pub fn tab(&self, l: Locale, title: String) -> String {
        let wrong = self.forms().into_iter().find(|kept| kept.is_wrong());
        wrong.unwrap_or(&self.take).tab(l, title)
    }
}

/// An appeal as forms name it.
#[derive(Clone)]
struct About {
    id: String,
    version: String,
}

pub(super) fn work(desk: &Desk, open: &DeskAppeal, tried: &Tried) -> AnyView {
    let (l, state) = (desk.l, &open.appeal.state);
    let about = About { id: open.appeal.public.to_string(), version: open.version.to_string() };
    let asked = open.appeal.waits == WaitAnswer::Asked;
    let wait = || {
        let (about, kept) = (about.clone(), tried.wait.clone());
        asked.then(|| view! { <Wait l=l about=about kept=kept/> })
    };
    match state {
        State::Sent { .. } | State::Preparing { .. } if open.may_prepare => {
            let take = matches!(state, State::Sent { .. }).then(|| view! { <Take l=l about=about.clone()/> });
            view! {
                {take}
                {wait()}
                <Forward l=l about=about.clone() kept=tried.forward.clone()/>
                <Change l=l about=about.clone() kept=tried.change.clone()/>
            }
            .into_any()
        }
        State::Forwarded { .. } if open.may_decide && open.own_work => {
            view! { <Notice title=t::own_title(l)><p>{t::own_text(l)}</p></Notice> }.into_any()
        }
        State::Forwarded { .. } if open.may_decide => {
            let (late, basis) = (open.appeal.late, open.legal_basis.clone());
            view! {
                {wait()}
                <Decide l=l about=about.clone() kept=tried.decide.clone() late=late basis=basis/>
            }
            .into_any()
        }
        State::Forwarded { .. } => {
            view! { <Notice title=t::above_title(l)><p>{t::above_text(l)}</p></Notice> }.into_any()
        }
        _ => view! { <Notice title=t::nothing_title(l)/> }.into_any(),
    }
}

#[component]
fn Named(about: About) -> impl IntoView {
    view! {
        <HiddenInput name="id" value=about.id/>
        <HiddenInput name="version" value=about.version/>
    }
}

#[component]
fn Take(l: Locale, about: About) -> impl IntoView {
    view! {
        <Form action=action(forms::TAKE)>
            <Named about=about/>
            <p>{t::take_text(l)}</p>
            <Actions><Button text=t::take_button(l) kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
}

#[component]
fn Wait(l: Locale, about: About, kept: Fields) -> impl IntoView {
    let error = |field: &str| kept.error(l, words::wrong, field);
    let (waits, why) = (error("waits"), error("why"));
    let options = vec![Choice::new("yes", t::wait_yes(l)), Choice::new("no", t::wait_no(l))];
    view! {
        <Details summary=t::wait_title(l) open=kept.is_wrong()>
            <Form action=action(forms::WAIT)>
                <Named about=about/>
                <RadioGroup name="waits" legend=t::wait_legend(l) hint=t::wait_hint(l) options=options
                    value=kept.value("waits") error=waits/>
                <TextArea name="why" label=t::wait_why(l) hint=t::she_reads(l) rows=3
                    value=kept.value("why") error=why/>
                <Actions><Button text=t::wait_button(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </Details>
    }
}

#[component]
fn Forward(l: Locale, about: About, kept: Fields) -> impl IntoView {
    let statement = kept.error(l, words::wrong, "statement");
    view! {
        <Panel plain=true>
            <h2>{t::forward_title(l)}</h2>
            <p>{t::forward_text(l)}</p>
            <Form action=action(forms::FORWARD)>
                <Named about=about/>
                <TextArea name="statement" label=t::forward_label(l) hint=t::she_reads(l) rows=6
                    value=kept.value("statement") error=statement/>
                <Actions><Button text=t::forward_button(l)/></Actions>
            </Form>
        </Panel>
    }
}

#[component]
fn Change(l: Locale, about: About, kept: Fields) -> impl IntoView {
    let reason = kept.error(l, words::wrong, "reason");
    view! {
        <Details summary=t::change_title(l) open=kept.is_wrong()>
            <p>{t::change_text(l)}</p>
            <Form action=action(forms::CHANGE)>
                <Named about=about/>
                <TextArea name="reason" label=t::change_label(l) hint=t::she_reads(l) rows=5
                    value=kept.value("reason") error=reason/>
                <Actions><Button text=t::change_button(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </Details>
    }
}

/// Too late can be chosen for what is late alone.
#[component]
fn Decide(l: Locale, about: About, kept: Fields, late: bool, basis: String) -> impl IntoView {
    let error = |field: &str| kept.error(l, words::wrong, field);
    let (outcome, reason, wrong_basis) = (error("outcome"), error("reason"), error("basis"));
    let offered = |o: &Outcome| late || *o != Outcome::Dismissed(Dismissal::TooLate);
    let choice = |o: Outcome| Choice::new(o.code(), words::outcome(l, o)).hint(hint(l, o));
    let options = Outcome::ALL.into_iter().filter(offered).map(choice).collect();
    let typed = Some(kept.value("basis")).filter(|basis| !basis.is_empty() || kept.is_wrong());
    view! {
        <Panel plain=true>
            <h2>{t::decide_title(l)}</h2>
            <Form action=action(forms::DECIDE)>
                <Named about=about/>
                <RadioGroup name="outcome" legend=t::decide_legend(l) options=options
                    value=kept.value("outcome") error=outcome/>
                <TextArea name="reason" label=t::decide_reason(l) hint=t::she_reads(l) rows=7
                    value=kept.value("reason") error=reason/>
                <Field name="basis" label=t::decide_basis(l) value=typed.unwrap_or(basis) error=wrong_basis/>
                <p>{t::decide_told(l)}</p>
                <Actions><Button text=t::decide_button(l)/></Actions>
            </Form>
        </Panel>
    }
}

fn hint(l: Locale, outcome: Outcome) -> String {
    match outcome {
        Outcome::Upheld => t::hint_upheld(l),
        Outcome::Changed => t::hint_changed(l),
        Outcome::SentBack => t::hint_sent_back(l),
        Outcome::Dismissed(Dismissal::TooLate) => t::hint_too_late(l),
        Outcome::Dismissed(Dismissal::NotEntitled) => t::hint_not_entitled(l),
    }
}
