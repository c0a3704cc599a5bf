//! Those inside who are under eighteen have so many visits a month at the least ([F] § 3-28 a). Whether each has had them, by calendar months.

/// What is known of one. Visits that took place, and those that are booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visits {
    pub this_month: i64,
    pub last_month: i64,
    /// Still to come in this month.
    pub booked: i64,
    /// He was inside from its first day on.
    pub whole_last_month: bool,
}

/// How he stands to the rule; the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Too few in the month before.
    Short,
    /// Too few in this month, with what is booked.
    Missing,
    /// Enough with what is booked.
    Ahead,
    Met,
}

impl Standing {
    /// `least`: by the rule of the day.
    pub fn of(visits: Visits, least: i64) -> Self {
        match visits {
            Visits { whole_last_month: true, last_month, .. } if last_month < least => Self::Short,
            Visits { this_month, .. } if this_month >= least => Self::Met,
            Visits { this_month, booked, .. } if this_month + booked >= least => Self::Ahead,
            _ => Self::Missing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_without_a_visit_is_told_and_one_that_he_was_not_inside_for_is_not() {
        let table = [
            // This month, the month before, booked, inside for all of it, the least.
            (1, 1, 0, true, 1, Standing::Met),
            (0, 1, 1, true, 1, Standing::Ahead),
            (0, 1, 0, true, 1, Standing::Missing),
            (1, 0, 1, true, 1, Standing::Short),
            (1, 0, 0, false, 1, Standing::Met),
            (0, 0, 0, false, 1, Standing::Missing),
            (1, 2, 0, true, 2, Standing::Missing),
            (1, 2, 1, true, 2, Standing::Ahead),
            (0, 0, 0, true, 0, Standing::Met),
        ];
        for (this_month, last_month, booked, whole_last_month, least, expected) in table {
            let visits = Visits { this_month, last_month, booked, whole_last_month };
            assert_eq!(Standing::of(visits, least), expected, "{visits:?} {least}");
        }
        let mut all = [Standing::Met, Standing::Ahead, Standing::Short, Standing::Missing];
        all.sort();
        assert_eq!(all, [Standing::Short, Standing::Missing, Standing::Ahead, Standing::Met]);
    }
}
