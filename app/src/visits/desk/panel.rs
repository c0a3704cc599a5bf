//! The right side of a case: the one thing to do now, by where the case stands. Who is no case officer reads.

use backend::visits::clearance::{Case, Identity, LookReason, Stage};
use domain::{kernel::Locale, visits::clearance::PoliceOutcome};
use leptos::prelude::*;

use super::{
    anew,
    decision::DecisionForm,
    fields::{Fields, date_labels, parts},
    forms,
    parts::Desk,
};
use crate::{
    i18n::visits_desk as t,
    routes,
    ui::{
        Actions, Button, ButtonKind, Choice, DateEntry, Details, Form, HiddenInput, LinkButton, Panel,
        RadioGroup,
    },
};

/// A form that was refused, by its name.
pub(super) struct Kept {
    pub form: &'static str,
    pub fields: Fields,
}

pub(super) fn side(desk: &Desk, case: &Case, kept: Option<Kept>) -> AnyView {
    let l = desk.l;
    if !desk.is_officer() && case.stage.is_open() {
        return words(t::case_known(l), t::case_read_only(l));
    }
    let shown: &[&str] = match case.stage {
        Stage::Received if case.inmate.is_some() => &[forms::ANSWER],
        Stage::AwaitingPolice => &[forms::POLICE],
        Stage::AwaitingDecision => &[forms::LETTER, forms::POLICE],
        Stage::Decided => &[forms::ANEW],
        _ => &[],
    };
    let (form, fields) = kept.map_or(("", None), |kept| (kept.form, Some(kept.fields)));
    let left_over = fields.as_ref().filter(|_| !shown.contains(&form)).and_then(|f| left_over(l, f));
    let of = |name: &str| fields.clone().filter(|_| form == name);
    let now = match case.stage {
        Stage::Received if case.declined => declined(desk, case, of(forms::ANSWER)),
        Stage::Received if case.inmate.is_none() => unmatched(desk, case),
        Stage::Received => answer(desk, case, of(forms::ANSWER)),
        Stage::AwaitingPolice => police(desk, case, of(forms::POLICE)),
        Stage::AwaitingDecision => deciding(desk, case, of(forms::LETTER), of(forms::POLICE)),
        Stage::Decided => decided(desk, case, of(forms::ANEW)),
        Stage::NotProcessed => words(t::closed_not_processed_title(l), t::closed_not_processed_text(l)),
        Stage::Withdrawn => words(t::closed_withdrawn_title(l), t::closed_withdrawn_text(l)),
    };
    view! { {now}{left_over} }.into_any()
}

/// What was decided, and what can still be done.
fn decided(desk: &Desk, case: &Case, kept: Option<Fields>) -> AnyView {
    let l = desk.l;
    let text =
        if case.reachable { t::closed_decided_text(l) } else { t::closed_decided_unreached(l, phone(case)) };
    let (told, more) = (words(t::closed_decided_title(l), text), anew::panel(desk, case, kept));
    view! { {told}{more} }.into_any()
}

/// Where she can be rung.
pub(super) fn phone(case: &Case) -> String {
    case.phone.clone().unwrap_or_else(|| "–".to_owned())
}

/// A no stands until the fixed day, and can be put right until then.
fn declined(desk: &Desk, case: &Case, kept: Option<Fields>) -> AnyView {
    let (l, open) = (desk.l, kept.is_some());
    let (told, form) =
        (words(t::answer_declined_title(l), t::answer_declined_text(l)), answer(desk, case, kept));
    view! { {told}<Details summary=t::answer_again(l) open=open>{form}</Details> }.into_any()
}

/// The decision, and what the police said while it can still be put right.
fn deciding(desk: &Desk, case: &Case, letter: Option<Fields>, said: Option<Fields>) -> AnyView {
    let (l, open) = (desk.l, said.is_some());
    // Once some are decided, the police's word stands.
    let none = case.people.iter().all(|person| person.decision.is_none());
    let again = none.then(|| {
        let form = police(desk, case, said);
        view! { <Details summary=t::police_again(l) open=open>{form}</Details> }
    });
    let who = (case.identity == Identity::Unchecked).then(|| identity(desk, case));
    view! { {who}<DecisionForm desk=desk.clone() case=case.clone() kept=letter/>{again} }.into_any()
}

/// She has no Norwegian number: somebody checks by hand who she is before she can be let in.
fn identity(desk: &Desk, case: &Case) -> AnyView {
    let (l, seen) = (desk.l, seen(desk, case));
    view! {
        <Panel plain=true>
            <h2>{t::identity_title(l)}</h2>
            <p>{t::identity_text(l)}</p>
            <Form action=forms::action(forms::IDENTITY)>
                {seen}
                <Actions><Button text=t::identity_button(l) kind=ButtonKind::Secondary/></Actions>
            </Form>
        </Panel>
    }
    .into_any()
}

