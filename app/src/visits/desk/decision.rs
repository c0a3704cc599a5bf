//! The decision form. The law's questions are asked of the officer: the least intrusive measure, and before a
//! refusal the milder control. What belongs to another outcome is put out of the way by the stylesheet.

use backend::visits::clearance::{Case, CasePerson};
use domain::{
    kernel::Locale,
    visits::clearance::{Measure, decide::LONGEST_REASON},
};
use leptos::prelude::*;

use super::{
    fields::{Fields, date_labels, parts},
    forms,
    panel::seen,
    parts::Desk,
    words,
};
use crate::{
    i18n::visits_desk as t,
    ui::{
        Actions, Button, CheckboxGroup, Choice, DateEntry, Form, HiddenInput, Notice, Panel, RadioGroup,
        Select, TextArea,
    },
};

/// A year ahead is what the form opens with; the officer sets the day.
const OPENS_WITH_DAYS: i64 = 365;

fn opened(desk: &Desk, waiting: &[CasePerson]) -> Fields {
    let everybody = waiting.iter().map(|p| p.clearance.to_string()).collect::<Vec<_>>().join(" ");
    let valid_to = desk.today().plus_days(OPENS_WITH_DAYS);
    let date = parts(["valid_to_day", "valid_to_month", "valid_to_year"], valid_to);
    Fields::new([("who", everybody), ("text_locale", desk.l.code().to_owned())].into_iter().chain(date))
}

#[component]
pub(super) fn DecisionForm(desk: Desk, case: Case, kept: Option<Fields>) -> impl IntoView {
    let l = desk.l;
    let waiting: Vec<CasePerson> = case.people.iter().filter(|p| p.pending).cloned().collect();
    let fields = kept.unwrap_or_else(|| opened(&desk, &waiting));
    let outcomes = vec![
        Choice::new("granted", t::decision_granted(l)),
        Choice::new("measures", t::decision_measures(l)),
        Choice::new("refused", t::decision_refused(l)),
    ];
    let seen = seen(&desk, &case);
    view! {
        <Panel plain=true>
            <h2>{t::decision_title(l)}</h2>
            <Form action=forms::action(forms::LETTER)>
                {seen}
                <Whom l=l waiting=waiting fields=fields.clone()/>
                <div class="decision">
                    <RadioGroup name="outcome" legend=t::decision_outcome(l) options=outcomes
                        value=fields.value("outcome") error=fields.error(l, "outcome")/>
                    <Measures l=l fields=fields.clone()/>
                    <Texts l=l fields=fields.clone()/>
                    <ValidTo l=l fields=fields/>
                </div>
                <Law l=l basis=case.legal_basis.clone() days=case.appeal_days/>
                <Actions><Button text=t::decision_button(l)/></Actions>
            </Form>
        </Panel>
    }
}

/// One person alone needs no question.
#[component]
fn Whom(l: Locale, waiting: Vec<CasePerson>, fields: Fields) -> impl IntoView {
    if let [only] = waiting.as_slice() {
        return view! { <HiddenInput name="who[]" value=only.clearance.to_string()/> }.into_any();
    }
    let choice = |p: CasePerson| {
        let name = if p.child { t::decision_who_child(l, &p.name) } else { p.name };
        Choice::new(p.clearance.to_string(), name)
    };
    let options = waiting.into_iter().map(choice).collect();
    view! {
        <CheckboxGroup name="who[]" legend=t::decision_who(l) hint=t::decision_who_hint(l) options=options
            values=fields.list("who") error=fields.error(l, "who")/>
    }
    .into_any()
}

#[component]
fn Measures(l: Locale, fields: Fields) -> impl IntoView {
    let options = Measure::ALL.map(|m| Choice::new(m.code(), words::measure(l, m))).into();
    view! {
        <div class="for-measures">
            <CheckboxGroup name="measures[]" legend=t::decision_which(l) hint=t::decision_which_hint(l)
                options=options values=fields.list("measures") error=fields.error(l, "measures")/>
        </div>
    }
}

/// Why, and on refusal which milder control was considered; and the language they are written in.
#[component]
fn Texts(l: Locale, fields: Fields) -> impl IntoView {
    let max = u32::try_from(LONGEST_REASON).unwrap_or(u32::MAX);
    let languages = Locale::ALL.map(|of| Choice::new(of.code(), words::language(l, of))).into();
    view! {
        <div class="for-refused">
            <TextArea name="milder" label=t::decision_milder(l) hint=t::decision_milder_hint(l) rows=4
                value=fields.value("milder") error=fields.error(l, "milder") max=max
                left=counter(l, false) over=counter(l, true)/>
        </div>
        <div class="for-text">
            <TextArea name="reason" label=t::decision_reason(l) hint=t::decision_reason_hint(l) rows=4
                value=fields.value("reason") error=fields.error(l, "reason") max=max
                left=counter(l, false) over=counter(l, true)/>
            <Select name="text_locale" label=t::decision_language(l) options=languages
                value=fields.value("text_locale") error=fields.error(l, "text_locale")/>
        </div>
    }
}

/// The counter's words keep `{n}` for the island to fill in.
fn counter(l: Locale, over: bool) -> String {
    if over { t::decision_over(l, "{n}") } else { t::decision_left(l, "{n}") }
}

#[component]
fn ValidTo(l: Locale, fields: Fields) -> impl IntoView {
    let (error, value) = (fields.error(l, "valid_to"), fields.date("valid_to"));
    view! {
        <div class="for-granted">
            <DateEntry name="valid_to" legend=t::decision_valid_to(l) hint=t::decision_valid_to_hint(l)
                labels=date_labels(l) value=value error=error/>
        </div>
    }
}

/// The legal basis and the appeal, as the decision will name them.
#[component]
fn Law(l: Locale, basis: String, days: i64) -> impl IntoView {
    view! {
        <Notice>
            <p><strong>{t::decision_basis(l)}</strong>" "<span lang="nb">{basis}</span></p>
            <p class="for-appeal"><strong>{t::decision_appeal(l)}</strong>" "{t::decision_appeal_text(l, days)}</p>
        </Notice>
    }
}
