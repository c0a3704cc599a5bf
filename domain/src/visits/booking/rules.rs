//! A unit's rules of visiting: data with validity dates, edited by its staff, never constants.

use super::Approval;
use crate::kernel::CivilDate;

/// How many days ahead a unit may let people book, at the most.
pub const LONGEST_WINDOW: i64 = 120;

/// One version of a unit's rules. The newest that holds on a day is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRules {
    pub valid_from: CivilDate,
    /// The last day; open when none.
    pub valid_to: Option<CivilDate>,
    /// The first and the last day that can be booked, counted from the day one asks.
    pub first_day: i64,
    pub last_day: i64,
    /// Visits an inmate can have from Monday to Sunday.
    pub per_week: i64,
    /// And in a calendar month; 0: no such limit.
    pub per_month: i64,
    /// People on one visit.
    pub people: i64,
    /// Minutes before the start to be at the gate.
    pub arrive_before: i64,
    /// Minutes after the start from which nobody is let in.
    pub latest_arrival: i64,
    /// Hours in which another adult can answer whether to come along; 0: nobody can be asked.
    pub join_hours: i64,
    /// Which visits the unit looks at before they are booked.
    pub approval: Approval,
    /// Where the rule comes from.
    pub source: String,
}

impl UnitRules {
    pub fn holds_on(&self, date: CivilDate) -> bool {
        self.valid_from <= date && self.valid_to.is_none_or(|to| date <= to)
    }

    /// The days that can be booked by one who asks today.
    pub fn window(&self, today: CivilDate) -> (CivilDate, CivilDate) {
        (today.plus_days(self.first_day), today.plus_days(self.last_day))
    }
}

/// The version in force on a day.
pub fn in_force(rules: &[UnitRules], date: CivilDate) -> Option<&UnitRules> {
    rules.iter().filter(|r| r.holds_on(date)).max_by_key(|r| r.valid_from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visits::booking::tests::{day, rules};

    #[test]
    fn the_newest_version_that_holds_is_in_force() {
        let mut old = rules();
        old.valid_to = Some(day("2026-09-30"));
        let newer = UnitRules { valid_from: day("2026-09-15"), valid_to: None, per_week: 2, ..rules() };
        let both = [newer, old];
        let table =
            [("2019-12-31", None), ("2026-09-14", Some(1)), ("2026-09-15", Some(2)), ("2026-10-01", Some(2))];
        for (date, per_week) in table {
            assert_eq!(in_force(&both, day(date)).map(|r| r.per_week), per_week, "{date}");
        }
        assert_eq!(rules().window(day("2026-12-30")), (day("2027-01-01"), day("2027-01-27")));
    }
}
