//! The page.

use backend::Result;
use domain::{insight::FieldError as Fault, kernel::Locale};
use leptos::prelude::*;

use super::{
    answers, chosen, notes, open, places, shares,
    told::{Told, told},
};
use crate::{
    i18n::{common, dates, insight as t},
    identity::here::{staff, staff_page},
    ui::{ButtonKind, Details, ErrorSummary, FieldError, HeadRow, LinkButton, PageHead},
};

#[component]
pub fn InsightPage() -> impl IntoView {
    staff().map(|(ctx, who, page)| {
        let l = t::lang(page.locale);
        let read = async move { told(&ctx, &who, &page).await };
        staff_page(l, async move { made(l, read.await) })
    })
}

fn made(l: Locale, told: Result<Option<Told>>) -> Result<Option<AnyView>> {
    let Some(told) = told? else { return Ok(None) };
    Ok(Some(match &told.figures {
        Ok(_) => shown(l, &told),
        Err(errors) => refused(l, &told, errors),
    }))
}

fn shown(l: Locale, told: &Told) -> AnyView {
    let Ok((span, _)) = &told.figures else { return ().into_any() };
    let days = t::span(l, dates::plain(l, span.from), dates::plain(l, span.to));
    let lead = format!("{}, {days}.", told.unit_name(l));
    let (form, file, note) = (chosen::form(l, told, &[]), told.chosen.file(), counted(l, told));
    let sections = [
        answers::section(l, told),
        places::section(l, told),
        open::section(l, told),
        shares::section(l, told),
    ];
    let (sections, notes) = (sections.into_iter().collect_view(), notes::notes(l, told));
    view! {
        <div class="stack">
            <HeadRow>
                <PageHead title=t::title(l) lead=lead note=note/>
                <LinkButton href=file text=t::file(l) kind=ButtonKind::Secondary/>
            </HeadRow>
            {form}
            <div class="insight">{sections}</div>
            {notes}
        </div>
    }
    .into_any()
}

fn counted(l: Locale, told: &Told) -> String {
    told.known.counted_at.map_or_else(|| t::never_counted(l), |at| t::counted(l, dates::date_time(l, at)))
}

fn refused(l: Locale, told: &Told, errors: &[Fault]) -> AnyView {
    let summary = errors.iter().map(|error| {
        FieldError::new(format!("{}_day", error.field), chosen::wrong(l, error.field, error.code))
    });
    let summary = summary.collect();
    let tab = format!("{} {}", common::error_prefix(l), t::title(l));
    let (form, note) = (chosen::form(l, told, errors), counted(l, told));
    view! {
        <div class="stack">
            <ErrorSummary title=common::error_summary(l) errors=summary/>
            <PageHead title=t::title(l) tab=tab note=note/>
            {form}
        </div>
    }
    .into_any()
}

/// One figure: what it says, what stands behind it, the plot, and the numbers in a table.
pub(super) fn figure(l: Locale, (finding, text): (String, String), plot: AnyView, table: AnyView) -> AnyView {
    view! {
        <section class="section-rule stack">
            <h2>{finding}</h2>
            <p>{text}</p>
            {plot}
            <Details summary=t::as_table(l)>{table}</Details>
        </section>
    }
    .into_any()
}

/// Too little to be told.
pub(super) fn nothing((finding, text): (String, String)) -> AnyView {
    view! {
        <section class="section-rule stack">
            <h2>{finding}</h2>
            <p>{text}</p>
        </section>
    }
    .into_any()
}
