//! The list's words: what is to be done, why now, by when.

use backend::{
    notices::TaskKind,
    work::{Item, Why},
};
use domain::{
    kernel::{Instant, Locale},
    visits::booking::{bringing::What, urgent::UrgentReason},
    work::{Bucket, Due, Group, Kind, Whose},
};

use crate::{
    i18n::{dates, desk_work as t, visits_bringing, visits_urgent},
    notices,
    visits::booking::counsel::{bringing, urgent},
};

pub(super) fn group(l: Locale, group: Group) -> String {
    match group {
        Group::Clearances => t::group_clearances(l),
        Group::Visits => t::group_visits(l),
        Group::Messages => t::group_messages(l),
        Group::Letters => t::group_letters(l),
        Group::Documents => t::group_documents(l),
        Group::Appeals => t::group_appeals(l),
        Group::Homes => t::group_homes(l),
        Group::Worries => t::group_worries(l),
        Group::Corrections => t::group_corrections(l),
        Group::Counsel => t::group_counsel(l),
        Group::Alerts => t::group_alerts(l),
        Group::Notices => t::group_notices(l),
    }
}

pub(super) fn whose(l: Locale, whose: Whose) -> String {
    match whose {
        Whose::MineAndNobodys => t::whose_ours(l),
        Whose::Mine => t::whose_mine(l),
        Whose::Nobodys => t::whose_nobody(l),
        Whose::Everybodys => t::whose_all(l),
    }
}

pub(super) fn chosen_due(l: Locale, due: Due) -> String {
    match due {
        Due::Whenever => t::due_any(l),
        Due::Late => t::bucket_late(l),
        Due::Today => t::due_until_today(l),
        Due::Week => t::due_until_week(l),
    }
}

pub(super) fn bucket(l: Locale, bucket: Bucket) -> String {
    match bucket {
        Bucket::Late => t::bucket_late(l),
        Bucket::Today => t::bucket_today(l),
        Bucket::Week => t::bucket_week(l),
        Bucket::Later => t::bucket_later(l),
    }
}

pub(super) fn kind(l: Locale, kind: Kind) -> String {
    match kind {
        Kind::ClearanceMatch => t::kind_clearance_match(l),
        Kind::ClearanceDecide => t::kind_clearance_decide(l),
        Kind::ClearanceCarried => t::kind_clearance_carried(l),
        Kind::ClearanceRecheck => t::kind_clearance_recheck(l),
        Kind::VisitRing => t::kind_visit_ring(l),
        Kind::VisitSettle => t::kind_visit_settle(l),
        Kind::VisitRequest => t::kind_visit_request(l),
        Kind::VisitBring => t::kind_visit_bring(l),
        Kind::VisitUrgent => t::kind_visit_urgent(l),
        Kind::OrganisationTask => t::kind_organisation_task(l),
        Kind::Unreached => t::kind_unreached(l),
        Kind::HandIn => t::kind_hand_in(l),
        Kind::PlanProposal => t::kind_plan_proposal(l),
        Kind::MessageAnswer => t::kind_message_answer(l),
        Kind::LetterControl => t::kind_letter_control(l),
        Kind::LetterReport => t::kind_letter_report(l),
        Kind::DocumentRead => t::kind_document_read(l),
        Kind::DocumentMissing => t::kind_document_missing(l),
        Kind::AppealClearance | Kind::AppealLetter => t::kind_appeal_prepare(l),
        Kind::AppealDecide => t::kind_appeal_decide(l),
        Kind::HomeCase => t::kind_home_case(l),
        Kind::Worry => t::kind_worry(l),
        Kind::CorrectionAnswer => t::kind_correction(l),
        Kind::AppointedCheck => t::kind_appointed(l),
        Kind::AlertLook => t::kind_alert(l),
        Kind::NoticeRequest => t::kind_notice_request(l),
        Kind::NoticeQuestion => t::kind_notice_question(l),
        Kind::NoticeTask => t::kind_notice_task(l),
        Kind::NoticeDuty => t::kind_notice_duty(l),
        Kind::NoticeBreakIn => t::kind_break_in(l),
    }
}

/// A piece of work by its kind and its reference, if it has one.
pub(super) fn named(l: Locale, one: Kind, reference: &str) -> String {
    let kind = kind(l, one);
    if reference.is_empty() { kind } else { format!("{kind} {reference}") }
}

