//! A visit that does not take place: who cancelled it, why, and the way to a new one.

use backend::visits::booking::{Cancellation, Priority, VisitView};
use domain::{kernel::Locale, visits::booking::StaffReason};
use leptos::prelude::*;

use super::{
    visit::{back, facts, is_counsel},
    words,
};
use crate::{
    i18n::{dates, visits_booking as t},
    routes,
    ui::{Actions, LinkButton, Notice, NoticeKind, PageGrid, PageHead, SummaryList},
    visits::Here,
};

pub(super) fn called_off(
    here: &Here,
    visit: &VisitView,
    cancelled: Cancellation,
    first: Option<Priority>,
) -> AnyView {
    let (l, v) = (here.locale(), &visit.visit);
    let at = dates::date_time(l, cancelled.at);
    let (who, why) = match cancelled.by_unit {
        None if v.along => (t::cancelled_colleague(l, at), None),
        None => (t::cancelled_own(l, at), None),
        Some(reason) => (t::cancelled_unit(l, &v.unit_name, at), Some(words::told_reason(l, reason))),
    };
    let why = why.map(|text| view! { <p>{text}</p> });
    let (title, rows) = (t::visit_title(l, &v.inmate_name), facts(l, visit));
    let back = back(l, visit);
    // What was cancelled for a reason of hers makes nobody first.
    let is_first = cancelled.by_unit.is_some_and(StaffReason::gives_priority) && !is_counsel(visit);
    let first = first.filter(|_| is_first).map(|first| priority(l, first));
    let again = match &visit.organisation {
        Some((of, _)) => routes::my_organisation(of),
        None if is_counsel(visit) => routes::MY_CLIENTS.to_owned(),
        None => routes::BOOK.to_owned(),
    };
    view! {
        <PageGrid>
            <PageHead title=title tab=t::aside_visit(l) back=back/>
            <Notice kind=NoticeKind::Warn title=t::cancelled_title(l)><p>{who}</p>{why}</Notice>
            {first}
            <SummaryList rows=rows/>
            <Actions><LinkButton href=again text=t::cancelled_again(l)/></Actions>
        </PageGrid>
    }
    .into_any()
}

/// She is first when she books anew; also over the times to choose from.
pub(super) fn priority(l: Locale, first: Priority) -> AnyView {
    let title = t::priority_title(l, dates::long_date(l, first.until));
    view! { <Notice title=title><p>{t::priority_text(l, first.ahead_days)}</p></Notice> }.into_any()
}
