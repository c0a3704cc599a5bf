//! For which period and which days she waits. Who comes is known: it goes along.

use backend::{
    Result,
    form_try::{self, FormTry},
    visits::booking::{self, Available, waiting},
};
use domain::{
    kernel::{CivilDate, Locale},
    visits::booking::waiting::{Suits, furthest},
};
use leptos::prelude::*;

use super::{
    super::words::party,
    api::{WAIT, action},
    words,
};
use crate::{
    i18n::{common, visits_booking, visits_waiting as t},
    request, routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Choice, DateEntry, DatePart, DateValue, ErrorSummary,
        FieldError, Form, Link, LinkButton, Notice, PageGrid, PageHead, RadioGroup,
    },
    visits::{Here, page},
};

#[component]
pub fn AskPage() -> impl IntoView {
    page("visits_waiting", ask)
}

async fn ask(here: Here) -> Result<AnyView> {
    let Some(found) = booking::available(&here.ctx, &here.who).await? else {
        request::redirect(routes::BOOK);
        return Ok(().into_any());
    };
    if found.draft.changes.is_some() {
        request::redirect(&routes::book("when"));
        return Ok(().into_any());
    }
    let tried = match here.page.query("try") {
        Some(key) => form_try::find(&here.ctx, &here.actor(), WAIT, &key).await?,
        None => None,
    };
    let tried = tried.unwrap_or_else(|| begun(&found, here.page.now.date()));
    let waits = waiting::waits(&here.ctx, &here.who).await?;
    let has = waits.iter().any(|wait| wait.inmate == found.draft.inmate);
    Ok(question(&here, &found, &tried, has))
}

/// As it opens: all the days that can be booked now, and any of them.
fn begun(found: &Available, today: CivilDate) -> FormTry {
    let (first, last) = found.window.unwrap_or((today, furthest(today)));
    let parts =
        |date: CivilDate| [date.0.day().to_string(), date.0.month().to_string(), date.0.year().to_string()];
    let ([from_day, from_month, from_year], [to_day, to_month, to_year]) = (parts(first), parts(last));
    FormTry::new([
        ("from_day", from_day),
        ("from_month", from_month),
        ("from_year", from_year),
        ("to_day", to_day),
        ("to_month", to_month),
        ("to_year", to_year),
        ("suits", Suits::Any.code().to_owned()),
    ])
}

/// Each error leads to its field; of a date, to the part that is to be put right.
fn summary(l: Locale, tried: &FormTry) -> Vec<FieldError> {
    let error = |e: &form_try::FieldError| {
        let input = match (e.field.as_str(), wrong_part(&e.code)) {
            ("suits", _) => "suits".to_owned(),
            (date, Some(DatePart::Month)) => format!("{date}_month"),
            (date, Some(DatePart::Year)) => format!("{date}_year"),
            (date, _) => format!("{date}_day"),
        };
        FieldError::new(input, words::wrong(l, &e.field, &e.code))
    };
    tried.errors.iter().map(error).collect()
}

fn wrong_part(code: &str) -> Option<DatePart> {
    match code {
        "date_day" => Some(DatePart::Day),
        "date_month" => Some(DatePart::Month),
        "date_year" => Some(DatePart::Year),
        _ => None,
    }
}

fn day(l: Locale, tried: &FormTry, name: &'static str, legend: String, hint: Option<String>) -> AnyView {
    let value = |part: &str| tried.value(&format!("{name}_{part}"));
    let value = DateValue { day: value("day"), month: value("month"), year: value("year") };
    let (code, labels) = (tried.code(name), words::date_labels(l));
    let error = code.map(|code| words::wrong(l, name, code));
    match code.and_then(wrong_part) {
        Some(wrong) => view! {
            <DateEntry name=name legend=legend labels=labels value=value hint=hint error=error wrong=wrong/>
        }
        .into_any(),
        None => {
            view! { <DateEntry name=name legend=legend labels=labels value=value hint=hint error=error/> }
                .into_any()
        }
    }
}

fn question(here: &Here, found: &Available, tried: &FormTry, has: bool) -> AnyView {
    let (l, draft) = (here.locale(), &found.draft);
    let errors = summary(l, tried);
    let title = t::ask_title(l);
    let tab = if errors.is_empty() { title.clone() } else { format!("{} {title}", common::error_prefix(l)) };
    let lead = t::ask_lead(l, &draft.inmate_name, &draft.unit_name);
    let has = has.then(|| view! { <Notice title=t::ask_has(l)><p>{t::ask_has_text(l)}</p></Notice> });
    let from = day(l, tried, "from", t::ask_from(l), None);
    let to = day(l, tried, "to", t::ask_to(l), Some(t::ask_to_hint(l)));
    let options = Suits::ALL.map(|one| Choice::new(one.code(), words::suits(l, one))).to_vec();
    let (value, wrong) =
        (tried.value("suits"), tried.code("suits").map(|code| words::wrong(l, "suits", code)));
    view! {
        <PageGrid aside=aside(here, found)>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=title tab=tab lead=lead back=Link::new(routes::book("when"), t::back_when(l))/>
            {has}
            <Form action=action(WAIT)>
                {from}
                {to}
                <RadioGroup name="suits" legend=t::ask_suits(l) options=options value=value error=wrong/>
                <Actions>
                    <Button text=t::ask_button(l)/>
                    <LinkButton href=routes::book("when") text=t::ask_no(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

fn aside(here: &Here, found: &Available) -> AnyView {
    let (l, draft) = (here.locale(), &found.draft);
    let people = party(l, draft, here.page.now.date());
    let people = people.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
    let change = format!("{}?inmate={}", routes::BOOK, draft.inmate);
    view! {
        <AsideBlock title=t::how_title(l)><p>{t::how_text(l)}</p></AsideBlock>
        <AsideBlock title=visits_booking::fact_who(l)>
            {people}
            <a href=change>{visits_booking::aside_change(l)}</a>
        </AsideBlock>
    }
    .into_any()
}
