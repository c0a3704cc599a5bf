//! Her page about one client, or her delegate's: what was asked for in her name and what became of it, or the form.

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
    super::{
        super::api::action,
        side::{Address, Side},
    },
    api::{ASK, WITHDRAW},
    words,
};
use crate::{
    i18n::{common, dates, visits_urgent as t},
    public::NotFound,
    routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Choice, DateEntry, DateLabels, DateValue, EmptyState,
        ErrorSummary, Field, FieldError, Form, HiddenInput, Link, LinkButton, Notice, NoticeKind, PageGrid,
        PageHead, RadioGroup, SummaryList, SummaryRow, Width,
    },
    visits::{Here, page},
};

#[component]
pub fn UrgentPage() -> impl IntoView {
    let address = Address::read();
    page("visits_urgent", move |here| async move {
        let Some((side, inmate)) = address.side(&here).await? else {
            return Ok(view! { <NotFound/> }.into_any());
        };
        let Some(known) = urgent::page(&here.ctx, side.acting.clone(), &inmate).await? else {
            return Ok(view! { <NotFound/> }.into_any());
        };
        let tried = match here.page.query("try") {
            Some(key) => form_try::find(&here.ctx, &here.actor(), ASK, &key).await?,
            None => None,
        };
        whole(&here, (&side, &known), &tried.unwrap_or_default())
    })
}

fn whole(here: &Here, (side, known): (&Side, &Known), tried: &FormTry) -> Result<AnyView> {
    let l = t::lang(here.page.locale);
    let error =
        |e: &form_try::FieldError| FieldError::new(e.field.clone(), words::wrong(l, &e.field, &e.code));
    let errors: Vec<FieldError> = tried.errors.iter().map(error).collect();
    let tab =
        if errors.is_empty() { t::tab(l) } else { format!("{} {}", common::error_prefix(l), t::tab(l)) };
    let (title, lead) = match &side.lawyer {
        Some(lawyer) => (t::title_under(l, lawyer, &known.client.name), t::lead_under(l, lawyer)),
        None => (t::title(l, &known.client.name), t::lead(l)),
    };
    let back = Link::new(side.rooms(&known.client.inmate), t::back(l));
    let done = match here.page.query("done").as_deref() {
        Some("withdrawn") => Some(t::done_withdrawn(l)),
        _ => None,
    };
    let done = done.map(|title| view! { <Notice kind=NoticeKind::Done title=title/> });
    let middle = match (&known.client.unit, &known.last) {
        (None, _) => view! { <EmptyState title=t::nowhere_title(l) text=t::nowhere_text(l)/> }.into_any(),
        (Some((_, phone)), Some(asked)) => asked_for(l, (side, known), asked, phone),
        (Some(_), None) => form(here, (side, known), tried),
    };
    let again = matches!(&known.last, Some(asked) if matches!(asked.state, UrgentState::Refused(_) | UrgentState::Lapsed));
    let again = again.then(|| {
        let form = form(here, (side, known), tried);
        view! { <h2>{t::again(l)}</h2>{form} }
    });
    let aside = aside(l, known);
    Ok(view! {
        <PageGrid aside=aside>
            <ErrorSummary title=common::error_summary(l) errors=errors/>
            <PageHead title=title tab=tab lead=lead back=back/>
            {done}
            {middle}
            {again}
        </PageGrid>
    }
    .into_any())
}

/// What became of it comes first.
fn asked_for(l: Locale, (side, known): (&Side, &Known), asked: &Asked, phone: &str) -> AnyView {
    let outcome = outcome(l, side, asked.state, phone);
    let rows = vec![
        SummaryRow::new(t::fact_reason(l), words::reason(l, asked.wish.reason)),
        SummaryRow::new(t::fact_way(l), words::way(l, asked.wish.way)),
        SummaryRow::new(t::fact_by(l), dates::capital(&dates::date_time(l, asked.wish.by))),
        SummaryRow::new(t::fact_asked(l), dates::date_time_with_year(l, asked.asked_at)),
    ];
    let visit = asked.booking.as_ref().map(|booking| {
        let href = match side.acting.delegation() {
            Some(under) => routes::my_lawyer_visit(under, booking),
            None => routes::booking(booking),
        };
        view! { <Actions><LinkButton href=href text=t::see_booking(l)/></Actions> }
    });
    let ([inmate, delegation], public) = (sent(side, known), asked.public.to_string());
    let withdraw = (asked.state == UrgentState::Open).then(|| {
        view! {
            <Form action=action(WITHDRAW)>
                <HiddenInput name="inmate" value=inmate/>
                <HiddenInput name="delegation" value=delegation/>
                <HiddenInput name="public" value=public/>
                <Actions><Button text=t::withdraw(l) kind=ButtonKind::Quiet/></Actions>
            </Form>
        }
    });
    view! {
        {outcome}
        {visit}
        <SummaryList rows=rows/>
        {withdraw}
    }
    .into_any()
}

fn outcome(l: Locale, side: &Side, state: UrgentState, phone: &str) -> AnyView {
    let (refused, open) = match &side.lawyer {
        Some(lawyer) => (t::refused_title_under(l, lawyer), t::open_text_under(l, lawyer)),
        None => (t::refused_title(l), t::open_text(l)),
    };
    let (kind, title, text) = match state {
        UrgentState::Booked => (NoticeKind::Done, t::booked_title(l), None),
        UrgentState::Refused(why) => (NoticeKind::Warn, refused, Some(words::no(l, why, phone))),
        UrgentState::Lapsed => (NoticeKind::Warn, t::lapsed_title(l), Some(t::lapsed_text(l, phone))),
        UrgentState::Open | UrgentState::Withdrawn => (NoticeKind::Info, t::open_title(l), Some(open)),
    };
    let text = text.map(|text| view! { <p>{text}</p> });
    view! { <Notice kind=kind title=title>{text}</Notice> }.into_any()
}

/// What each of its forms sends: with whom, and under which delegation.
fn sent(side: &Side, known: &Known) -> [String; 2] {
    let delegation = side.acting.delegation().map(ToString::to_string).unwrap_or_default();
    [known.client.inmate.to_string(), delegation]
}

fn form(here: &Here, (side, known): (&Side, &Known), tried: &FormTry) -> AnyView {
    let l = t::lang(here.page.locale);
    let key: Public<Urgent> = here.ctx.chance.public();
    let ([inmate, delegation], key) = (sent(side, known), key.to_string());
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
            <HiddenInput name="delegation" value=delegation/>
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
