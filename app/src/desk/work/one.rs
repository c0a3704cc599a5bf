//! One question: who is to have this piece of work?

use backend::work::{self, Assignable};
use domain::{
    kernel::{Locale, Public},
    work::Holder,
};
use leptos::prelude::*;

use super::{
    forms,
    parts::{self, Desk, action},
    words,
};
use crate::{
    i18n::{common, desk_work as t},
    request, routes,
    ui::{
        Actions, Button, Choice, ErrorSummary, FieldError, Form, HiddenInput, Link, PageGrid, PageHead,
        RadioGroup,
    },
};

#[component]
pub fn OnePage() -> impl IntoView {
    let source = request::param("source").unwrap_or_default();
    let id = request::param("public").and_then(|id| Public::parse(&id));
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(one) = work::assignable(&desk.ctx, &desk.who, &source, &id).await? else { return Ok(None) };
        let wrong = desk.kept(forms::GIVE, "try").await?;
        let wrong = wrong.and_then(|kept| kept.code("to").map(|code| wrong_words(desk.l, code)));
        Ok(Some(shown(&desk, one, (source, id.to_string()), wrong)))
    })
}

fn wrong_words(l: Locale, code: &str) -> String {
    if code == "choose" { t::wrong_choose(l) } else { t::wrong_whom(l) }
}

fn shown(desk: &Desk, one: Assignable, (source, id): (String, String), wrong: Option<String>) -> AnyView {
    let l = desk.l;
    let title = t::one_title(l);
    let tab = wrong.as_ref().map(|_| format!("{} {title}", common::error_prefix(l)));
    let now = match one.holder {
        Holder::Nobody => t::one_nobody(l),
        Holder::Me => t::one_me(l),
        Holder::Other => t::one_other(l, one.holder_name.clone().unwrap_or_else(|| t::who_other(l))),
    };
    let lead = format!("{}. {now}", words::named(l, one.kind, &one.reference));
    let alone = one.colleagues.is_empty().then(|| view! { <p>{t::one_alone(l)}</p> });
    let errors: Vec<FieldError> = wrong.iter().map(|words| FieldError::new("to", words.clone())).collect();
    view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=title tab=tab lead=lead back=Link::new(routes::STAFF_WORK, t::title(l))/>
            {alone}
            <Form action=action(forms::GIVE)>
                <HiddenInput name="source" value=source/>
                <HiddenInput name="id" value=id/>
                <HiddenInput name="back" value=routes::STAFF_WORK/>
                <RadioGroup name="to" legend=t::one_title(l) legend_hidden=true options=options(l, &one) error=wrong/>
                <Actions><Button text=t::one_button(l)/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

/// Not whoever has it already.
fn options(l: Locale, one: &Assignable) -> Vec<Choice> {
    let me = (one.holder != Holder::Me).then(|| Choice::new("me", t::one_to_me(l)));
    let nobody = (one.holder != Holder::Nobody)
        .then(|| Choice::new("nobody", t::one_to_nobody(l)).hint(t::one_to_nobody_hint(l)));
    let others = one.colleagues.iter().map(|other| Choice::new(other.public.as_str(), &other.name));
    me.into_iter().chain(others).chain(nobody).collect()
}
