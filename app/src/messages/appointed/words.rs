//! The words of codes: where it stands, why it was refused, what is wrong with a form.

use domain::{
    identity::{DeclaredState, NotConfirmed},
    kernel::{Instant, Locale},
};

use crate::i18n::{dates, messages_appointed as t};

/// For the lawyer: in a line, with the day by which she has an answer.
pub(super) fn stands(l: Locale, state: &DeclaredState, due: Option<Instant>, now: Instant) -> String {
    match (state, due) {
        (DeclaredState::ToCheck { .. }, Some(due)) if due <= now => {
            t::stands_late(l, dates::date_time(l, due))
        }
        (DeclaredState::ToCheck { .. }, Some(due)) => t::stands_sent(l, dates::date_time(l, due)),
        (DeclaredState::ToCheck { at }, None) => t::stands_sent(l, dates::date_time(l, *at)),
        (DeclaredState::Confirmed { at, .. }, _) => t::stands_confirmed(l, dates::date_time(l, *at)),
        (DeclaredState::Refused { at, .. }, _) => t::stands_refused(l, dates::date_time(l, *at)),
        (DeclaredState::Withdrawn { at }, _) => t::stands_withdrawn(l, dates::date_time(l, *at)),
    }
}

/// As the lawyer reads it.
pub(super) fn why(l: Locale, why: NotConfirmed) -> String {
    match why {
        NotConfirmed::NotFound => t::why_not_found(l),
        NotConfirmed::Differs => t::why_differs(l),
        NotConfirmed::Over => t::why_over(l),
    }
}

/// As the officer chooses it.
pub(in crate::messages) fn reason(l: Locale, why: NotConfirmed) -> String {
    match why {
        NotConfirmed::NotFound => t::reason_not_found(l),
        NotConfirmed::Differs => t::reason_differs(l),
        NotConfirmed::Over => t::reason_over(l),
    }
}

/// How to put an error right.
pub(in crate::messages) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        (_, "declared_not_listed") => t::wrong_not_listed(l),
        (_, "declared_silent") => t::wrong_silent(l),
        (_, "declared_moved_on") => t::wrong_moved_on(l),
        (_, "declared_not_here") => t::wrong_not_here(l),
        ("name", "empty") => t::wrong_name(l),
        ("court", "empty") => t::wrong_court(l),
        ("case_number", "empty") => t::wrong_number(l),
        ("declared", "choose") => t::wrong_declared(l),
        ("inmate", "choose") => t::wrong_inmate(l),
        ("kind", "choose") => t::wrong_kind(l),
        ("why", "choose") => t::wrong_why(l),
        ("birth", "date_empty") => t::wrong_birth(l),
        ("birth", "date_future") => t::wrong_future(l),
        ("valid_to", "date_empty") => t::wrong_to(l),
        (_, "date_past") => t::wrong_past(l),
        (_, "date_day") => t::wrong_day(l),
        (_, "date_month") => t::wrong_month(l),
        (_, "date_year") => t::wrong_year(l),
        (_, "date_no_such_day") => t::wrong_no_such_day(l),
        (_, "too_long") => t::wrong_too_long(l),
        (_, "character") => t::wrong_character(l),
        _ => t::wrong_other(l),
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        identity::DeclaredRefusal,
        kernel::CivilDate,
        messages::{AppointedForm, ConfirmForm, RefuseForm},
    };

    use super::*;

    #[test]
    fn every_code_has_words_of_its_own() {
        let today = CivilDate::parse_iso("2026-09-01").unwrap();
        let day = |text: &str| text.split('.').map(str::to_owned).collect::<Vec<_>>().try_into().unwrap();
        let dates = ["..", "x.1.2026", "1.x.2026", "1.1.x", "30.2.1990", "1.1.2999"];
        for l in Locale::ALL.map(t::lang) {
            let mut errors = vec![
                AppointedForm::default().parse(today).expect_err("empty"),
                ConfirmForm::default().parse(today).expect_err("empty"),
                RefuseForm::default().parse().expect_err("empty"),
            ];
            for date in dates {
                let form =
                    AppointedForm { birth: day(date), from: day("1.1.2020"), ..AppointedForm::default() };
                errors.push(form.parse(today).expect_err("wrong"));
            }
            for error in errors.concat() {
                assert_ne!(wrong(l, error.field, error.code), t::wrong_other(l), "{error:?}");
            }
            for refusal in DeclaredRefusal::ALL.into_iter().filter(|r| *r != DeclaredRefusal::Hidden) {
                assert_ne!(wrong(l, "declared", refusal.code()), t::wrong_other(l), "{refusal:?}");
            }
        }
    }
}
