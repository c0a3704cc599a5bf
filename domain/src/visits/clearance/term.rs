//! How long a leave to visit still runs, and from when it may be renewed. How early is data (`clearance.renew_days`); that the
//! last day counts is [L] § 27's own way of counting days.

use crate::kernel::CivilDate;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    Runs,
    /// It still holds, and may be renewed.
    EndsSoon,
    Over,
}

/// `until` is the last day on which it holds.
pub fn term(until: CivilDate, today: CivilDate, renew_days: i64) -> Term {
    match until.days_since(today) {
        left if left < 0 => Term::Over,
        left if left <= renew_days => Term::EndsSoon,
        _ => Term::Runs,
    }
}

/// The last day of a leave that its holder gives up today.
pub fn last_day(today: CivilDate) -> CivilDate {
    today.plus_days(-1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_up_is_over_on_the_same_day() {
        for today in ["2026-03-01", "2028-03-01", "2027-01-01", "2026-10-25"] {
            let today = CivilDate::parse_iso(today).expect("a date");
            assert_eq!(term(last_day(today), today, 60), Term::Over);
            assert_eq!(term(last_day(today), last_day(today), 60), Term::EndsSoon);
        }
    }

    #[test]
    fn the_last_day_holds_and_the_sixtieth_before_it_renews() {
        let until = CivilDate::parse_iso("2027-03-01").expect("a date");
        let table = [
            ("2026-12-30", Term::Runs),
            ("2026-12-31", Term::EndsSoon),
            ("2027-02-28", Term::EndsSoon),
            ("2027-03-01", Term::EndsSoon),
            ("2027-03-02", Term::Over),
            ("2028-02-29", Term::Over),
        ];
        for (today, expected) in table {
            let today = CivilDate::parse_iso(today).expect("a date");
            assert_eq!(term(until, today, 60), expected, "{}", today.iso());
        }
    }
}
