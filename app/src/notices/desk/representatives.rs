//! Who represents her, for her officer: those there are, and one more who has been verified.

use backend::notices::{
    Party,
    representing::{self, Kind, Representing},
};
use domain::kernel::{Locale, Public};
use leptos::prelude::*;

use super::{
    fields::{Fields, date_labels},
    forms,
    parts::{self, Desk, action},
};
use crate::{
    i18n::{common, dates, notices_desk as t},
    routes,
    ui::{
        Actions, Button, ButtonKind, Cell, Choice, Column, DataTable, DateEntry, DatePart, ErrorSummary,
        Field, Form, HiddenInput, Kind as Input, Link, PageHead, RadioGroup, Row, TextArea, Width,
    },
};

#[component]
pub fn RepresentativesPage() -> impl IntoView {
    let id = parts::named::<Party>();
    parts::page(|desk| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(all) = representing::list(&desk.ctx, &desk.who, &id).await? else { return Ok(None) };
        let fields = desk.tried_of(forms::REPRESENT, &id).await?.unwrap_or_default();
        Ok(Some(shown(&desk, &id, all, fields)))
    })
}

fn shown(desk: &Desk, party: &Public<Party>, all: Vec<Representing>, fields: Fields) -> AnyView {
    let l = desk.l;
    let tab = fields.tab(l, t::represent_title(l));
    let id = party.to_string();
    let back = Link::new(routes::staff_party(party), t::party_tab(l));
    view! {
        <ErrorSummary title=common::error_summary(l) errors=fields.summary(l)/>
        <PageHead title=t::represent_title(l) tab=tab lead=t::represent_lead(l) back=back/>
        <div class="case">
            <div class="case-main">{list(l, all)}</div>
            <div class="case-side">
                <h2>{t::represent_new(l)}</h2>
                <Form action=action(forms::REPRESENT)>
                    <HiddenInput name="id" value=id/>
                    <Inputs l=l fields=fields/>
                    <Actions><Button text=t::represent_button(l)/></Actions>
                </Form>
            </div>
        </div>
    }
    .into_any()
}

fn list(l: Locale, all: Vec<Representing>) -> AnyView {
    if all.is_empty() {
        return view! { <p>{t::represent_none(l)}</p> }.into_any();
    }
    let head = vec![
        Column::new(t::represent_who(l)),
        Column::new(t::represent_days(l)),
        Column::new(t::represent_basis(l)),
        Column::new(t::column_state(l)),
    ];
    let rows = all.into_iter().map(|one| row(l, one)).collect();
    view! { <DataTable caption=t::represent_title(l) head=head rows=rows labels=true/> }.into_any()
}

fn row(l: Locale, one: Representing) -> Row {
    let days = format!("{} – {}", dates::with_year(l, one.from), dates::with_year(l, one.until));
    let state = match one.ended_at {
        Some(at) => Cell::text(t::represent_ended(l, dates::date_time(l, at))),
        None => {
            let public = one.public.to_string();
            let about = one.name.clone();
            Cell::view(view! {
                <Form action=action(forms::UNREPRESENT)>
                    <HiddenInput name="id" value=public/>
                    <Button text=t::represent_end(l) kind=ButtonKind::Secondary about=about/>
                </Form>
            })
        }
    };
    Row::new(vec![Cell::two(one.name, kind(l, one.kind)), Cell::text(days), Cell::text(one.basis), state])
}

fn kind(l: Locale, kind: Kind) -> String {
    match kind {
        Kind::Counsel => t::represent_counsel(l),
        Kind::Guardian => t::represent_guardian(l),
    }
}

#[component]
fn Inputs(l: Locale, fields: Fields) -> impl IntoView {
    let kinds = Kind::ALL.map(|one| Choice::new(one.code(), kind(l, one))).into();
    view! {
        <Field name="name" label=t::fact_name(l) value=fields.value("name") error=fields.error(l, "name")
            autocomplete="off"/>
        <Field name="number" label=t::register_number(l) hint=t::represent_number_hint(l) kind=Input::Number
            width=Width::Half value=fields.value("number") error=fields.error(l, "number") autocomplete="off"/>
        <RadioGroup name="kind" legend=t::represent_kind(l) options=kinds value=fields.value("kind")
            error=fields.error(l, "kind")/>
        {date(l, &fields, "from", t::represent_from(l))}
        {date(l, &fields, "until", t::represent_until(l))}
        <TextArea name="basis" label=t::represent_basis(l) hint=t::represent_basis_hint(l) rows=3
            value=fields.value("basis") error=fields.error(l, "basis")/>
    }
}

fn date(l: Locale, fields: &Fields, name: &'static str, legend: String) -> AnyView {
    let (error, value) = (fields.error(l, name), fields.date(name));
    let wrong: Option<DatePart> = fields.wrong(name);
    match wrong {
        Some(wrong) => view! {
            <DateEntry name=name legend=legend labels=date_labels(l) value=value error=error wrong=wrong/>
        }
        .into_any(),
        None => view! { <DateEntry name=name legend=legend labels=date_labels(l) value=value error=error/> }
            .into_any(),
    }
}
