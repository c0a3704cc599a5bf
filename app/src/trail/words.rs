//! The words of codes of the trail. A code that has no word of its own is shown as it is: the auditor's list is of what was
//! written, not of what somebody thought of.

use backend::trail::Row;
use domain::kernel::{Instant, Locale};

use crate::{
    i18n::{dates, trail as t},
    sheet,
};

/// Staff by name; everybody else is a kind.
pub(super) fn who(l: Locale, row: &Row) -> String {
    match (row.actor_kind.as_str(), &row.who) {
        ("staff", Some(name)) => name.clone(),
        ("citizen", _) => t::who_citizen(l),
        ("system", _) => t::who_system(l),
        _ => t::who_anonymous(l),
    }
}

pub(super) fn role(l: Locale, code: &str) -> String {
    match code {
        "case_officer" => t::role_case_officer(l),
        "unit_admin" => t::role_unit_admin(l),
        "gate_officer" => t::role_gate_officer(l),
        "message_controller" => t::role_message_controller(l),
        "victim_officer" => t::role_other(l),
        "duty_officer" => t::role_duty_officer(l),
        "appeal_officer" => t::role_appeal_officer(l),
        "leader" => t::role_leader(l),
        "auditor" => t::role_auditor(l),
        _ => t::role_other(l),
    }
}

pub(super) fn action(l: Locale, code: &str) -> String {
    match code {
        "look" => t::action_look(l),
        "list" | "home_list" | "work_list" | "correction_list" | "trail_alerts" => t::action_list(l),
        "search" | "inmate_search" | "person_search" => t::action_search(l),
        "decided" => t::action_decided(l),
        "assist_opened" => t::action_assist_opened(l),
        "person_registered" => t::action_person_registered(l),
        "application_submitted" => t::action_application_submitted(l),
        "visit_booked" => t::action_visit_booked(l),
        "visit_changed" => t::action_visit_changed(l),
        "visit_cancelled" => t::action_visit_cancelled(l),
        "sign_in" => t::action_signed_in(l),
        "sign_out" => t::action_signed_out(l),
        "trail_searched" => t::action_trail_searched(l),
        "trail_exported" => t::action_trail_exported(l),
        "insight_exported" => t::action_insight_exported(l),
        other => of_visits(l, other),
    }
}

/// What is done about visits beside booking.
fn of_visits(l: Locale, code: &str) -> String {
    match code {
        "join_asked" => t::action_join_asked(l),
        "join_opened" => t::action_join_opened(l),
        "join_accepted" => t::action_join_accepted(l),
        "join_declined" => t::action_join_declined(l),
        "join_ended" => t::action_join_ended(l),
        "visit_company_named" => t::action_visit_company_named(l),
        "visit_company_left" => t::action_visit_company_left(l),
        "visit_company_off" => t::action_visit_company_off(l),
        "wait_begun" => t::action_wait_begun(l),
        "wait_ended" => t::action_wait_ended(l),
        "unreached_told" => t::action_unreached_told(l),
        "unreached_tried" => t::action_unreached_tried(l),
        "urgent_asked" => t::action_urgent_asked(l),
        "urgent_booked" => t::action_urgent_booked(l),
        "urgent_refused" => t::action_urgent_refused(l),
        "urgent_withdrawn" => t::action_urgent_withdrawn(l),
        "urgent_lapsed" => t::action_urgent_lapsed(l),
        "visit_bring_asked" => t::action_visit_bring_asked(l),
        "visit_bring_approved" => t::action_visit_bring_approved(l),
        "visit_bring_rejected" => t::action_visit_bring_rejected(l),
        "visit_bring_withdrawn" => t::action_visit_bring_withdrawn(l),
        "visit_bring_lapsed" => t::action_visit_bring_lapsed(l),
        "visit_requested" => t::action_visit_requested(l),
        "visit_request_approved" => t::action_visit_request_approved(l),
        "visit_request_rejected" => t::action_visit_request_rejected(l),
        "visit_request_lapsed" => t::action_visit_request_lapsed(l),
        "visit_request_withdrawn" => t::action_visit_request_withdrawn(l),
        "visit_offered" => t::action_visit_offered(l),
        "offer_closed" => t::action_offer_closed(l),
        "calendar_opened" => t::action_calendar_opened(l),
        "calendar_closed" => t::action_calendar_closed(l),
        other => of_a_plan(l, other),
    }
}

fn of_an_organisation(l: Locale, code: &str) -> String {
    match code {
        "organisation_cleared" => t::action_organisation_cleared(l),
        "organisation_ended" => t::action_organisation_ended(l),
        "organisation_person_added" => t::action_organisation_person_added(l),
        "organisation_person_ended" => t::action_organisation_person_ended(l),
        "organisation_task_asked" => t::action_organisation_task_asked(l),
        "organisation_task_withdrawn" => t::action_organisation_task_withdrawn(l),
        "organisation_task_given" => t::action_organisation_task_given(l),
        "organisation_task_refused" => t::action_organisation_task_refused(l),
        "organisation_task_ended" => t::action_organisation_task_ended(l),
        other => t::action_other(l, other.replace('_', " ")),
    }
}

