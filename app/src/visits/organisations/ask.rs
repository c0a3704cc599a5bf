//! Asking to meet somebody: where, who and why.

use backend::{
    Result,
    visits::organisations::{self, OnePage as Known},
};
use domain::{kernel::Public, visits::organisations::OrganisationTask};
use leptos::prelude::*;

use super::{
    api::ASK,
    parts::{day, named, tried_by},
    words::wrong,
};
use crate::{
    appeals::fields::Fields,
    i18n::{common, visits_organisations as t},
    public::NotFound,
    routes,
    ui::{
        Actions, AsideBlock, Button, Choice, ErrorSummary, Field, Form, HiddenInput, Link, Notice,
        NoticeKind, PageGrid, PageHead, Select, TextArea,
    },
    visits::{Here, page},
};

#[component]
pub fn AskPage() -> impl IntoView {
    let id = named();
    page("visits_organisations", move |here| async move {
        let Some(id) = id else { return Ok(view! { <NotFound/> }.into_any()) };
        match organisations::my_one(&here.ctx, &here.who, &id).await? {
            Some(known) => shown(&here, &known).await,
            None => Ok(view! { <NotFound/> }.into_any()),
        }
    })
}

async fn shown(here: &Here, known: &Known) -> Result<AnyView> {
    let (l, fields) = (here.locale(), tried_by(here, ASK).await?);
    let (errors, tab) = (fields.summary(l, wrong), fields.tab(l, t::ask_title(l)));
    let back = Link::new(routes::my_organisation(&known.mine.public), known.mine.name.clone());
    let body = match known.units.is_empty() {
        true => view! { <Notice kind=NoticeKind::Warn title=t::aside_none(l)/> }.into_any(),
        false => form(here, known, &fields),
    };
    let aside = view! { <AsideBlock title=t::ask_aside(l)><p>{t::ask_aside_text(l)}</p></AsideBlock> };
    Ok(view! {
        <PageGrid aside=aside.into_any()>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=t::ask_title(l) tab=tab lead=t::ask_lead(l) back=back/>
            {body}
        </PageGrid>
    }
    .into_any())
}

fn form(here: &Here, known: &Known, fields: &Fields) -> AnyView {
    let l = here.locale();
    let typed = fields.value("key");
    let key = if typed.is_empty() { here.ctx.chance.public::<OrganisationTask>().to_string() } else { typed };
    let of: &Public<_> = &known.mine.public;
    let of = of.to_string();
    let units: Vec<Choice> =
        known.units.iter().map(|(slug, name, _)| Choice::new(slug.clone(), name.clone())).collect();
    let only = if let [(slug, ..)] = known.units.as_slice() { slug.clone() } else { String::new() };
    let unit = Some(fields.value("unit")).filter(|unit| !unit.is_empty()).unwrap_or(only);
    let [name, why] = ["name", "why"].map(|field| fields.value(field));
    let [bad_unit, bad_name, bad_why] = ["unit", "name", "why"].map(|field| fields.error(l, wrong, field));
    let born = day(l, fields, wrong, "born", (t::ask_born(l), t::ask_born_hint(l)));
    view! {
        <Form action=format!("/api/{ASK}")>
            <HiddenInput name="public" value=of/>
            <HiddenInput name="key" value=key/>
            <Select name="unit" label=t::fact_unit(l) options=units value=unit placeholder=t::ask_choose(l)
                error=bad_unit/>
            <Field name="name" label=t::ask_name(l) value=name error=bad_name autocomplete="off"/>
            {born}
            <TextArea name="why" label=t::ask_why(l) hint=t::ask_why_hint(l) value=why error=bad_why/>
            <Actions><Button text=t::ask_send(l)/></Actions>
        </Form>
    }
    .into_any()
}