fn words(title: String, text: String) -> AnyView {
    view! { <Panel plain=true><h2>{title}</h2><p>{text}</p></Panel> }.into_any()
}

/// The case, the version its reader sees, and why she opened it.
pub(super) fn seen(desk: &Desk, case: &Case) -> AnyView {
    let look = desk.reason().unwrap_or(LookReason::HandleCase);
    view! {
        <HiddenInput name="id" value=case.public.to_string()/>
        <HiddenInput name="version" value=case.version.to_string()/>
        <HiddenInput name="look" value=look.code()/>
    }
    .into_any()
}

fn unmatched(desk: &Desk, case: &Case) -> AnyView {
    let l = desk.l;
    let look = desk.reason().unwrap_or(LookReason::HandleCase);
    let path = routes::staff_match(&case.public, look.code());
    view! {
        <Panel plain=true>
            <h2>{t::match_title(l)}</h2>
            <p>{t::match_panel(l)}</p>
            <Actions><LinkButton href=path text=t::match_open(l)/></Actions>
        </Panel>
    }
    .into_any()
}

/// A form opens with today's date, which is the usual one.
fn opened(desk: &Desk) -> Fields {
    Fields::new(parts(["on_day", "on_month", "on_year"], desk.today()))
}

fn answer(desk: &Desk, case: &Case, kept: Option<Fields>) -> AnyView {
    let l = desk.l;
    let (seen, fields) = (seen(desk, case), kept.unwrap_or_else(|| opened(desk)));
    let options = vec![
        Choice::new("yes", t::answer_yes(l)),
        Choice::new("no", t::answer_no(l)).hint(t::answer_no_hint(l)),
    ];
    view! {
        <Panel plain=true>
            <h2>{t::answer_title(l)}</h2>
            <Form action=forms::action(forms::ANSWER)>
                {seen}
                <RadioGroup name="answer" legend=t::answer_question(l) options=options
                    value=fields.value("answer") error=fields.error(l, "answer")/>
                <SaidOn l=l legend=t::answer_date(l) fields=fields/>
                <Actions><Button text=t::answer_button(l)/></Actions>
            </Form>
        </Panel>
    }
    .into_any()
}

fn police(desk: &Desk, case: &Case, kept: Option<Fields>) -> AnyView {
    let l = desk.l;
    let (seen, fields) = (seen(desk, case), kept.unwrap_or_else(|| opened(desk)));
    let word = |outcome| match outcome {
        PoliceOutcome::NoRemark => t::police_no_remark(l),
        PoliceOutcome::Remark => t::police_remark(l),
    };
    let options = PoliceOutcome::ALL.map(|o| Choice::new(o.code(), word(o))).into();
    view! {
        <Panel plain=true>
            <h2>{t::police_title(l)}</h2>
            <Form action=forms::action(forms::POLICE)>
                {seen}
                <RadioGroup name="police" legend=t::police_question(l) hint=t::police_hint(l) options=options
                    value=fields.value("police") error=fields.error(l, "police")/>
                <SaidOn l=l legend=t::police_date(l) fields=fields/>
                <Actions><Button text=t::police_button(l)/></Actions>
            </Form>
        </Panel>
    }
    .into_any()
}

/// The day something was said.
#[component]
pub(super) fn SaidOn(
    l: Locale,
    legend: String,
    fields: Fields,
    #[prop(optional, into)] hint: crate::ui::MaybeText,
) -> impl IntoView {
    let (error, wrong) = (fields.error(l, "on"), fields.wrong("on"));
    match wrong {
        Some(wrong) => view! {
            <DateEntry name="on" legend=legend labels=date_labels(l) value=fields.date("on") hint=hint error=error
                wrong=wrong/>
        }
        .into_any(),
        None => view! {
            <DateEntry name="on" legend=legend labels=date_labels(l) value=fields.date("on") hint=hint error=error/>
        }
        .into_any(),
    }
}

/// Texts of a form that the case no longer shows, so that nothing typed is lost.
fn left_over(l: Locale, fields: &Fields) -> Option<AnyView> {
    let texts: Vec<String> =
        ["milder", "reason"].map(|name| fields.value(name)).into_iter().filter(|t| !t.is_empty()).collect();
    (!texts.is_empty()).then(|| {
        let texts = texts.into_iter().map(|text| view! { <p class="officer-text">{text}</p> });
        view! {
            <Details summary=t::decision_kept_title(l) open=true>
                <p>{t::decision_kept_text(l)}</p>
                {texts.collect_view()}
            </Details>
        }
        .into_any()
    })
}
