//! Texts that are often needed, for all officers of the unit. A template is a start: what goes out is what is sent.

use backend::messages::officer::{self, Template};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    forms,
    parts::{self, Desk, action},
    words,
};
use crate::{
    i18n::{common, messages_desk as t},
    messages::fields::Fields,
    routes,
    ui::{
        Actions, Button, ButtonKind, Details, EmptyState, ErrorSummary, Field, Form, HiddenInput, Link,
        PageGrid, PageHead, TextArea,
    },
};

#[component]
pub fn TemplatesPage() -> impl IntoView {
    parts::page(|desk| async move {
        let templates = officer::templates(&desk.ctx, &desk.who).await?;
        let fields = desk.tried(forms::TEMPLATE).await?.unwrap_or_default();
        Ok(Some(shown(&desk, templates, &fields)))
    })
}

fn shown(desk: &Desk, templates: Vec<Template>, fields: &Fields) -> AnyView {
    let l = desk.l;
    let errors = fields.summary(|field, code| words::wrong(l, field, code));
    let tab = fields.tab(l, t::templates_title(l));
    let error = |field: &str| fields.code(field).map(|code| words::wrong(l, field, code));
    let (wrong_title, wrong_words) = (error("title"), error("words"));
    let (title, text) = (fields.value("title"), fields.value("words"));
    let list = if templates.is_empty() {
        view! { <EmptyState title=t::templates_empty_title(l) text=t::templates_empty_text(l)/> }.into_any()
    } else {
        templates.into_iter().map(move |template| one(l, template)).collect_view().into_any()
    };
    view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::templates_title(l) tab=tab lead=t::templates_lead(l)
                back=Link::new(routes::STAFF_MESSAGES, t::list_title(l))/>
            {list}
            <h2>{t::templates_new(l)}</h2>
            <Form action=action(forms::TEMPLATE)>
                <Field name="title" label=t::templates_name(l) hint=t::templates_name_hint(l)
                    value=title error=wrong_title/>
                <TextArea name="words" label=t::templates_words(l) rows=6 value=text error=wrong_words/>
                <Actions><Button text=t::templates_add(l)/></Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

fn one(l: Locale, template: Template) -> AnyView {
    let about = template.title.clone();
    view! {
        <Details summary=template.title>
            <p class="talk-words">{template.words}</p>
            <Form action=action(forms::END)>
                <HiddenInput name="id" value=template.public.to_string()/>
                <Actions>
                    <Button text=t::templates_end(l) kind=ButtonKind::Secondary about=about/>
                </Actions>
            </Form>
        </Details>
    }
    .into_any()
}