/// What there is to do: of a task, which.
pub(super) fn what(l: Locale, item: &Item) -> String {
    match (&item.why, item.kind) {
        (Why::Task(Some(task), _), Kind::NoticeTask | Kind::NoticeDuty) => notices::task_word(l, *task),
        (_, one) => kind(l, one),
    }
}

/// Why it waits.
pub(super) fn why(l: Locale, item: &Item) -> String {
    match &item.why {
        Why::Task(task, event) => apart(l, item.kind, *task, *event),
        Why::Code(code) => reason(l, item.kind, code),
    }
}

fn apart(
    l: Locale,
    kind: Kind,
    task: Option<TaskKind>,
    event: Option<(domain::custody::Kind, Instant)>,
) -> String {
    match event {
        Some((what, at)) => t::why_event(l, notices::event_word(l, what), dates::day_month(l, at.date())),
        None if kind == Kind::NoticeRequest => t::why_request(l),
        None if kind == Kind::NoticeBreakIn => t::why_break_in(l),
        None if task == Some(TaskKind::Question) => t::why_asked(l),
        None => t::why_waits(l),
    }
}

/// All that was found about a visit, why somebody has to be rung, or why the unit looks at it first; what only newer data knows gets a general word.
fn of_a_visit(l: Locale, codes: &str) -> String {
    let word = |code: &str| match code {
        "not_cleared" => t::doubt_not_cleared(l),
        "not_here" => t::doubt_not_here(l),
        "engaged" => t::doubt_engaged(l),
        "apart" => t::doubt_apart(l),
        "visitors_apart" => t::doubt_visitors_apart(l),
        "banned" => t::doubt_banned(l),
        "wrong_kind" => t::doubt_wrong_kind(l),
        "no_adult" => t::doubt_no_adult(l),
        "closed" => t::doubt_closed(l),
        "time_ended" => t::doubt_time_ended(l),
        "time_paused" => t::doubt_time_paused(l),
        "time_wing" => t::doubt_time_wing(l),
        "time_full" => t::doubt_time_full(l),
        "rule_people" => t::doubt_rule_people(l),
        "rule_week" => t::doubt_rule_week(l),
        "rule_month" => t::doubt_rule_month(l),
        "silent" => t::why_request_silent(l),
        "first" => t::why_request_first(l),
        "always" => t::why_request_always(l),
        "short" => t::why_ring_short(l),
        "unreached" => t::why_ring(l),
        _ => t::doubt_other(l),
    };
    codes.split(' ').map(word).collect::<Vec<_>>().join(". ")
}

/// What somebody else has to approve.
fn of_a_plan(l: Locale, change: &str) -> String {
    match change {
        "rules" => t::why_plan_rules(l),
        "end" => t::why_plan_end(l),
        "close" => t::why_plan_close(l),
        "several" => t::why_plan_several(l),
        "wings" => t::why_plan_wings(l),
        _ => t::why_plan_watch(l),
    }
}

fn of_an_appeal(l: Locale, kind: Kind, code: &str) -> String {
    match (code, kind) {
        ("waits", _) => t::why_asks_to_wait(l),
        ("late", _) => t::why_late_appeal(l),
        (_, Kind::AppealDecide) => t::why_forwarded(l),
        _ => t::why_appealed(l),
    }
}

/// What it is, or why; what only newer data knows is something else.
fn of_a_lawyers_visit(l: Locale, kind: Kind, code: &str) -> String {
    match kind {
        Kind::VisitUrgent => {
            urgent::reason(visits_urgent::lang(l), UrgentReason::parse(code).unwrap_or(UrgentReason::Other))
        }
        _ => bringing::what(visits_bringing::lang(l), What::parse(code).unwrap_or(What::Other)),
    }
}

fn of_a_hand_in(l: Locale, state: &str) -> String {
    match state {
        "registering" => t::why_hand_in_registering(l),
        "asked" => t::why_hand_in_asked(l),
        _ => t::why_hand_in(l),
    }
}

fn of_a_home(l: Locale, code: &str) -> String {
    match code {
        "child" => t::why_child(l),
        "children" => t::why_children(l),
        "not_seen" => t::why_dwelling(l),
        _ => t::why_answers(l),
    }
}

