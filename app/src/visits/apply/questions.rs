//! The fields of each question.

use domain::{
    kernel::{CivilDate, Locale},
    visits::clearance::{
        Child, Need, Relation, Step,
        forms::{LONGEST_NOTE, MOST_CHILDREN},
    },
};
use leptos::prelude::*;

use super::{
    api::action,
    fields::Fields,
    words::{self, wrong_part},
};
use crate::{
    i18n::{common, visits_apply as t},
    ui::{
        Actions, Button, ButtonKind, Checkbox, CheckboxGroup, Choice, DateEntry, DateLabels, DateValue,
        Details, Field, FieldError, Form, HiddenInput, Kind, Notice, RadioGroup, SummaryList, SummaryRow,
        TextArea, Width,
    },
    visits::answer_check::AnswerCheck,
};

/// What is wrong, in words.
type Errors = Vec<FieldError>;

/// Looks at the answers while they are typed, with the server's rules and words.
fn checked(l: Locale, step: Step, today: CivilDate) -> impl IntoView {
    view! { <AnswerCheck form=step.code().to_owned() today=today.iso() words=words::to_say(l, step)/> }
}

/// The one primary button.
fn go_on(l: Locale) -> impl IntoView {
    view! { <Actions><Button text=t::go_on(l)/></Actions> }
}

fn birth_date(l: Locale, legend: String, fields: &Fields, errors: &Errors) -> AnyView {
    let labels = DateLabels { day: common::day(l), month: common::month(l), year: common::year(l) };
    let value = DateValue {
        day: fields.get("birth_day"),
        month: fields.get("birth_month"),
        year: fields.get("birth_year"),
    };
    let parts = ["birth_day", "birth_month", "birth_year"];
    let error = parts.iter().find_map(|part| FieldError::of(errors, part));
    match wrong_part(fields) {
        Some(wrong) => view! {
            <DateEntry name="birth" legend=legend labels=labels value=value hint=t::date_hint(l) error=error wrong=wrong/>
        }
        .into_any(),
        None => view! {
            <DateEntry name="birth" legend=legend labels=labels value=value hint=t::date_hint(l) error=error/>
        }
        .into_any(),
    }
}

pub(super) fn whom(l: Locale, today: CivilDate, fields: Fields, errors: Errors) -> AnyView {
    let number = fields.get("number");
    let number_wrong = FieldError::of(&errors, "number");
    let birth = birth_date(l, t::whom_birth(l), &fields, &errors);
    let open = !number.is_empty() || number_wrong.is_some();
    view! {
        <Form action=action("whom")>
            <Field name="name" label=t::whom_name(l) value=fields.get("name") autocomplete="off"
                error=FieldError::of(&errors, "name")/>
            {birth}
            <Details summary=t::whom_unknown(l) open=open>
                <Field name="number" label=t::whom_number(l) value=number hint=t::whom_number_hint(l)
                    error=number_wrong kind=Kind::Number width=Width::Half autocomplete="off"/>
                <p>{t::whom_neither(l)}</p>
            </Details>
            {checked(l, Step::Whom, today)}
            {go_on(l)}
        </Form>
    }
    .into_any()
}

pub(super) fn relation(l: Locale, fields: Fields, errors: Errors) -> AnyView {
    let options = Relation::ALL.map(|r| Choice::new(r.code(), words::relation(l, r))).into();
    view! {
        <Form action=action("relation")>
            <RadioGroup name="relation" legend=t::relation_legend(l) options=options value=fields.get("relation")
                error=FieldError::of(&errors, "relation")/>
            {go_on(l)}
        </Form>
    }
    .into_any()
}

pub(super) fn contact(l: Locale, today: CivilDate, fields: Fields, errors: Errors) -> AnyView {
    view! {
        <Form action=action("contact")>
            <Field name="email" label=t::contact_email(l) value=fields.get("email") hint=t::contact_email_hint(l)
                error=FieldError::of(&errors, "email") kind=Kind::Email autocomplete="email"/>
            <Field name="phone" label=t::contact_phone(l) value=fields.get("phone") hint=t::contact_phone_hint(l)
                error=FieldError::of(&errors, "phone") kind=Kind::Tel width=Width::Half autocomplete="tel"/>
            {checked(l, Step::Contact, today)}
            {go_on(l)}
        </Form>
    }
    .into_any()
}

