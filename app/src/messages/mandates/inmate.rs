//! The mandates for one inmate, and one more: who the lawyer is, by which right, from when to when.

use backend::identity::mandates::{self, OfInmate, Registered};
use domain::{
    identity::MandateKind,
    kernel::{CivilDate, Locale},
};
use leptos::prelude::*;

use super::{
    api::REGISTER,
    parts::{self, Desk},
    words::{self, wrong},
};
use crate::{
    i18n::{common, dates, messages_mandates as t},
    messages::{date::date, kept::Kept},
    routes,
    ui::{
        Actions, Button, ButtonKind, Cell, Choice, Column, DataTable, ErrorSummary, Field, Form, HiddenInput,
        Kind as Input, Link, LinkButton, Notice, NoticeKind, PageHead, RadioGroup, Row, Width,
    },
};

#[component]
pub fn InmatePage() -> impl IntoView {
    let id = parts::named();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(all) = mandates::of_inmate(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        let kept = desk.tried(REGISTER).await?.filter(|kept| kept.is_about(&id)).unwrap_or_default();
        Ok(Some(shown(&desk, &all, &kept)))
    })
}

fn shown(desk: &Desk, all: &OfInmate, kept: &Kept) -> AnyView {
    let (l, inmate) = (desk.l, &all.inmate);
    let (errors, tab) = (kept.summary(l, wrong), kept.tab(l, t::inmate_tab(l)));
    let (title, note) = (
        t::inmate_title(l, &inmate.name),
        t::found_row(l, dates::plain(l, inmate.birth_date), &inmate.unit_name),
    );
    let back = Link::new(routes::STAFF_MANDATES, t::title(l));
    let (list, form) = (list(l, &all.mandates, desk.page.now.date()), form(l, all, kept));
    view! {
        <ErrorSummary title=common::error_summary(l) errors=errors/>
        {done(l, kept)}
        <PageHead title=title tab=tab note=note back=back/>
        <div class="case">
            <div class="case-main">{list}</div>
            <div class="case-side">
                <h2>{t::register_title(l)}</h2>
                <p>{t::register_text(l)}</p>
                {form}
            </div>
        </div>
    }
    .into_any()
}

fn done(l: Locale, kept: &Kept) -> Option<AnyView> {
    let title = match kept.what().as_str() {
        "registered" => t::done_registered(l),
        "ended" => t::done_ended(l),
        _ => return None,
    };
    Some(view! { <Notice kind=NoticeKind::Done title=title/> }.into_any())
}

fn list(l: Locale, all: &[Registered], today: CivilDate) -> AnyView {
    if all.is_empty() {
        return view! { <p>{t::list_none(l)}</p> }.into_any();
    }
    let head = [t::column_who(l), t::column_days(l), t::column_state(l), t::column_end(l)];
    let head = head.into_iter().map(Column::new).collect();
    let rows = all.iter().map(|one| row(l, one, today)).collect();
    view! { <DataTable caption=t::list_title(l) head=head rows=rows labels=true/> }.into_any()
}

fn row(l: Locale, one: &Registered, today: CivilDate) -> Row {
    let over = one.mandate.ended || one.mandate.valid_to < today;
    let (href, about) = (routes::staff_mandate_end(&one.public), one.name.clone());
    let end = if over {
        Cell::text(t::end_over(l))
    } else {
        Cell::view(view! {
            <LinkButton href=href text=t::end_link(l) kind=ButtonKind::Secondary about=about/>
        })
    };
    Row::new(vec![
        Cell::two(one.name.as_str(), words::kind(l, one.kind)),
        Cell::text(words::days(l, &one.mandate)),
        Cell::text(words::state(l, &one.mandate, today)),
        end,
    ])
}

fn form(l: Locale, all: &OfInmate, kept: &Kept) -> AnyView {
    let inmate = all.inmate.public.to_string();
    let [name, number, kind] = ["name", "number", "kind"].map(|field| kept.value(field));
    let [bad_name, bad_number, bad_kind] =
        ["name", "number", "kind"].map(|field| kept.error(l, wrong, field));
    let kinds = MandateKind::ALL.map(|one| Choice::new(one.code(), words::kind(l, one))).into();
    let from = date(l, kept, wrong, "valid_from", t::from_label(l), None);
    let to = date(l, kept, wrong, "valid_to", t::to_label(l), Some(t::to_hint(l)));
    view! {
        <Form action=format!("/api/{REGISTER}")>
            <HiddenInput name="inmate" value=inmate/>
            <Field name="number" label=t::number_label(l) hint=t::number_hint(l) kind=Input::Number
                width=Width::Half value=number error=bad_number autocomplete="off"/>
            <Field name="name" label=t::name_label(l) value=name error=bad_name autocomplete="off"/>
            <RadioGroup name="kind" legend=t::kind_label(l) options=kinds value=kind error=bad_kind/>
            {from}
            {to}
            <Actions><Button text=t::register(l)/></Actions>
        </Form>
    }
    .into_any()
}
