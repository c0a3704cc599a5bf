//! What the officer can do in an open case: name one more at home, say how the home is, mark a talk, end it.

use backend::consents::DeskCase;
use domain::{
    consents::{Dwelling, Kind},
    kernel::Locale,
};
use leptos::prelude::*;

use super::{
    forms::{ADD, CLOSE, FACTS, PERSON, WITHOUT},
    parts::{self, CHILDREN, action, wrong},
};
use crate::{
    appeals::fields::Fields,
    i18n::consents_desk as t,
    ui::{
        Actions, Button, ButtonKind, Choice, Field, Form, HiddenInput, Kind as Entry, Select, TextArea, Width,
    },
};

pub(super) fn work(l: Locale, home: &DeskCase, typed: &Fields) -> AnyView {
    if home.kind == Kind::Child {
        let add = home.people.is_empty().then(|| one_more(l, home, typed));
        return view! { {add}{talks(l, home)}{without(l, home, typed)} }.into_any();
    }
    view! {
        {one_more(l, home, typed)}
        {talks(l, home)}
        {seen(l, home)}
        {over(l, home)}
    }
    .into_any()
}

/// Without the other parent, and why.
fn without(l: Locale, home: &DeskCase, typed: &Fields) -> AnyView {
    let (id, version) = (home.public.to_string(), home.version.to_string());
    let (reason, bad) = (typed.value("reason"), typed.error(l, wrong, "reason"));
    view! {
        <h2>{t::without_title(l)}</h2>
        <p>{t::without_text(l)}</p>
        <Form action=action(WITHOUT)>
            <HiddenInput name="id" value=id/>
            <HiddenInput name="version" value=version/>
            <TextArea name="reason" label=t::without_label(l) rows=4 value=reason error=bad/>
            <Actions><Button text=t::without_button(l) kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
    .into_any()
}

fn one_more(l: Locale, home: &DeskCase, add: &Fields) -> AnyView {
    let id = home.public.to_string();
    let title = if home.kind == Kind::Home { t::add_title(l) } else { t::child_people(l) };
    let [number, name, email] = ["number", "name", "email"].map(|field| add.value(field));
    let [bad_number, bad_name, bad_email] =
        ["number", "name", "email"].map(|field| add.error(l, wrong, field));
    view! {
        <h2>{title}</h2>
        <p>{t::add_text(l)}</p>
        <Form action=action(ADD)>
            <HiddenInput name="id" value=id/>
            <Field name="number" label=t::number_label(l) hint=t::number_hint(l) kind=Entry::Number width=Width::Half
                value=number error=bad_number autocomplete="off"/>
            <Field name="name" label=t::person_label(l) value=name error=bad_name autocomplete="off"/>
            <Field name="email" label=t::email_label(l) hint=t::email_hint(l) kind=Entry::Email value=email
                error=bad_email autocomplete="off"/>
            <Actions><Button text=t::add_button(l)/></Actions>
        </Form>
    }
    .into_any()
}

/// For each at home: that somebody has talked with her, or that she does not live there.
fn talks(l: Locale, home: &DeskCase) -> Option<AnyView> {
    if home.people.is_empty() {
        return None;
    }
    let forms = home.people.iter().map(|person| {
        let (id, version, who) = (home.public.to_string(), home.version.to_string(), person.public.to_string());
        let (name, about) = (person.name.clone(), person.name.clone());
        let removed = if home.kind == Kind::Home { t::removed_button(l) } else { t::child_removed(l) };
        let talked = person.talked_at.is_none().then(|| {
            view! {
                <Button text=t::talked_button(l) kind=ButtonKind::Secondary name="then" value="talked" about=person.name.clone()/>
            }
        });
        view! {
            <h3>{name}</h3>
            <Form action=action(PERSON)>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="version" value=version/>
                <HiddenInput name="person" value=who/>
                <Actions>
                    {talked}
                    <Button text=removed kind=ButtonKind::Quiet name="then" value="removed"
                        about=about/>
                </Actions>
            </Form>
        }
    });
    let forms = forms.collect_view();
    Some(view! { <h2>{t::talks_title(l)}</h2>{forms} }.into_any())
}

fn seen(l: Locale, home: &DeskCase) -> AnyView {
    let (id, version) = (home.public.to_string(), home.version.to_string());
    let dwellings = Dwelling::ALL.map(|one| Choice::new(one.code(), parts::dwelling(l, one))).into();
    let children = CHILDREN.map(|one| Choice::new(one, parts::children(l, one))).into();
    let (dwelling, theirs) = (home.dwelling.code(), home.children.clone());
    view! {
        <h2>{t::seen_title(l)}</h2>
        <Form action=action(FACTS)>
            <HiddenInput name="id" value=id/>
            <HiddenInput name="version" value=version/>
            <Select name="dwelling" label=t::dwelling_legend(l) options=dwellings value=dwelling/>
            <Select name="children" label=t::children_legend(l) options=children value=theirs/>
            <Actions><Button text=t::seen_button(l) kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
    .into_any()
}

fn over(l: Locale, home: &DeskCase) -> AnyView {
    let (id, version) = (home.public.to_string(), home.version.to_string());
    view! {
        <h2>{t::close_title(l)}</h2>
        <p>{t::close_text(l)}</p>
        <Form action=action(CLOSE)>
            <HiddenInput name="id" value=id/>
            <HiddenInput name="version" value=version/>
            <Actions><Button text=t::close_button(l) kind=ButtonKind::Quiet/></Actions>
        </Form>
    }
    .into_any()
}
