//! A request for whoever answers it: who would come to whom and when, why it is looked at, what stands in the way now, yes and no.

use backend::{
    Result,
    visits::booking::request::{StaffRequest, staff_request},
};
use domain::{
    kernel::{Locale, Public},
    visits::booking::{
        StaffReason,
        request::{VisitRequest, reject_reasons},
    },
};
use leptos::prelude::*;

use super::{
    super::{
        staff::{self, Desk},
        told::Told,
        words::{self as booking, from_to},
    },
    staff_api::{APPROVE, REJECT},
    words,
};
use crate::{
    i18n::{dates, visits_booking, visits_request as t},
    request, routes,
    ui::{
        Actions, Button, ButtonKind, Checkbox, Choice, ErrorSummary, FieldError, Form, HiddenInput, Link,
        LinkButton, Notice, NoticeKind, PageGrid, PageHead, RadioGroup, SummaryList, SummaryRow,
    },
    visits::plan::words::kind,
};

const REASON: &str = "reason";
const CONSIDERED: &str = "considered";

#[component]
pub fn StaffRequestPage() -> impl IntoView {
    let public = request::param("public").unwrap_or_default();
    staff::page(move |desk| shown(desk, public))
}

async fn shown(desk: Desk, public: String) -> Result<Option<AnyView>> {
    let Some(public) = Public::<VisitRequest>::parse(&public) else { return Ok(None) };
    let Some(one) = staff_request(&desk.ctx, &desk.who, &public).await? else { return Ok(None) };
    Ok(Some(page(&desk, &one)))
}

fn page(desk: &Desk, one: &StaffRequest) -> AnyView {
    let l = desk.locale();
    let (errors, notice) = told(desk, one);
    let by = dates::date_time(l, one.expires_at);
    let lead = if one.ended.is_none() { t::staff_lead(l, by) } else { String::new() };
    let (note, tab) = (one.reference.to_string(), booking::tab(l, &errors, &t::staff_title(l)));
    let (rows, ways, answer) = (rows(l, one), in_the_way(l, one), answer(l, one, &errors));
    view! {
        <PageGrid>
            <ErrorSummary title=t::refused_staff(l) errors=errors/>
            <PageHead title=t::staff_title(l) tab=tab lead=lead note=note
                back=Link::new(routes::STAFF_WORK, t::back_work(l))/>
            {notice}
            <SummaryList rows=rows/>
            {ways}
            {answer}
        </PageGrid>
    }
    .into_any()
}

fn rows(l: Locale, one: &StaffRequest) -> Vec<SummaryRow> {
    use visits_booking as b;
    let date = dates::capital(&dates::with_year(l, one.date));
    let when = format!("{date}\n{}", from_to(l, one.start, one.end));
    let measures: Vec<String> = one.measures.iter().map(|m| booking::measure(l, *m)).collect();
    let measures = (!measures.is_empty()).then(|| SummaryRow::new(t::fact_measures(l), measures.join("\n")));
    let rows = vec![
        SummaryRow::new(b::fact_who(l), words::people(l, &one.people, one.date)),
        SummaryRow::new(b::day_col_inmate(l), &one.inmate_name),
        SummaryRow::new(b::fact_when(l), when),
        SummaryRow::new(t::fact_kind(l), kind(l, one.kind)),
        SummaryRow::new(b::fact_where(l), format!("{}\n{}", one.unit_name, one.room)).lang("nb"),
        SummaryRow::new(t::fact_need(l), words::need(l, one.need)),
        SummaryRow::new(t::fact_asked(l), dates::date_time_with_year(l, one.asked_at)),
    ];
    rows.into_iter().chain(measures).collect()
}

