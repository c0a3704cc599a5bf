//! How the service goes, in figures, for those who lead it: which weeks are told together so that nobody can be found behind a
//! small number, what stands in the middle of many answers, and what a leader chooses to see. Never: a person, a case, or a
//! figure that another figure less a third one would tell.

mod blocks;
mod figures;
mod period;

pub use blocks::{Block, Bounds, Cells, Measure, Part, Parts, blocks};
pub use figures::{Answers, Places, answers, percent, places};
pub use period::{Grain, Period, PeriodForm, Span, month_of};

use crate::access::Role;
pub use crate::appeals::{FieldError, FormErrors};

/// Who leads: a unit, or several.
pub fn may_lead(roles: &[Role]) -> bool {
    roles.iter().any(|role| matches!(role, Role::UnitAdmin | Role::Leader))
}

/// A number that may be told: none, or enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Number(i64),
    /// Some, and fewer than this.
    Few(i64),
}

impl Told {
    pub fn of(number: i64, least: i64) -> Self {
        if number == 0 || number >= least { Self::Number(number) } else { Self::Few(least) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_for_those_who_lead() {
        for role in Role::ALL {
            assert_eq!(may_lead(&[role]), matches!(role, Role::UnitAdmin | Role::Leader), "{role:?}");
        }
    }

    #[test]
    fn none_and_enough_are_told() {
        for (number, told) in
            [(0, Told::Number(0)), (1, Told::Few(5)), (4, Told::Few(5)), (5, Told::Number(5))]
        {
            assert_eq!(Told::of(number, 5), told, "{number}");
        }
    }
}
