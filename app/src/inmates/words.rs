//! The words of an inmate's page: what each slice's codes are called here.

use backend::inmates::Entry;
use domain::{
    inmates::Part,
    kernel::{CivilDate, Locale},
    visits::clearance::Measure,
};

use crate::{
    i18n::{appeals, dates, inmates as t, messages_desk},
    ui::TagKind,
    visits::desk::measures,
};

pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        ("text", "too_long") => t::wrong_long(l),
        ("text", _) => t::wrong_text(l),
        _ => t::wrong_why(l),
    }
}

pub(super) fn part(l: Locale, part: Part) -> String {
    match part {
        Part::Clearances => t::part_clearances(l),
        Part::Visits => t::part_visits(l),
        Part::Decisions => t::part_decisions(l),
        Part::Conversations => t::part_conversations(l),
        Part::Letters => t::part_letters(l),
        Part::Documents => t::part_documents(l),
    }
}

pub(super) fn what(l: Locale, entry: &Entry) -> String {
    match (entry.part, entry.kind.as_str()) {
        (Part::Clearances, _) => t::what_application(l),
        (Part::Visits, _) => t::what_visit(l),
        (Part::Decisions, kind) if kind.starts_with("appeal_") => t::what_appeal(l),
        (Part::Decisions, _) => t::what_decision(l),
        (Part::Conversations, _) => t::what_conversation(l, topic(l, &entry.detail)),
        (Part::Letters, _) if entry.detail == "in" => t::what_letter_in(l),
        (Part::Letters, _) => t::what_letter_out(l),
        (Part::Documents, "asked") => t::what_asked(l, &entry.detail),
        (Part::Documents, _) => entry.detail.clone(),
    }
}

fn topic(l: Locale, code: &str) -> String {
    match code {
        "clearance" => messages_desk::topic_clearance(l),
        "visit" => messages_desk::topic_visit(l),
        "practical" => messages_desk::topic_practical(l),
        "children" => messages_desk::topic_children(l),
        "money" => messages_desk::topic_money(l),
        _ => messages_desk::topic_other(l),
    }
}

/// The smaller line: reference, terms and clocks.
pub(super) fn more(l: Locale, today: CivilDate, entry: &Entry) -> Option<String> {
    let mut lines: Vec<String> = entry.reference.iter().cloned().collect();
    if entry.part == Part::Decisions && entry.kind == "granted" {
        let list: Vec<Measure> = entry.detail.split_whitespace().filter_map(Measure::parse).collect();
        lines.extend((!list.is_empty()).then(|| measures(l, &list)));
    }
    lines.extend(entry.until.and_then(|day| until(l, entry, dates::plain(l, day))));
    lines.extend(entry.appeal_until.map(|day| {
        let words = dates::plain(l, day);
        if day < today { t::appeal_over(l, words) } else { t::appeal_until(l, words) }
    }));
    (!lines.is_empty()).then(|| lines.join(" · "))
}

fn until(l: Locale, entry: &Entry, day: String) -> Option<String> {
    match (entry.part, entry.kind.as_str()) {
        (Part::Clearances, _) | (Part::Decisions, "granted") => Some(t::valid_to(l, day)),
        (Part::Documents, _) => Some(t::due(l, day)),
        _ => None,
    }
}

pub(super) fn state(l: Locale, entry: &Entry) -> (String, TagKind) {
    let kind = entry.kind.as_str();
    match entry.part {
        Part::Clearances => application(l, kind),
        Part::Visits => visit(l, kind, &entry.detail),
        Part::Decisions => decision(l, kind),
        Part::Conversations => match kind {
            "waiting" => (t::talk_waiting(l), TagKind::Now),
            "answered" => (t::talk_answered(l), TagKind::Done),
            _ => (t::talk_closed(l), TagKind::Plain),
        },
        Part::Letters => letter(l, kind),
        Part::Documents => document(l, kind),
    }
}

fn application(l: Locale, kind: &str) -> (String, TagKind) {
    match kind {
        "received" => (t::application_received(l), TagKind::Waiting),
        "declined" => (t::application_declined(l), TagKind::Plain),
        "awaiting_police" => (t::application_police(l), TagKind::Waiting),
        "awaiting_decision" => (t::application_decide(l), TagKind::Now),
        "decided" => (t::application_decided(l), TagKind::Done),
        "withdrawn" => (t::application_withdrawn(l), TagKind::Plain),
        _ => (t::application_closed(l), TagKind::Plain),
    }
}

fn visit(l: Locale, kind: &str, by: &str) -> (String, TagKind) {
    match (kind, by) {
        ("booked", _) => (t::visit_booked(l), TagKind::Open),
        ("cancelled", "unit") => (t::visit_cancelled_unit(l), TagKind::Error),
        ("cancelled", _) => (t::visit_cancelled(l), TagKind::Plain),
        ("arrived", _) => (t::visit_arrived(l), TagKind::Now),
        ("denied", _) => (t::visit_denied(l), TagKind::Error),
        ("inmate_refused", _) => (t::visit_inmate_refused(l), TagKind::Plain),
        ("no_show", _) => (t::visit_no_show(l), TagKind::Warn),
        ("normal", _) => (t::visit_done(l), TagKind::Done),
        _ => (t::visit_ended_early(l), TagKind::Plain),
    }
}

fn decision(l: Locale, kind: &str) -> (String, TagKind) {
    match kind {
        "granted" => (t::decision_granted(l), TagKind::Done),
        "superseded" => (t::decision_superseded(l), TagKind::Plain),
        "appeal_sent" => (appeals::state_sent(l), TagKind::Now),
        "appeal_preparing" => (appeals::state_preparing(l), TagKind::Waiting),
        "appeal_forwarded" => (appeals::state_forwarded(l), TagKind::Waiting),
        "appeal_withdrawn" => (appeals::state_withdrawn(l), TagKind::Plain),
        "appeal_upheld" => (appeals::outcome_upheld(l), TagKind::Plain),
        "appeal_changed" => (appeals::outcome_changed(l), TagKind::Done),
        "appeal_sent_back" => (appeals::outcome_sent_back(l), TagKind::Now),
        "appeal_too_late" => (appeals::outcome_too_late(l), TagKind::Plain),
        "appeal_not_entitled" => (appeals::outcome_not_entitled(l), TagKind::Plain),
        _ => (t::decision_refused(l), TagKind::Error),
    }
}

fn letter(l: Locale, kind: &str) -> (String, TagKind) {
    match kind {
        "in_control" => (t::letter_control(l), TagKind::Now),
        "stopped" => (t::letter_stopped(l), TagKind::Error),
        "released" => (t::letter_released(l), TagKind::Waiting),
        "delivered" => (t::letter_delivered(l), TagKind::Done),
        "read" => (t::letter_read(l), TagKind::Done),
        _ => (t::letter_lapsed(l), TagKind::Plain),
    }
}

fn document(l: Locale, kind: &str) -> (String, TagKind) {
    match kind {
        "asked" => (t::document_asked(l), TagKind::Waiting),
        "received" => (t::document_received(l), TagKind::Now),
        "reading" => (t::document_reading(l), TagKind::Now),
        "accepted" => (t::document_accepted(l), TagKind::Done),
        "more" => (t::document_more(l), TagKind::Waiting),
        _ => (t::document_taken_back(l), TagKind::Plain),
    }
}
