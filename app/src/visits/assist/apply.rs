//! An application as she tells it or has written it, on one page.

use backend::{Result, visits::assisted::Contact};
use domain::{
    kernel::Locale,
    visits::{
        assisted::CHILD_FIELDS,
        clearance::{Need, Relation, forms::LONGEST_NOTE},
    },
};
use leptos::prelude::*;

use super::{
    api::APPLY,
    fields::Fields,
    handin,
    new::{date, known_by},
    parts::{self, Desk},
    words,
};
use crate::{
    i18n::{common, visits_assist as t},
    routes,
    ui::{
        Actions, AsideBlock, Button, Checkbox, CheckboxGroup, Choice, Details, ErrorSummary, Field, Form,
        HiddenInput, Link, PageGrid, PageHead, Select, TextArea, Width,
    },
};

#[component]
pub fn ApplyPage() -> impl IntoView {
    parts::contact_page(|desk, contact| async move { shown(&desk, &contact).await.map(Some) })
}

async fn shown(desk: &Desk, contact: &Contact) -> Result<AnyView> {
    let (l, tried) = (desk.l, desk.tried(APPLY).await?);
    let from = handin::brought(desk, contact).await?;
    let opens = || from.as_ref().map(|(_, form, hers)| handin::applied(form, *hers)).unwrap_or_default();
    let fields = tried.unwrap_or_else(opens);
    let beside = from.as_ref().map(|(of, ..)| of.aside(l));
    let (errors, tab) = (fields.summary(l), fields.tab(l, t::apply_title(l)));
    let back = Link::new(routes::staff_assist(&contact.public), contact.name.clone());
    let lead = t::apply_lead(l, &contact.name);
    let form = form(desk, contact, &fields);
    let aside = view! {
        {beside}
        <AsideBlock title=t::apply_aside_title(l)><p>{t::apply_aside(l)}</p></AsideBlock>
        <AsideBlock title=t::eyes_title(l)><p>{t::eyes(l)}</p></AsideBlock>
    };
    Ok(view! {
        <PageGrid aside=aside.into_any()>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::apply_title(l) tab=tab lead=lead back=back/>
            {form}
        </PageGrid>
    }
    .into_any())
}

fn form(desk: &Desk, contact: &Contact, fields: &Fields) -> AnyView {
    let l = desk.l;
    let key = fields.key(desk.ctx.chance.public::<()>().to_string());
    let relations = Relation::ALL.map(|r| Choice::new(r.code(), words::relation(l, r))).into();
    let (relation, no_relation) = (fields.value("relation"), fields.error(l, "relation"));
    let languages = Locale::ALL.map(|of| Choice::new(of.code(), words::language(l, of))).into();
    let locale = Some(fields.value("locale")).filter(|l| !l.is_empty()).unwrap_or_else(|| "nb".to_owned());
    let (told, no_told) = (fields.value("told") == "yes", fields.error(l, "told"));
    let (id, no_locale) = (contact.public.to_string(), fields.error(l, "locale"));
    let whom = known_by(l, fields, (t::apply_whom(l), t::apply_number(l), t::apply_birth(l)));
    let (children, needs) = (children(l, fields), needs(l, fields));
    view! {
        <Form action=format!("/api/{APPLY}")>
            <HiddenInput name="contact" value=id/>
            <HiddenInput name="key" value=key/>
            {whom}
            <Select name="relation" label=t::apply_relation(l) options=relations value=relation
                placeholder=t::choose(l) error=no_relation/>
            {children}
            {needs}
            <Select name="locale" label=t::apply_locale(l) options=languages value=locale
                error=no_locale/>
            <Checkbox name="told" label=t::apply_told(l) hint=t::apply_told_hint(l) checked=told error=no_told/>
            <Actions><Button text=t::apply_button(l)/></Actions>
        </Form>
    }
    .into_any()
}

/// A row for each child, folded away until there is one.
fn children(l: Locale, fields: &Fields) -> AnyView {
    let used = |(name, born): &(&str, &str)| {
        !fields.value(name).is_empty() || fields.error(l, name).is_some() || fields.error(l, born).is_some()
    };
    let open = CHILD_FIELDS.iter().any(used);
    let row = |(at, (name, born)): (usize, &(&'static str, &'static str))| {
        let (value, error) = (fields.value(name), fields.error(l, name));
        let born = date(l, fields, born, t::apply_child_born(l, at + 1));
        view! {
            <Field name=*name label=t::apply_child(l, at + 1) value=value error=error autocomplete="off"/>
            {born}
        }
    };
    let rows = CHILD_FIELDS.iter().enumerate().map(row).collect_view();
    view! { <Details summary=t::apply_children(l) open=open>{rows}</Details> }.into_any()
}

fn needs(l: Locale, fields: &Fields) -> AnyView {
    let options = Need::ALL.map(|n| Choice::new(n.code(), words::need(l, n))).into();
    let values = fields.list("needs");
    let [language, note] = ["language", "note"].map(|name| fields.value(name));
    let [no_needs, no_language, no_note] = ["needs", "language", "note"].map(|name| fields.error(l, name));
    let open = !values.is_empty() || !note.is_empty() || no_needs.is_some() || no_language.is_some();
    let longest = u32::try_from(LONGEST_NOTE).unwrap_or(u32::MAX);
    view! {
        <Details summary=t::apply_needs(l) open=open>
            <CheckboxGroup name="needs[]" legend=t::apply_needs_legend(l) options=options values=values
                error=no_needs/>
            <Field name="language" label=t::apply_language(l) value=language error=no_language width=Width::Half
                autocomplete="off"/>
            <TextArea name="note" label=t::apply_note(l) value=note error=no_note optional=t::optional(l)
                max=longest left=t::note_left(l, "{n}") over=t::note_over(l, "{n}")/>
        </Details>
    }
    .into_any()
}
