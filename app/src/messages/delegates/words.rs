//! The words of codes: where it stands, what is wrong with a form; and what a delegate may and may not.

use backend::identity::delegates::Mine;
use domain::{
    identity::{Delegated, EndedBy},
    kernel::Locale,
};
use leptos::prelude::*;

use crate::{
    i18n::{dates, messages_delegates as t},
    ui::AsideBlock,
};

/// For the lawyer, in a line.
pub(super) fn stands(l: Locale, mine: &Mine) -> String {
    let at = dates::date_time(l, mine.state_at);
    match mine.stands {
        Delegated::Waiting => t::stands_waiting(l, dates::date_time(l, mine.over_at)),
        Delegated::Lapsed => t::stands_lapsed(l),
        Delegated::Stands => t::stands_accepted(l, dates::with_year(l, mine.valid_to)),
        Delegated::RunOut => t::stands_run_out(l, dates::with_year(l, mine.valid_to)),
        Delegated::Declined => t::stands_declined(l, at),
        Delegated::Ended(EndedBy::Lawyer) => t::stands_ended(l, at),
        Delegated::Ended(EndedBy::Delegate) => t::stands_ended_self(l, at),
    }
}

/// What he may, and what he never may.
pub(super) fn bounds(l: Locale) -> AnyView {
    view! {
        <AsideBlock title=t::bounds_title(l)>
            <p>{t::bounds_may(l)}</p>
            <p>{t::bounds_not(l)}</p>
            <p>{t::bounds_log(l)}</p>
        </AsideBlock>
    }
    .into_any()
}

/// How to put an error right.
pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        (_, "delegate_code") => t::wrong_code(l),
        ("name", "empty") => t::wrong_name(l),
        ("label", "empty") => t::wrong_label(l),
        ("firm", "empty") => t::wrong_firm(l),
        (_, "choose") => t::wrong_clients(l),
        (_, "date_empty") => t::wrong_until(l),
        (_, "date_past") => t::wrong_past(l),
        (_, "date_late") => t::wrong_late(l),
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
    use domain::{identity::DelegateRefusal, kernel::CivilDate, messages::DelegateForm};

    use super::*;

    #[test]
    fn every_code_has_words_of_its_own() {
        let today = CivilDate::parse_iso("2026-09-01").unwrap();
        let dates = ["..", "x.1.2026", "1.x.2026", "1.1.x", "30.2.1990", "1.1.2020", "1.1.2090"];
        for l in Locale::ALL.map(t::lang) {
            for date in dates {
                let parts: Vec<String> = date.split('.').map(str::to_owned).collect();
                let form = DelegateForm {
                    valid_to: parts.try_into().unwrap(),
                    label: "x".repeat(999),
                    firm: "\u{7}".into(),
                    ..DelegateForm::default()
                };
                for error in form.parse(today, 365).expect_err("wrong") {
                    assert_ne!(wrong(l, error.field, error.code), t::wrong_other(l), "{error:?}");
                }
            }
            assert_ne!(wrong(l, "code", DelegateRefusal::Code.code()), t::wrong_other(l));
        }
    }
}