/// As it is at this moment, by the rules of booking.
fn in_the_way(l: Locale, one: &StaffRequest) -> Option<AnyView> {
    if one.ended.is_some() {
        return None;
    }
    if one.hindrances.is_empty() {
        return Some(view! { <p>{t::staff_nothing(l)}</p> }.into_any());
    }
    let found = one.hindrances.iter().map(|refusal| {
        let text = booking::told(l, &Told::Refused(refusal.clone()), &one.people);
        view! { <li>{text}</li> }
    });
    let found = found.collect_view();
    Some(
        view! { <Notice kind=NoticeKind::Warn title=t::staff_hindered(l)><ul>{found}</ul></Notice> }
            .into_any(),
    )
}

/// Nothing when it is answered, or somebody else has to.
fn answer(l: Locale, one: &StaffRequest, errors: &[FieldError]) -> Option<AnyView> {
    if let Some(booking) = &one.booking {
        let href = routes::staff_cancel(booking);
        return Some(view! { <p><a href=href>{t::staff_to_visit(l)}</a></p> }.into_any());
    }
    if one.ended.is_some() {
        return None;
    }
    if one.own {
        return Some(view! { <Notice kind=NoticeKind::Info title=t::staff_own(l)/> }.into_any());
    }
    let (public, no) = (one.public.to_string(), reject(l, one, errors));
    let yes = one.hindrances.is_empty().then(|| {
        view! {
            <Form action=APPROVE>
                <HiddenInput name="public" value=public/>
                <Actions><Button text=t::staff_yes(l)/></Actions>
            </Form>
        }
    });
    Some(view! { {yes}{no} }.into_any())
}

/// The box is there without script too, and read with that one reason alone.
fn reject(l: Locale, one: &StaffRequest, errors: &[FieldError]) -> AnyView {
    let (options, error) = (reasons(l), FieldError::of(errors, REASON));
    let missing = FieldError::of(errors, CONSIDERED);
    // The one reason that it is asked of was chosen.
    let chosen = missing.as_ref().map_or("", |_| StaffReason::Risk.code());
    let (public, chosen) = (one.public.to_string(), chosen.to_owned());
    view! {
        <Form action=REJECT>
            <HiddenInput name="public" value=public/>
            <RadioGroup name=REASON legend=t::staff_reason(l) hint=t::staff_reason_hint(l)
                options=options value=chosen error=error/>
            <Checkbox name=CONSIDERED label=t::staff_considered(l) hint=t::staff_considered_hint(l)
                error=missing/>
            <Actions>
                <Button text=t::staff_no(l) kind=ButtonKind::Secondary/>
                <LinkButton href=routes::STAFF_WORK text=t::staff_later(l) kind=ButtonKind::Quiet/>
            </Actions>
        </Form>
    }
    .into_any()
}

fn reasons(l: Locale) -> Vec<Choice> {
    let choice = |reason: StaffReason| {
        Choice::new(reason.code(), booking::reason(l, reason)).hint(booking::told_reason(l, reason))
    };
    reject_reasons().map(choice).collect()
}

/// What became of it, or why the answer was not taken.
fn told(desk: &Desk, one: &StaffRequest) -> (Vec<FieldError>, Option<AnyView>) {
    let l = desk.locale();
    let refused = desk.page.query("refused");
    if refused.as_deref() == Some("choose") {
        return (vec![FieldError::new(REASON, t::staff_choose(l))], None);
    }
    if refused.as_deref() == Some(CONSIDERED) {
        return (vec![FieldError::new(CONSIDERED, t::staff_considered_missing(l))], None);
    }
    if let Some((how, at)) = one.ended {
        let title = words::ended_staff(l, how);
        let kind = if desk.page.query("done").is_some() { NoticeKind::Done } else { NoticeKind::Info };
        let at = dates::date_time_with_year(l, at);
        return (vec![], Some(view! { <Notice kind=kind title=title><p>{at}</p></Notice> }.into_any()));
    }
    let title = match refused.as_deref() {
        Some("hindered") => t::staff_not_booked(l),
        Some("own") => t::staff_own(l),
        _ => return (vec![], None),
    };
    (vec![], Some(view! { <Notice kind=NoticeKind::Error title=title/> }.into_any()))
}
