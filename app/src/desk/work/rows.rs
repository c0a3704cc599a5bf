//! A row of the list: by when, what, whom it is about, why now, who has it. One link to where it is done, and one control for
//! who has it.

use backend::work::{Item, Why};
use domain::{
    kernel::Locale,
    work::{Bucket, Holder, Kind},
};
use leptos::prelude::*;

use super::{
    forms,
    parts::{Desk, action},
    words,
};
use crate::{
    i18n::desk_work as t,
    routes,
    ui::{Cell, Column, HiddenInput, Row, TableGroup},
};

pub(super) fn head(l: Locale) -> Vec<Column> {
    vec![
        Column::new(t::column_due(l)),
        Column::new(t::column_what(l)),
        Column::new(t::column_whom(l)),
        Column::new(t::column_why(l)),
        Column::corner(t::column_who(l)),
    ]
}

/// The rows under their headings; a heading without rows is left out.
pub(super) fn groups(desk: &Desk, items: Vec<Item>, back: &str) -> Vec<TableGroup> {
    let now = desk.now();
    let mut groups: Vec<(Bucket, Vec<Row>)> = Bucket::ALL.map(|bucket| (bucket, vec![])).into();
    for item in items {
        let bucket = Bucket::of(item.due, now);
        if let Some((_, rows)) = groups.iter_mut().find(|(of, _)| *of == bucket) {
            rows.push(row(desk, &item, bucket, back));
        }
    }
    let groups = groups.into_iter().filter(|(_, rows)| !rows.is_empty());
    groups.map(|(bucket, rows)| TableGroup::new(words::bucket(desk.l, bucket), "", rows)).collect()
}

fn row(desk: &Desk, item: &Item, bucket: Bucket, back: &str) -> Row {
    let (l, now) = (desk.l, desk.now());
    Row::new(vec![
        due(desk, item, bucket),
        what(l, item),
        whom(desk, item),
        Cell::two(words::why(l, item), words::since(l, item, now)),
        who(l, item, back),
    ])
}

fn due(desk: &Desk, item: &Item, bucket: Bucket) -> Cell {
    let l = desk.l;
    let (words, exactly) = (words::due(l, item, desk.now()), words::exactly(l, item));
    let words = match bucket {
        Bucket::Late => view! { <strong class="due-late">{words}</strong> }.into_any(),
        Bucket::Today => view! { <strong class="due-now">{words}</strong> }.into_any(),
        Bucket::Week | Bucket::Later => view! { <span>{words}</span> }.into_any(),
    };
    Cell::view(view! { {words}<span class="cell-small">{exactly}</span> })
}

/// The link, which says to those who hear it which of several it is.
fn what(l: Locale, item: &Item) -> Cell {
    let about = about(item).map(|about| view! { <span class="visually-hidden">" "{about}</span> });
    let (href, what) = (href(item), words::what(l, item));
    Cell::view(view! { <a class="cell-link" href=href>{what}{about}</a> })
}

/// Which of several: the reference, or whom it is about.
fn about(item: &Item) -> Option<String> {
    item.reference.clone().or_else(|| item.whom.clone())
}

fn whom(desk: &Desk, item: &Item) -> Cell {
    let who = match (&item.whom, &item.about) {
        (Some(whom), Some(about)) => t::whom_and_about(desk.l, whom, about),
        (Some(whom), None) => whom.clone(),
        (None, _) => String::new(),
    };
    let unit = item.unit_name.clone().filter(|_| desk.who.units.len() > 1);
    let small: Vec<String> = item.reference.clone().into_iter().chain(unit).collect();
    match (who.is_empty(), small.is_empty()) {
        (true, true) => Cell::text("–"),
        (true, false) => Cell::text(small.join(" · ")),
        (false, true) => Cell::text(who),
        (false, false) => Cell::two(who, small.join(" · ")),
    }
}

