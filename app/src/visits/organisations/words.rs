//! The words for the codes of organisations, matched exhaustively.

use domain::{
    kernel::Locale,
    visits::{
        clearance::Measure,
        organisations::{OrganisationKind, TaskNo, TaskState, Watch},
    },
};

use crate::{i18n::visits_organisations as t, visits::plan::date_words};

pub(super) fn kind(l: Locale, kind: OrganisationKind) -> String {
    match kind {
        OrganisationKind::Authority => t::kind_authority(l),
        OrganisationKind::Consulate => t::kind_consulate(l),
        OrganisationKind::Health => t::kind_health(l),
        OrganisationKind::ChildWelfare => t::kind_child_welfare(l),
        OrganisationKind::Volunteer => t::kind_volunteer(l),
        OrganisationKind::Faith => t::kind_faith(l),
    }
}

pub(super) fn watch(l: Locale, watch: Watch) -> String {
    match watch {
        Watch::None => t::watch_none(l),
        Watch::Seen => t::watch_seen(l),
        Watch::Heard => t::watch_heard(l),
        Watch::Glass => t::watch_glass(l),
    }
}

/// How a unit watches, by what it has written down.
pub(super) fn watched(l: Locale, measures: &[Measure]) -> String {
    let found = Watch::ALL.into_iter().find(|watch| watch.measures() == measures);
    watch(l, found.unwrap_or_default())
}

/// Why the unit said no, for whoever asked.
pub(super) fn no(l: Locale, why: TaskNo) -> String {
    match why {
        TaskNo::NotFound => t::no_not_found(l),
        TaskNo::NotWished => t::no_not_wished(l),
        TaskNo::NoTask => t::no_no_task(l),
        TaskNo::Other => t::no_other(l),
    }
}

/// For whoever answers.
pub(super) fn no_staff(l: Locale, why: TaskNo) -> String {
    match why {
        TaskNo::NotFound => t::staff_no_not_found(l),
        TaskNo::NotWished => t::staff_no_not_wished(l),
        TaskNo::NoTask => t::staff_no_no_task(l),
        TaskNo::Other => t::staff_no_other(l),
    }
}

pub(super) fn state(l: Locale, state: TaskState) -> String {
    match state {
        TaskState::Asked => t::state_asked(l),
        TaskState::Standing => t::state_standing(l),
        TaskState::Refused(why) => t::state_refused(l, no_staff(l, why)),
        TaskState::Withdrawn => t::state_withdrawn(l),
        TaskState::Ended => t::state_ended(l),
    }
}

pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        ("organisation", "number_control") => t::wrong_control(l),
        ("organisation", _) => t::wrong_organisation(l),
        ("number", "leads") => t::wrong_leads(l),
        ("number", _) => t::wrong_number(l),
        ("contact", "name_empty") => t::wrong_contact(l),
        ("name", "name_empty") => t::wrong_name(l),
        ("kind", "other_kind") => t::wrong_other_kind(l),
        ("kind", _) => t::wrong_kind(l),
        ("watch", "unheard") => t::wrong_unheard(l),
        ("watch", _) => t::wrong_watch(l),
        ("unit", _) => t::wrong_unit(l),
        ("inmate", "uncleared") => t::wrong_uncleared(l),
        ("inmate", _) => t::wrong_inmate(l),
        ("reason", _) => t::wrong_reason(l),
        ("find", _) => t::wrong_find(l),
        ("why", "why_empty") => t::wrong_why(l),
        (_, "date_long") => t::wrong_long(l),
        (_, "date_late") => t::wrong_born(l),
        (_, "too_long") => t::wrong_too_long(l),
        (_, "character") => t::wrong_character(l),
        (_, code) => date_words(l, code),
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        kernel::CivilDate,
        visits::{
            clearance::forms::FormErrors,
            organisations::{AnswerForm, AskForm, PersonForm, RegisterForm},
        },
    };

    use super::*;

    /// Each field of each form says something of its own.
    #[test]
    fn what_a_form_can_be_refused_for_has_words() {
        let today = CivilDate::parse_iso("2026-09-01").unwrap();
        let heard = RegisterForm {
            organisation: "889640783".into(),
            kind: "consulate".into(),
            watch: "heard".into(),
            to_day: "1".into(),
            to_month: "1".into(),
            to_year: "2029".into(),
            ..RegisterForm::default()
        };
        let yes = AnswerForm { answer: "yes".into(), ..AnswerForm::default() };
        let found: [FormErrors; 6] = [
            RegisterForm::default().parse(today, (366, true), |_| true).unwrap_err(),
            heard.parse(today, (366, true), |_| true).unwrap_err(),
            PersonForm::default().parse(today, (366, true)).unwrap_err(),
            AskForm::default().parse(today).unwrap_err(),
            AnswerForm::default().parse(today, 366).unwrap_err(),
            yes.parse(today, 366).unwrap_err(),
        ];
        for l in Locale::ALL.map(t::lang) {
            for error in found.iter().flatten() {
                assert!(!wrong(l, error.field, error.code).is_empty(), "{error:?}");
                assert_ne!(wrong(l, error.field, error.code), date_words(l, "?"), "{error:?}");
            }
        }
    }
}