/// Those named so far, each with its own form to take it off; then one form to name another or go on.
pub(super) fn children(
    l: Locale,
    today: CivilDate,
    named: Vec<Child>,
    fields: Fields,
    errors: Errors,
) -> AnyView {
    let full = named.len() >= MOST_CHILDREN;
    let count = named.len();
    let list = (count > 0).then(|| named_children(l, named));
    let entry = if full {
        let text = t::children_full(l, count);
        view! { <Form action=action("children")><Notice title=text/>{on(l)}</Form> }.into_any()
    } else {
        new_child(l, today, count > 0, fields, errors)
    };
    view! { {list}{entry} }.into_any()
}

fn named_children(l: Locale, named: Vec<Child>) -> AnyView {
    let rows = named.into_iter().enumerate().map(|(index, child)| {
        let born = t::children_born(l, words::birth(l, child.birth_date));
        view! {
            <div class="summary-row">
                <dt class="summary-label">{t::children_number(l, index + 1)}</dt>
                <dd class="summary-value">
                    <span class="summary-line">{child.name.clone()}</span><span class="summary-line">{born}</span>
                </dd>
                <dd class="summary-change">
                    <form method="post" action=action("children/remove")>
                        <HiddenInput name="index" value=index.to_string()/>
                        <HiddenInput name="name" value=child.name.clone()/>
                        <HiddenInput name="birth" value=child.birth_date.iso()/>
                        <Button text=t::children_remove(l) kind=ButtonKind::Quiet about=child.name/>
                    </form>
                </dd>
            </div>
        }
    });
    view! { <h2>{t::children_list(l)}</h2><dl class="summary">{rows.collect_view()}</dl> }.into_any()
}

fn new_child(l: Locale, today: CivilDate, more: bool, fields: Fields, errors: Errors) -> AnyView {
    let title = if more { t::children_more(l) } else { t::children_new(l) };
    let birth = birth_date(l, t::children_birth(l), &fields, &errors);
    view! {
        <Form action=action("children")>
            <h2>{title}</h2>
            <Field name="name" label=t::children_name(l) value=fields.get("name") autocomplete="off"
                error=FieldError::of(&errors, "name")/>
            {birth}
            {checked(l, Step::Children, today)}
            <Button text=t::children_add(l) kind=ButtonKind::Secondary name="then" value="add"/>
            {on(l)}
        </Form>
    }
    .into_any()
}

fn on(l: Locale) -> impl IntoView {
    view! { <Actions><Button text=t::go_on(l) name="then" value="on"/></Actions> }
}

pub(super) fn needs(l: Locale, fields: Fields, errors: Errors) -> AnyView {
    let options = Need::ALL.map(|n| Choice::new(n.code(), words::need(l, n))).into();
    let values = fields.get("needs").split(' ').map(str::to_owned).collect();
    let longest = u32::try_from(LONGEST_NOTE).unwrap_or(u32::MAX);
    view! {
        <Form action=action("needs")>
            <CheckboxGroup name="needs[]" legend=t::needs_legend(l) options=options values=values
                error=FieldError::of(&errors, "needs")/>
            <Field name="language" label=t::needs_language(l) value=fields.get("language")
                hint=t::needs_language_hint(l) error=FieldError::of(&errors, "language") width=Width::Half
                autocomplete="off"/>
            <TextArea name="note" label=t::needs_note(l) value=fields.get("note") hint=t::needs_note_hint(l)
                error=FieldError::of(&errors, "note") optional=t::optional(l) max=longest
                left=t::needs_left(l, "{n}") over=t::needs_over(l, "{n}")/>
            {go_on(l)}
        </Form>
    }
    .into_any()
}

pub(super) fn police(l: Locale, fields: Fields, errors: Errors) -> AnyView {
    let facts = vec![
        SummaryRow::new(t::police_whom_title(l), t::police_whom_text(l)),
        SummaryRow::new(t::police_what_title(l), t::police_what_text(l)),
        SummaryRow::new(t::police_law_title(l), t::police_law_text(l)),
    ];
    view! {
        <SummaryList rows=facts/>
        <Form action=action("police")>
            <Checkbox name="read" label=t::police_read(l) checked=fields.get("read") == "yes"
                error=FieldError::of(&errors, "read")/>
            {go_on(l)}
        </Form>
    }
    .into_any()
}