/// Where it is done.
fn href(item: &Item) -> String {
    let public = &item.public;
    match item.kind {
        Kind::ClearanceMatch | Kind::ClearanceDecide | Kind::ClearanceCarried | Kind::ClearanceRecheck => {
            routes::staff_case(public, "handle_case")
        }
        Kind::VisitRequest => routes::staff_visit_request(public),
        Kind::OrganisationTask => routes::staff_organisation_asked(public),
        Kind::Unreached => routes::staff_unreached_one(public),
        Kind::HandIn => routes::staff_hand_in(public),
        Kind::VisitUrgent => routes::staff_visit_urgent(public),
        Kind::VisitBring => routes::staff_visit_bring(public),
        Kind::VisitSettle => routes::staff_cancel(public),
        Kind::PlanProposal => routes::staff_visiting_proposal(public),
        Kind::VisitRing => format!("{}?done=ring", routes::staff_cancel(public)),
        Kind::MessageAnswer => routes::staff_thread(public),
        Kind::LetterControl => routes::staff_control(public),
        Kind::LetterReport => routes::STAFF_LETTERS_REPORTS.to_owned(),
        Kind::DocumentRead => routes::staff_document(public),
        Kind::DocumentMissing => routes::staff_document_request(public),
        Kind::AppealClearance | Kind::AppealLetter | Kind::AppealDecide => routes::staff_appeal(public),
        Kind::HomeCase => routes::staff_home(public),
        Kind::Worry => routes::STAFF_WORRIED.to_owned(),
        Kind::CorrectionAnswer => routes::staff_correction(public),
        Kind::AppointedCheck => routes::staff_declared(public),
        Kind::AlertLook => routes::staff_trail_alert(public),
        Kind::NoticeRequest => routes::staff_request(public),
        Kind::NoticeQuestion => routes::staff_question(public),
        Kind::NoticeTask => routes::staff_notice_task(public),
        Kind::NoticeDuty if item.why == Why::Task(Some(backend::notices::TaskKind::Mass), None) => {
            routes::STAFF_DUTY.to_owned()
        }
        Kind::NoticeDuty => routes::staff_call(public),
        Kind::NoticeBreakIn => routes::STAFF_BREAK_INS.to_owned(),
    }
}

/// Who has it, and what changes that. In the compartment that is done on its own pages.
fn who(l: Locale, item: &Item, back: &str) -> Cell {
    let name = match item.holder {
        Holder::Nobody => t::who_nobody(l),
        Holder::Me => t::who_me(l),
        Holder::Other => item.holder_name.clone().unwrap_or_else(|| t::who_other(l)),
    };
    if item.kind.is_apart() {
        return Cell::text(name);
    }
    let control = if item.holder == Holder::Nobody { take(l, item, back) } else { hand_over(l, item) };
    Cell::view(view! { <span class="work-who">{name}</span>{control} })
}

fn take(l: Locale, item: &Item, back: &str) -> AnyView {
    let about = about(item).unwrap_or_default();
    let (source, id, back) = (item.source, item.public.to_string(), back.to_owned());
    view! {
        <form class="work-take" method="post" action=action(forms::TAKE)>
            <HiddenInput name="source" value=source/>
            <HiddenInput name="id" value=id/>
            <HiddenInput name="back" value=back/>
            <button class="link-button" type="submit">
                {t::take(l)}<span class="visually-hidden">" "{words::kind(l, item.kind)}" "{about}</span>
            </button>
        </form>
    }
    .into_any()
}

fn hand_over(l: Locale, item: &Item) -> AnyView {
    let about = about(item).unwrap_or_default();
    let href = routes::staff_work_one(item.source, &item.public);
    let kind = words::kind(l, item.kind);
    view! {
        <a class="work-give" href=href>
            {t::hand_over(l)}<span class="visually-hidden">" "{kind}" "{about}</span>
        </a>
    }
    .into_any()
}
