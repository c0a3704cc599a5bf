//! The words of codes: what kind of mandate, whether it stands, what is wrong with a form.

use domain::{
    identity::{Mandate, MandateKind},
    kernel::{CivilDate, Locale},
};

use crate::i18n::{dates, messages_mandates as t};

pub(super) fn kind(l: Locale, kind: MandateKind) -> String {
    match kind {
        MandateKind::Appointment => t::kind_appointment(l),
        MandateKind::PowerOfAttorney => t::kind_power(l),
    }
}

/// From when to when.
pub(super) fn days(l: Locale, mandate: &Mandate) -> String {
    format!("{} – {}", dates::with_year(l, mandate.valid_from), dates::with_year(l, mandate.valid_to))
}

pub(super) fn state(l: Locale, mandate: &Mandate, today: CivilDate) -> String {
    if mandate.ended {
        t::state_ended(l)
    } else if mandate.stands(today) {
        t::state_stands(l)
    } else if mandate.valid_to < today {
        t::state_over(l)
    } else {
        t::state_coming(l)
    }
}

pub(super) fn wrong(l: Locale, field: &str, code: &str) -> String {
    match (field, code) {
        ("find", _) => t::wrong_find(l),
        ("number", _) => t::wrong_number(l),
        ("name", "empty") => t::wrong_name(l),
        ("kind", _) => t::wrong_kind(l),
        ("valid_from", "date_empty") => t::wrong_from(l),
        ("valid_to", "date_empty") => t::wrong_to(l),
        ("valid_to", "date_past") => t::wrong_past(l),
        ("valid_to", "date_order") => t::wrong_order(l),
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
    use domain::messages::MandateForm;

    use super::*;

    fn parts(text: &str) -> [String; 3] {
        let mut parts = text.split('.').map(str::to_owned);
        std::array::from_fn(|_| parts.next().unwrap_or_default())
    }

    #[test]
    fn what_it_can_be_refused_for_has_words() {
        let today = CivilDate::parse_iso("2026-09-09").expect("a day");
        let form = |name: &str, from: &str, to: &str| MandateForm {
            name: name.into(),
            valid_from: parts(from),
            valid_to: parts(to),
            ..MandateForm::default()
        };
        let forms = [
            form("", "", ""),
            form("a\r\nb", "32.1.2026", "1.13.2026"),
            form(&"a".repeat(121), "1.1.26", "31.2.2027"),
            form("Ada", "1.9.2026", "1.9.2026"),
            form("Ada", "1.12.2026", "1.11.2026"),
        ];
        for l in Locale::ALL.map(t::lang) {
            let errors = forms.iter().flat_map(|form| form.parse(today, true).expect_err("it is wrong"));
            let mut said: Vec<String> = errors.map(|e| wrong(l, e.field, e.code)).collect();
            assert!(said.iter().all(|words| *words != t::wrong_other(l)), "{said:?}");
            said.sort();
            said.dedup();
            assert_eq!(said.len(), 13, "{said:?}");
        }
    }

    #[test]
    fn whether_it_stands_is_said() {
        let day = |text| CivilDate::parse_iso(text).expect("a day");
        let mandate = |ended| Mandate { valid_from: day("2026-09-01"), valid_to: day("2026-09-30"), ended };
        let l = Locale::Nb;
        let table = [
            ("2026-08-31", false, t::state_coming(l)),
            ("2026-09-30", false, t::state_stands(l)),
            ("2026-10-01", false, t::state_over(l)),
            ("2026-09-15", true, t::state_ended(l)),
        ];
        for (today, ended, said) in table {
            assert_eq!(state(l, &mandate(ended), day(today)), said, "{today}");
        }
    }
}
