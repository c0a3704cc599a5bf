//! Her page about one client: what she has asked for and what became of it, or the form.

use backend::{
    Result,
    form_try::{self, FormTry},
    visits::booking::counsel::urgent::{self, Asked, UrgentPage as Known},
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::{
        Way,
        urgent::{Urgent, UrgentReason, UrgentState},
    },
};
use leptos::prelude::*;

use super::{
    super::super::api::action,
    api::{ASK, WITHDRAW},
    words,
};
use crate::{
    i18n::{common, dates, visits_urgent as t},
    public::NotFound,
    request, routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Choice, DateEntry, DateLabels, DateValue, EmptyState,
        ErrorSummary, Field, FieldError, Form, HiddenInput, Link, LinkButton, Notice, NoticeKind, PageGrid,
        PageHead, RadioGroup, SummaryList, SummaryRow, Width,
    },
    visits::{Here, page},
};

#[component]
pub fn UrgentPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    page("visits_urgent", move |here| async move {
        let Some(inmate) = Public::parse(&public) else { return Ok(view! { <NotFound/> }.into_any()) };
        let Some(known) = urgent::page(&here.ctx, &here.who, &inmate).await? else {
            return Ok(view! { <NotFound/> }.into_any());
        };
        let tried = match here.page.query("try") {
            Some(key) => form_try::find(&here.ctx, &here.actor(), ASK, &key).await?,
            None => None,
        };
        whole(&here, &known, &tried.unwrap_or_default())
    })
}

fn whole(here: &Here, known: &Known, tried: &FormTry) -> Result<AnyView> {
    let l = t::lang(here.page.locale);
    let error =
        |e: &form_try::FieldError| FieldError::new(e.field.clone(), words::wrong(l, &e.field, &e.code));
    let errors: Vec<FieldError> = tried.errors.iter().map(error).collect();
    let tab =
        if errors.is_empty() { t::tab(l) } else { format!("{} {}", common::error_prefix(l), t::tab(l)) };
    let title = t::title(l, &known.client.name);
    let back = Link::new(routes::my_client_rooms(&known.client.inmate), t::back(l));
    let done = match here.page.query("done").as_deref() {
        Some("withdrawn") => Some(t::done_withdrawn(l)),
        _ => None,
    };
    let done = done.map(|title| view! { <Notice kind=NoticeKind::Done title=title/> });
    let middle = match (&known.client.unit, &known.last) {
        (None, _) => view! { <EmptyState title=t::nowhere_title(l) text=t::nowhere_text(l)/> }.into_any(),
        (Some((_, phone)), Some(asked)) => asked_for(l, known, asked, phone),
        (Some(_), None) => form(here, known, tried),
    };
    let again = matches!(&known.last, Some(asked) if matches!(asked.state, UrgentState::Refused(_) | UrgentState::Lapsed));
    let again = again.then(|| {
        let form = form(here, known, tried);
        view! { <h2>{t::again(l)}</h2>{form} }
    });
    let aside = aside(l, known);
    Ok(view! {
        <PageGrid aside=aside>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=title tab=tab lead=t::lead(l) back=back/>
            {done}
            {middle}
            {again}
        </PageGrid>
    }
    .into_any())
}

/// What became of it comes first.
fn asked_for(l: Locale, known: &Known, asked: &Asked, phone: &str) -> AnyView {
    let (kind, title, text) = match asked.state {
        UrgentState::Booked => (NoticeKind::Done, t::booked_title(l), None),
        UrgentState::Refused(why) => (NoticeKind::Warn, t::refused_title(l), Some(words::no(l, why, phone))),
        UrgentState::Lapsed => (NoticeKind::Warn, t::lapsed_title(l), Some(t::lapsed_text(l, phone))),
        UrgentState::Open | UrgentState::Withdrawn => {
            (NoticeKind::Info, t::open_title(l), Some(t::open_text(l)))
        }
    };
    let text = text.map(|text| view! { <p>{text}</p> });
    let rows = vec![
        SummaryRow::new(t::fact_reason(l), words::reason(l, asked.wish.reason)),
        SummaryRow::new(t::fact_way(l), words::way(l, asked.wish.way)),
        SummaryRow::new(t::fact_by(l), dates::capital(&dates::date_time(l, asked.wish.by))),
        SummaryRow::new(t::fact_asked(l), dates::date_time_with_year(l, asked.asked_at)),
    ];
    let visit = asked.booking.as_ref().map(|booking| {
        let href = routes::booking(booking);
        view! { <Actions><LinkButton href=href text=t::see_booking(l)/></Actions> }
    });
    let (inmate, public) = (known.client.inmate.to_string(), asked.public.to_string());
    let withdraw = (asked.state == UrgentState::Open).then(|| {
        view! {
            <Form action=action(WITHDRAW)>
                <HiddenInput name="inmate" value=inmate/>
                <HiddenInput name="public" value=public/>
                <Actions><Button text=t::withdraw(l) kind=ButtonKind::Quiet/></Actions>
            </Form>
        }
    });
    view! {
        <Notice kind=kind title=title>{text}</Notice>
        {visit}
        <SummaryList rows=rows/>
        {withdraw}
    }
    .into_any()
}

fn form(here: &Here, known: &Known, tried: &FormTry) -> AnyView {
    let l = t::lang(here.page.locale);
    let key: Public<Urgent> = here.ctx.chance.public();
    let (inmate, key) = (known.client.inmate.to_string(), key.to_string());
    let reasons = UrgentReason::ALL.map(|one| Choice::new(one.code(), words::reason(l, one))).to_vec();
    let any = Choice::new("any", words::way(l, None));
    let ways = Way::ALL.map(|one| Choice::new(one.code(), words::way(l, Some(one))));
    let ways: Vec<Choice> = [any].into_iter().chain(ways).collect();
    let wrong = |field: &str| tried.code(field).map(|code| words::wrong(l, field, code));
    let [bad_reason, bad_way, bad_by, bad_clock] = ["reason", "way", "by", "clock"].map(wrong);
    let [reason, way, clock] = ["reason", "way", "clock"].map(|name| tried.value(name));
    let way = if way.is_empty() { "any".to_owned() } else { way };
    let [day, month, year] = ["by_day", "by_month", "by_year"].map(|name| tried.value(name));
    let labels = DateLabels { day: common::day(l), month: common::month(l), year: common::year(l) };
    let hint = t::by_hint(l, known.hours);
    view! {
        <Form action=action(ASK)>
            <HiddenInput name="inmate" value=inmate/>
            <HiddenInput name="key" value=key/>
            <RadioGroup name="reason" legend=t::fact_reason(l) hint=t::reason_hint(l) options=reasons value=reason
                error=bad_reason/>
            <RadioGroup name="way" legend=t::fact_way(l) options=ways value=way error=bad_way/>
            <DateEntry name="by" legend=t::by_legend(l) hint=hint labels=labels
                value=DateValue { day, month, year } error=bad_by/>
            <Field name="clock" label=t::clock(l) hint=t::clock_hint(l) value=clock error=bad_clock
                width=Width::Short/>
            <Actions><Button text=t::send(l)/></Actions>
        </Form>
    }
    .into_any()
}

fn aside(l: Locale, known: &Known) -> AnyView {
    let ring = known.client.unit.as_ref().map(|(unit, phone)| {
        let text = t::aside_ring(l, unit, phone);
        view! { <p>{text}</p> }
    });
    view! {
        <AsideBlock title=t::aside_title(l)><p>{t::aside_text(l)}</p>{ring}</AsideBlock>
    }
    .into_any()
}
