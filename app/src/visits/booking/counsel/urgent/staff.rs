//! One for whoever answers: who has to meet whom, why and until when; the times that would do, one press each, or no with a reason.

use backend::{
    Result,
    visits::booking::counsel::urgent::{Choice as Free, StaffUrgent, staff_urgent},
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::urgent::{Urgent, UrgentNo, UrgentState},
};
use leptos::prelude::*;

use super::{
    super::{
        super::{
            staff::{self, Desk},
            words::from_to,
        },
        rooms::place,
    },
    api::ANSWER,
    words,
};
use crate::{
    i18n::{common, dates, visits_counsel, visits_urgent as t},
    request, routes,
    ui::{
        Actions, Button, ButtonKind, Choice, ErrorSummary, FieldError, Form, HiddenInput, Link, Notice,
        NoticeKind, PageGrid, PageHead, RadioGroup, SummaryList, SummaryRow,
    },
};

/// More than these are not shown: the soonest are what is wanted.
const MOST: usize = 12;
const SESSION: &str = "session";
const REASON: &str = "reason";

#[component]
pub fn StaffUrgentPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    staff::page(move |desk| shown(desk, public))
}

async fn shown(desk: Desk, public: String) -> Result<Option<AnyView>> {
    let Some(public) = Public::<Urgent>::parse(&public) else { return Ok(None) };
    Ok(staff_urgent(&desk.ctx, &desk.who, &public).await?.map(|one| page(&desk, &one)))
}

fn page(desk: &Desk, one: &StaffUrgent) -> AnyView {
    let l = t::lang(desk.page.locale);
    let refused = desk.page.query("refused");
    let errors = match refused.as_deref() {
        Some(SESSION) => vec![FieldError::new(SESSION, t::staff_choose_time(l))],
        Some(REASON) => vec![FieldError::new(REASON, t::staff_choose_why(l))],
        _ => vec![],
    };
    let title = t::staff_title(l);
    let tab = if errors.is_empty() { title.clone() } else { format!("{} {title}", common::error_prefix(l)) };
    let open = one.asked.state == UrgentState::Open && desk.page.now < one.asked.wish.by;
    let answer = open.then(|| view! { {book(desk, l, one, &errors)}{refuse(l, one, &errors)} });
    let (notice, rows) = (notice(desk, l, refused.as_deref()), rows(l, one));
    view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=errors.clone()/>
            <PageHead title=title tab=tab lead=t::staff_lead(l) back=Link::new(routes::STAFF_WORK, t::staff_back(l))/>
            {notice}
            <SummaryList rows=rows/>
            {answer}
        </PageGrid>
    }
    .into_any()
}

fn rows(l: Locale, one: &StaffUrgent) -> Vec<SummaryRow> {
    let asked = &one.asked;
    let state = match asked.state {
        UrgentState::Open => t::state_open(l),
        UrgentState::Booked => t::state_booked(l),
        UrgentState::Refused(why) => t::state_refused(l, words::no_staff(l, why)),
        UrgentState::Withdrawn => t::state_withdrawn(l),
        UrgentState::Lapsed => t::state_lapsed(l),
    };
    let by = one.by.as_ref().map(|by| SummaryRow::new(t::fact_delegate(l), by));
    let rows = [
        SummaryRow::new(t::fact_by(l), dates::capital(&dates::date_time(l, asked.wish.by))),
        SummaryRow::new(t::staff_reason(l), words::reason(l, asked.wish.reason)),
        SummaryRow::new(t::fact_lawyer(l), &one.lawyer),
        SummaryRow::new(t::fact_client(l), &one.inmate),
        SummaryRow::new(
            t::staff_way(l),
            asked.wish.way.map_or_else(|| t::staff_way_any(l), |way| words::way(l, Some(way))),
        ),
        SummaryRow::new(t::fact_asked(l), dates::date_time_with_year(l, asked.asked_at)),
        SummaryRow::new(t::fact_state(l), state),
    ];
    rows.into_iter().chain(by).collect()
}

fn notice(desk: &Desk, l: Locale, refused: Option<&str>) -> Option<AnyView> {
    let (kind, title) = match (refused, desk.page.query("done").is_some()) {
        (Some("over"), _) => (NoticeKind::Error, t::staff_over(l)),
        (Some("gone"), _) => (NoticeKind::Error, t::staff_gone(l)),
        (_, true) => (NoticeKind::Done, t::staff_done(l)),
        _ => return None,
    };
    Some(view! { <Notice kind=kind title=title/> }.into_any())
}

/// `I dag kl. 14.00–14.30, på telefon`
fn choice(desk: &Desk, l: Locale, free: &Free) -> Choice {
    let day = super::super::day(l, free.date, desk.page.now.date());
    let time = from_to(l, free.start, free.end);
    let place = place(visits_counsel::lang(l), free);
    Choice::new(free.public.to_string(), t::staff_time(l, dates::capital(&day), time, place))
}

fn book(desk: &Desk, l: Locale, one: &StaffUrgent, errors: &[FieldError]) -> AnyView {
    let plan = routes::staff_visiting_new_time(&one.unit_slug);
    if !one.stands {
        return view! { <Notice kind=NoticeKind::Warn title=t::staff_not_hers(l)/> }.into_any();
    }
    let more = view! { <p>{t::staff_more(l)}" "<a href=plan>{t::staff_more_link(l)}</a>"."</p> };
    if one.choices.is_empty() {
        return view! { <Notice kind=NoticeKind::Info title=t::staff_none(l)>{more}</Notice> }.into_any();
    }
    let options: Vec<Choice> = one.choices.iter().take(MOST).map(|free| choice(desk, l, free)).collect();
    let (public, error) = (one.asked.public.to_string(), FieldError::of(errors, SESSION));
    view! {
        <Form action=ANSWER>
            <HiddenInput name="public" value=public/>
            <HiddenInput name="answer" value="yes"/>
            <RadioGroup name=SESSION legend=t::staff_times(l) options=options error=error/>
            <Actions><Button text=t::staff_book(l)/></Actions>
        </Form>
        {more}
    }
    .into_any()
}

fn refuse(l: Locale, one: &StaffUrgent, errors: &[FieldError]) -> AnyView {
    let options: Vec<Choice> =
        UrgentNo::ALL.map(|why| Choice::new(why.code(), words::no_staff(l, why))).to_vec();
    let (public, error) = (one.asked.public.to_string(), FieldError::of(errors, REASON));
    view! {
        <Form action=ANSWER>
            <HiddenInput name="public" value=public/>
            <HiddenInput name="answer" value="no"/>
            <RadioGroup name=REASON legend=t::staff_why(l) hint=t::staff_why_hint(l) options=options error=error/>
            <Actions><Button text=t::staff_no(l) kind=ButtonKind::Secondary/></Actions>
        </Form>
    }
    .into_any()
}
