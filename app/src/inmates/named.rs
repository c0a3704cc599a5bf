//! Whom he has named as visitors: the list, one more, and one taken away.

use backend::{
    custody::inmates::Inmate,
    visits::{
        clearance::LookReason,
        named::{self, Named, NamedRefusal, NamedVisitor, Opened},
    },
};
use domain::{
    appeals::FieldError as Fault,
    kernel::{Locale, Public},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::parts::{self, Desk, hidden, parsed, reader};
use crate::{
    appeals::fields::Fields,
    error::WireError,
    forms::Row,
    i18n::{common, dates, inmates as t},
    identity::here::failed,
    request, routes,
    ui::{
        Actions, Button, ButtonKind, ErrorSummary, Field, Form, HiddenInput, Link, Notice, NoticeKind,
        PageGrid, PageHead, SummaryList, SummaryRow,
    },
};

/// Where the forms are sent, which is also the name they are kept under.
const NAME: &str = "staff/inmates/named/name";
const END: &str = "staff/inmates/named/end";

/// The names each form sends.
pub const FORMS: &[Row] = &[(NAME, &["inmate", "name"]), (END, &["inmate", "named"])];

#[component]
pub fn NamedPage() -> impl IntoView {
    let public = request::param("public").and_then(|text| Public::parse(&text));
    parts::page(|desk| async move {
        let Some(public) = public else { return Ok(None) };
        let opened = named::open(&desk.ctx, &desk.who, &public, LookReason::HandleCase).await?;
        let Some(opened) = opened else { return Ok(None) };
        let fields = desk.tried(NAME).await?;
        Ok(Some(shown(&desk, &public, &opened, &fields)))
    })
}

fn shown(desk: &Desk, public: &Public<Inmate>, opened: &Opened, fields: &Fields) -> AnyView {
    let l = desk.l;
    let (errors, tab) = (fields.summary(l, wrong), fields.tab(l, t::named_title(l)));
    let back =
        Link::new(routes::staff_inmate_for(public, LookReason::HandleCase.code(), None), opened.name.clone());
    let done = match desk.page.query("done").as_deref() {
        Some("named") => Some(t::named_done_named(l)),
        Some("ended") => Some(t::named_done_ended(l)),
        _ => None,
    };
    let done = done.map(|title| view! { <Notice kind=NoticeKind::Done title=title/> });
    let listed = match opened.named.is_empty() {
        true => view! { <p>{t::named_none(l)}</p> }.into_any(),
        false => opened.named.iter().map(|one| listed(l, public, one)).collect_view().into_any(),
    };
    let more = match opened.named.len() as i64 >= opened.most {
        true => view! { <Notice title=t::named_full(l, opened.most)/> }.into_any(),
        false => form(l, public, fields),
    };
    let lead = t::named_lead(l, opened.most);
    view! {
        <ErrorSummary title=common::error_summary(l) errors=errors/>
        <PageGrid>
            <PageHead title=t::named_title(l) tab=tab lead=lead back=back/>
            {done}
            {listed}
            <h2>{t::named_add(l)}</h2>
            {more}
        </PageGrid>
    }
    .into_any()
}

fn listed(l: Locale, public: &Public<Inmate>, one: &Named) -> AnyView {
    let rows = vec![
        SummaryRow::new(t::named_name(l), &one.name),
        SummaryRow::new(t::named_since(l), dates::plain(l, one.since.date())),
    ];
    let (inmate, named, button) = (public.to_string(), one.public.to_string(), t::named_end(l, &one.name));
    view! {
        <SummaryList rows=rows/>
        <Form action=format!("/api/{END}")>
            <HiddenInput name="inmate" value=inmate/>
            <HiddenInput name="named" value=named/>
            <Actions><Button text=button kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
    .into_any()
}

fn form(l: Locale, public: &Public<Inmate>, fields: &Fields) -> AnyView {
    let (inmate, name, bad) = (public.to_string(), fields.value("name"), fields.error(l, wrong, "name"));
    view! {
        <Form action=format!("/api/{NAME}")>
            <HiddenInput name="inmate" value=inmate/>
            <Field name="name" label=t::named_name(l) hint=t::named_hint(l) value=name error=bad autocomplete="off"/>
            <Actions><Button text=t::named_button(l)/></Actions>
        </Form>
    }
    .into_any()
}

fn wrong(l: Locale, _: &str, code: &str) -> String {
    match code {
        "empty" => t::named_wrong_empty(l),
        "too_long" => t::named_wrong_long(l),
        _ => t::named_wrong_character(l),
    }
}

type Done = Result<(), WireError>;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NamePost {
    inmate: String,
    name: String,
}

#[server(endpoint = "staff/inmates/named/name")]
pub async fn name_visitor(#[server(flatten)] form: NamePost) -> Done {
    let desk = reader()?;
    let inmate: Public<Inmate> = parsed(&form.inmate)?;
    let page = routes::staff_inmate_named(&inmate);
    match named::name(&desk.ctx, &desk.who, &inmate, &form.name).await.map_err(failed)? {
        Ok(()) => request::redirect(&format!("{page}?done=named")),
        // The page says that there are as many as there may be.
        Err(NamedRefusal::Full { .. }) => request::redirect(&page),
        Err(NamedRefusal::Hidden) => return Err(hidden()),
        Err(NamedRefusal::Name(error)) => {
            let fields = Fields::new([("name", form.name)]);
            let fault = Fault { field: "name", code: error.code() };
            return desk.keep(NAME, &page, &fields.with(&[fault])).await;
        }
    }
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UnnamePost {
    inmate: String,
    named: String,
}

#[server(endpoint = "staff/inmates/named/end")]
pub async fn unname_visitor(#[server(flatten)] form: UnnamePost) -> Done {
    let desk = reader()?;
    let (inmate, named): (Public<Inmate>, Public<NamedVisitor>) =
        (parsed(&form.inmate)?, parsed(&form.named)?);
    let ended = named::end(&desk.ctx, &desk.who, &inmate, &named).await.map_err(failed)?;
    ended.ok_or_else(hidden)?;
    request::redirect(&format!("{}?done=ended", routes::staff_inmate_named(&inmate)));
    Ok(())
}
