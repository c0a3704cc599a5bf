//! The words of codes that both sides read: outcomes, steps, deadlines, the decision that is appealed.

use backend::appeals::{Ruling, Target};
use domain::{
    access::Role,
    appeals::{Deadline, Level, Outcome, Subject},
    kernel::Locale,
};

use crate::{
    i18n::{appeals as t, dates},
    ui::{SummaryRow, TagKind},
};

pub(super) fn subject(l: Locale, subject: Subject) -> String {
    match subject {
        Subject::Clearance => t::subject_clearance(l),
        Subject::Letter => t::subject_letter(l),
    }
}

pub(super) fn state(l: Locale, code: &str) -> String {
    match code {
        "sent" => t::state_sent(l),
        "preparing" => t::state_preparing(l),
        "forwarded" => t::state_forwarded(l),
        "decided" => t::state_decided(l),
        _ => t::state_withdrawn(l),
    }
}

pub(super) fn state_kind(code: &str) -> TagKind {
    match code {
        "decided" => TagKind::Done,
        "withdrawn" => TagKind::Plain,
        _ => TagKind::Waiting,
    }
}

pub(super) fn outcome(l: Locale, outcome: Outcome) -> String {
    match outcome.code() {
        "upheld" => t::outcome_upheld(l),
        "changed" => t::outcome_changed(l),
        "sent_back" => t::outcome_sent_back(l),
        "too_late" => t::outcome_too_late(l),
        _ => t::outcome_not_entitled(l),
    }
}

/// What it means for her.
pub(super) fn outcome_means(l: Locale, outcome: Outcome) -> String {
    match outcome {
        Outcome::Upheld => t::means_upheld(l),
        Outcome::Changed | Outcome::SentBack => t::means_anew(l),
        Outcome::Dismissed(_) => t::means_dismissed(l),
    }
}

pub(super) fn level(l: Locale, level: Level, unit: &str, region: &str) -> String {
    match level {
        Level::Local => unit.to_owned(),
        Level::Region => t::region(l, region.to_lowercase()),
    }
}

/// The last day, or the last hour where it is counted in hours.
pub(super) fn deadline(l: Locale, deadline: Option<Deadline>) -> String {
    match deadline {
        None => t::deadline_none(l),
        Some(deadline) if deadline.to_the_hour => dates::date_time_with_year(l, deadline.end),
        Some(deadline) => dates::long_date(l, deadline.last_day()),
    }
}

/// The decision that is appealed: what, why, by which law, by whom and when.
pub(super) fn target(l: Locale, target: &Target) -> Vec<SummaryRow> {
    let lang = target.text_locale.code();
    let what = match (target.subject, target.outcome.as_str()) {
        (Subject::Clearance, "refused") => t::what_refused(l),
        (Subject::Clearance, _) => t::what_measures(l),
        (Subject::Letter, _) => t::what_held_back(l),
    };
    let officer = |label: String, text: &Option<String>| {
        text.as_ref().map(|text| SummaryRow::new(label, text).lang(lang))
    };
    let made = t::made(l, dates::plain(l, target.made_at.date()), &target.unit_name);
    [
        Some(SummaryRow::new(t::target_what(l), what)),
        officer(t::target_reason(l), &target.reason),
        officer(t::target_milder(l), &target.milder),
        Some(SummaryRow::new(t::target_basis(l), &target.legal_basis).lang("nb")),
        Some(SummaryRow::new(t::target_made(l), made)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What was decided on the appeal.
pub(super) fn ruling(l: Locale, target: &Target, ruling: &Ruling) -> Vec<SummaryRow> {
    let who = level(l, ruling.level, &target.unit_name, &target.region);
    vec![
        SummaryRow::new(t::ruling_what(l), outcome(l, ruling.outcome)),
        SummaryRow::new(t::ruling_reason(l), &ruling.reason).lang(ruling.text_locale.code()),
        SummaryRow::new(t::target_basis(l), &ruling.legal_basis).lang("nb"),
        SummaryRow::new(t::target_made(l), t::made(l, dates::plain(l, ruling.at.date()), who)),
    ]
}

/// Who of the staff has looked; roles that have no appeals are told as what they are, staff.
pub(super) fn role(l: Locale, role: Role) -> String {
    match role {
        Role::CaseOfficer => t::role_case_officer(l),
        Role::MessageController => t::role_controller(l),
        Role::AppealOfficer => t::role_region(l),
        Role::UnitAdmin
        | Role::GateOfficer
        | Role::VictimOfficer
        | Role::DutyOfficer
        | Role::Leader
        | Role::Auditor => t::role_other(l),
    }
}

/// How to put an error right.
pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        (_, "appeal_already") => t::wrong_already(l),
        (_, "appeal_stale") => t::wrong_stale(l),
        (_, "appeal_moved_on") => t::wrong_moved_on(l),
        (_, "appeal_same_person") => t::wrong_same_person(l),
        (_, "appeal_not_late") => t::wrong_not_late(l),
        (_, "appeal_not_asked") => t::wrong_not_asked(l),
        ("disagree", "empty") => t::wrong_disagree(l),
        ("late_reason", "empty") => t::wrong_late_reason(l),
        ("statement", "empty") => t::wrong_statement(l),
        ("reason", "empty") => t::wrong_reason(l),
        ("basis", "empty") => t::wrong_basis(l),
        ("why", "empty") => t::wrong_why(l),
        ("waits", "choose") => t::wrong_waits(l),
        ("outcome", "choose") => t::wrong_outcome(l),
        (_, "too_long") => t::wrong_too_long(l),
        (_, "character") => t::wrong_character(l),
        _ => t::wrong_other(l),
    }
}

#[cfg(test)]
mod tests {
    use domain::appeals::{AppealForm, ReasonForm, Refusal, RulingForm, WaitForm};

    use super::*;

    #[test]
    fn every_code_has_words_of_its_own() {
        for l in Locale::ALL.map(t::lang) {
            let mut said: Vec<String> = Outcome::ALL.map(|o| outcome(l, o)).into();
            said.sort();
            said.dedup();
            assert_eq!(said.len(), Outcome::ALL.len());
            let no = WaitForm { version: "1".into(), waits: "no".into(), why: String::new() };
            let errors = [
                AppealForm::default().parse(true).expect_err("empty"),
                ReasonForm { version: "1".into(), ..ReasonForm::default() }
                    .parse("statement")
                    .expect_err("empty"),
                RulingForm { version: "1".into(), ..RulingForm::default() }.parse().expect_err("empty"),
                WaitForm { version: "1".into(), ..WaitForm::default() }.parse().expect_err("empty"),
                no.parse().expect_err("empty"),
            ];
            for error in errors.concat() {
                assert_ne!(wrong(l, error.field, error.code), t::wrong_other(l), "{error:?}");
            }
            for refusal in Refusal::ALL.into_iter().filter(|r| *r != Refusal::Hidden) {
                assert_ne!(wrong(l, "outcome", refusal.code()), t::wrong_other(l), "{refusal:?}");
            }
        }
    }
}