fn reason(l: Locale, kind: Kind, code: &str) -> String {
    match (kind, code) {
        (Kind::ClearanceMatch, _) => t::why_unmatched(l),
        (Kind::VisitRing | Kind::VisitSettle | Kind::VisitRequest, codes) => of_a_visit(l, codes),
        (Kind::VisitBring | Kind::VisitUrgent, code) => of_a_lawyers_visit(l, kind, code),
        (Kind::OrganisationTask, _) => t::why_organisation(l),
        (Kind::Unreached, _) => t::why_unreached(l),
        (Kind::HandIn, state) => of_a_hand_in(l, state),
        (Kind::PlanProposal, change) => of_a_plan(l, change),
        (Kind::ClearanceRecheck, _) => t::why_recheck(l),
        (Kind::ClearanceCarried, "waits") => t::why_carried_waits(l),
        (Kind::ClearanceCarried, _) => t::why_carried(l),
        (Kind::ClearanceDecide, "remark") => t::why_remark(l),
        (Kind::ClearanceDecide, _) => t::why_no_remark(l),
        (Kind::MessageAnswer, _) => t::why_written(l),
        (Kind::LetterControl, "asked") => t::why_second_asked(l),
        (Kind::LetterControl, "given") => t::why_second_given(l),
        (Kind::LetterControl, _) => t::why_control(l),
        (Kind::LetterReport, _) => t::why_report(l),
        (Kind::DocumentRead, "reading") => t::why_opened(l),
        (Kind::DocumentRead, _) => t::why_unopened(l),
        (Kind::DocumentMissing, "told") => t::why_told(l),
        (Kind::DocumentMissing, _) => t::why_not_come(l),
        (Kind::AppealClearance | Kind::AppealLetter | Kind::AppealDecide, code) => {
            of_an_appeal(l, kind, code)
        }
        (Kind::HomeCase, code) => of_a_home(l, code),
        (Kind::Worry, _) => t::why_worry(l),
        (Kind::CorrectionAnswer, "erase") => t::why_erase(l),
        (Kind::CorrectionAnswer, _) => t::why_correct(l),
        (Kind::AppointedCheck, "found") => t::why_appointed_found(l),
        (Kind::AppointedCheck, _) => t::why_appointed_nobody(l),
        (Kind::AlertLook, "own_name") => t::why_own_name(l),
        (Kind::AlertLook, _) => t::why_volume(l),
        (Kind::NoticeBreakIn, _) => t::why_break_in(l),
        (Kind::NoticeRequest | Kind::NoticeQuestion | Kind::NoticeTask | Kind::NoticeDuty, _) => {
            t::why_waits(l)
        }
    }
}

/// How it is with its clock, in words.
pub(super) fn due(l: Locale, item: &Item, now: Instant) -> String {
    let (day, today) = (item.due.date(), now.date());
    match (Bucket::of(item.due, now), day.days_since(today)) {
        (Bucket::Late, 0) => t::due_over_today(l),
        (Bucket::Late, days) => t::due_over(l, -days),
        (Bucket::Today, _) if item.kind.is_by_day() => dates::capital(&dates::today(l)),
        (Bucket::Today, _) => t::due_today_at(l, dates::at_clock(l, item.due.clock())),
        _ => dates::capital(&dates::relative(l, day, today)),
    }
}

/// Exactly when.
pub(super) fn exactly(l: Locale, item: &Item) -> String {
    match item.kind.is_by_day() {
        true => t::due_day(l, dates::short(l, item.due.date())),
        false => t::due_exactly(l, dates::short(l, item.due.date()), dates::at_clock(l, item.due.clock())),
    }
}

/// `I går`: since when it waits.
pub(super) fn since(l: Locale, item: &Item, now: Instant) -> String {
    let (day, today) = (item.since.date(), now.date());
    let long = today.days_since(day) >= 14;
    dates::capital(&if long { dates::day_month(l, day) } else { dates::relative(l, day, today) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_word_in_every_language() {
        for l in [Locale::Nb, Locale::Nn, Locale::En] {
            let mut words: Vec<String> = Kind::ALL.map(|one| kind(l, one)).into();
            words.sort();
            words.dedup();
            // The two kinds of appeal that are prepared share one.
            assert_eq!(words.len(), Kind::ALL.len() - 1, "{l:?}: {words:?}");
        }
    }

    #[test]
    fn a_reason_that_only_newer_data_knows_gets_a_general_word() {
        for one in Kind::ALL {
            let said = reason(Locale::Nb, one, "something_new");
            assert!(!said.is_empty() && !said.contains("something_new"), "{one:?}: {said}");
        }
    }
}