/// What is done about a unit's plan, and about who does not meet.
fn of_a_plan(l: Locale, code: &str) -> String {
    match code {
        "visitor_named" => t::action_visitor_named(l),
        "visitor_unnamed" => t::action_visitor_unnamed(l),
        "appointment_set" => t::action_appointment_set(l),
        "appointment_off" => t::action_appointment_off(l),
        "kept_apart" => t::action_kept_apart(l),
        "no_longer_apart" => t::action_no_longer_apart(l),
        "children_exported" => t::action_children_exported(l),
        "visitors_apart" => t::action_visitors_apart(l),
        "visitors_meet" => t::action_visitors_meet(l),
        "wing_put" => t::action_wing_put(l),
        "wing_ended" => t::action_wing_ended(l),
        "time_wings" => t::action_time_wings(l),
        "inmate_wing" => t::action_inmate_wing(l),
        "rules_put" => t::action_rules_put(l),
        "time_put" => t::action_time_put(l),
        "time_places" => t::action_time_places(l),
        "time_ended" => t::action_time_ended(l),
        "time_paused" => t::action_time_paused(l),
        "time_resumed" => t::action_time_resumed(l),
        "day_blocked" => t::action_day_blocked(l),
        "day_unblocked" => t::action_day_unblocked(l),
        "text_put" => t::action_text_put(l),
        "watch_put" => t::action_watch_put(l),
        "plan_proposed" => t::action_plan_proposed(l),
        "plan_approved" => t::action_plan_approved(l),
        "plan_declined" => t::action_plan_declined(l),
        "plan_withdrawn" => t::action_plan_withdrawn(l),
        "plan_lapsed" => t::action_plan_lapsed(l),
        other => of_a_hand_in(l, other),
    }
}

/// What was handed in without eID.
fn of_a_hand_in(l: Locale, code: &str) -> String {
    match code {
        "handin_received" => t::action_handin_received(l),
        "handin_registering" => t::action_handin_registering(l),
        "handin_asked" => t::action_handin_asked(l),
        "handin_linked" => t::action_handin_linked(l),
        "handin_closed" => t::action_handin_closed(l),
        "handin_withdrawn" => t::action_handin_withdrawn(l),
        other => of_an_organisation(l, other),
    }
}

pub(super) fn subject(l: Locale, code: &str) -> String {
    match code {
        "application" => t::subject_application(l),
        "booking" => t::subject_booking(l),
        "message_thread" => t::subject_thread(l),
        "letter" => t::subject_letter(l),
        "document" => t::subject_document(l),
        "hand_in" => t::subject_hand_in(l),
        "appeal" => t::subject_appeal(l),
        "home_case" | "home_person" => t::subject_consent(l),
        "correction" => t::subject_correction(l),
        "appointed" => t::subject_appointed(l),
        "delegation" => t::subject_delegation(l),
        "inmate" => t::subject_inmate(l),
        "person" => t::who_citizen(l),
        "staff" => t::subject_staff(l),
        other => t::subject_other(l, other.replace('_', " ")),
    }
}

pub(super) fn reason(l: Locale, code: &str) -> String {
    match code {
        "sample" => t::reason_sample(l),
        "complaint" => t::reason_complaint(l),
        "suspicion" => t::reason_suspicion(l),
        "access" => t::reason_access(l),
        "handle_case" => t::reason_handle_case(l),
        "answer_question" => t::reason_answer_question(l),
        "on_behalf" => t::reason_on_behalf(l),
        other => t::reason_other(l, other.replace('_', " ")),
    }
}

pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        (_, "date_empty") => t::wrong_date_empty(l),
        (_, "date_day" | "date_month" | "date_year" | "date_no_such_day") => t::wrong_date(l),
        (_, "before_from") => t::wrong_before(l),
        (_, "span") => t::wrong_span(l),
        ("reference", _) => t::wrong_reference(l),
        ("reason", _) => t::wrong_reason(l),
        ("outcome", "choose") => t::wrong_outcome(l),
        ("note", "empty") => t::wrong_note(l),
        (_, "own") => t::own_text(l),
        (_, "settled") => t::wrong_settled(l),
        (_, "too_long") => t::wrong_long(l),
        _ => t::wrong_other(l),
    }
}

/// The rows as a file, in the words of the page.
pub fn csv(l: Locale, rows: &[Row]) -> Result<Vec<u8>, csv::Error> {
    let head = [
        t::col_when(l),
        t::col_who(l),
        t::col_role(l),
        t::fact_unit(l),
        t::col_what(l),
        t::col_about(l),
        t::col_why(l),
    ];
    let text = |code: &Option<String>, words: fn(Locale, &str) -> String| {
        code.as_deref().map(|code| words(l, code)).unwrap_or_default()
    };
    let cells = |row: &Row| {
        [
            dates::date_time_with_year(l, Instant(row.at)),
            who(l, row),
            text(&row.role, role),
            row.unit_name.clone().unwrap_or_default(),
            action(l, &row.action),
            text(&row.subject_kind, subject),
            text(&row.reason, reason),
        ]
    };
    sheet::written(head, rows.iter().map(cells))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(who: &str) -> Row {
        Row {
            id: "1".into(),
            at: 0,
            actor_kind: "staff".into(),
            who: Some(who.into()),
            role: Some("case_officer".into()),
            unit_name: None,
            action: "look".into(),
            subject_kind: Some("application".into()),
            reason: Some("handle_case".into()),
        }
    }

    #[test]
    fn a_file_has_a_head_and_no_formula() {
        let made = csv(Locale::Nb, &[row("=HYPERLINK(\"x\")"), row("Ola, \"Kari\"")]).unwrap();
        let mut read = csv::Reader::from_reader(made.as_slice());
        let rows: Vec<csv::StringRecord> = read.records().map(Result::unwrap).collect();
        assert_eq!((&rows[0][1], &rows[1][1]), ("'=HYPERLINK(\"x\")", "Ola, \"Kari\""));
        assert_eq!(read.headers().unwrap().len(), 7);
    }

    #[test]
    fn nobody_but_staff_has_a_name() {
        for kind in ["citizen", "system", "anonymous"] {
            let row = Row { actor_kind: kind.into(), ..row("Ola Fjellvik") };
            assert!(!who(Locale::Nb, &row).contains("Ola"), "{kind}");
        }
    }
}
