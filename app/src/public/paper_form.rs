//! The application to be filled in by hand, for whoever has no eID: to print, or to have printed; and where it is sent.

use backend::custody::PublicUnit;
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{broken, queries};
use crate::{
    i18n::{paper_form as t, visits_without},
    request, routes,
    ui::{
        Actions, Cell, Column, DataTable, Link, PageGrid, PageHead, PrintButton, Row, SummaryList, SummaryRow,
    },
};

/// Children on the form; more are written on a sheet beside it.
const CHILDREN: usize = 4;

#[component]
pub fn PaperFormPage() -> impl IntoView {
    let l = request::page().locale;
    let ctx = queries::ctx();
    let form = Suspend::new(async move {
        match queries::units(ctx).await {
            Ok(units) => form(l, units),
            Err(error) => broken(&error),
        }
    });
    view! { <Suspense>{form}</Suspense> }
}

fn form(l: Locale, units: Vec<PublicUnit>) -> AnyView {
    let (you, whom, needs, sign) = (you(l), whom(l), needs(l), sign(l));
    let (children, units) = (children(l), addresses(l, units));
    view! {
        <PageGrid>
            <PageHead title=t::title(l) lead=t::lead(l) back=Link::new(routes::HOW, t::back(l))/>
            <div class="no-print">
                <p>{t::help(l)}</p>
                <Actions><PrintButton text=t::print(l)/></Actions>
                <p><a href=routes::WITHOUT_EID>{visits_without::link(l)}</a></p>
            </div>
            <h2>{t::you_title(l)}</h2>
            <SummaryList rows=you/>
            <h2>{t::whom_title(l)}</h2>
            <SummaryList rows=whom/>
            <h2>{t::children_title(l)}</h2>
            {children}
            <h2>{t::needs_title(l)}</h2>
            <SummaryList rows=needs/>
            <h2>{t::sign_title(l)}</h2>
            <p>{t::sign_text(l)}</p>
            <SummaryList rows=sign/>
            <h2>{t::send_title(l)}</h2>
            <p>{t::send_text(l)}</p>
            {units}
        </PageGrid>
    }
    .into_any()
}

/// A line to write on, as high as handwriting.
fn line() -> AnyView {
    let blank = || view! { <span class="summary-line">"\u{a0}"</span> };
    view! { {blank()}{blank()} }.into_any()
}

fn write(label: String) -> SummaryRow {
    SummaryRow::view(label, line())
}

/// Boxes to tick.
fn boxes(label: String, all: Vec<String>) -> SummaryRow {
    let one = |text: String| view! { <span class="summary-line">"☐ "{text}</span> };
    SummaryRow::view(label, all.into_iter().map(one).collect_view())
}

fn you(l: Locale) -> Vec<SummaryRow> {
    let languages = vec![t::language_nb(l), t::language_nn(l), t::language_se(l), t::language_en(l)];
    vec![
        write(t::you_name(l)),
        write(t::you_number(l)),
        write(t::you_address(l)),
        write(t::you_phone(l)),
        boxes(t::you_language(l), languages),
    ]
}

fn whom(l: Locale) -> Vec<SummaryRow> {
    vec![write(t::whom_name(l)), write(t::whom_birth(l)), write(t::whom_relation(l))]
}

fn children(l: Locale) -> AnyView {
    let head = vec![Column::new(t::child_name(l)), Column::new(t::child_born(l))];
    let rows = (0..CHILDREN).map(|_| Row::new(vec![Cell::view(line()), Cell::view(line())])).collect();
    view! { <p>{t::children_text(l)}</p><DataTable caption=t::children_title(l) head=head rows=rows labels=true/> }
        .into_any()
}

fn needs(l: Locale) -> Vec<SummaryRow> {
    let all = vec![t::need_wheelchair(l), t::need_interpreter(l), t::need_hearing(l), t::need_sight(l)];
    vec![boxes(t::needs_label(l), all), write(t::needs_language(l)), write(t::needs_more(l))]
}

fn sign(l: Locale) -> Vec<SummaryRow> {
    vec![write(t::sign_place(l)), write(t::sign_name(l))]
}

fn addresses(l: Locale, units: Vec<PublicUnit>) -> AnyView {
    let head =
        vec![Column::new(t::unit_name(l)), Column::new(t::unit_address(l)), Column::new(t::unit_phone(l))];
    let row = |unit: PublicUnit| {
        Row::new(vec![
            Cell::in_lang("nb", unit.name),
            Cell::in_lang("nb", unit.address),
            Cell::text(unit.phone),
        ])
    };
    let rows = units.into_iter().map(row).collect();
    view! { <DataTable caption=t::send_title(l) head=head rows=rows labels=true/> }.into_any()
}
