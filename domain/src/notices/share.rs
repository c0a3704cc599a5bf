//! What may be told outside the compartment of how many notices were sent in time: a share in steps, of a unit's whole quarter,
//! when so many people stand behind it that nothing follows for any one inmate. Otherwise nothing, and nothing says why.

/// A unit's quarter: what only the compartment counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Notices whose time came in the quarter, and those of them that were sent, or told by telephone, by then.
    pub due: i64,
    pub in_time: i64,
    /// Inmates and victims they were about and for.
    pub inmates: i64,
    pub recipients: i64,
    /// Inmates of the unit with an event of which somebody could have been told, whether anybody is registered or not.
    pub could: i64,
}

/// By the rules of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub least_due: i64,
    /// Of the inmates, and of the victims: one with many leaves is many notices and one person.
    pub least_people: i64,
    /// At most one in so many of those with an event has a notice; else "he had an event" would mean "somebody is told of him".
    pub one_in: i64,
    /// Percent are told in steps of so many, downwards.
    pub step: i64,
}

/// Percent sent in time, at least; none: it is not told.
pub fn share(tally: Tally, bounds: Bounds) -> Option<i64> {
    let enough = tally.due >= bounds.least_due.max(1)
        && tally.inmates >= bounds.least_people
        && tally.recipients >= bounds.least_people
        && tally.could >= tally.inmates * bounds.one_in;
    let step = bounds.step.clamp(1, 100);
    enough.then(|| tally.in_time.clamp(0, tally.due) * 100 / tally.due / step * step)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BOUNDS: Bounds = Bounds { least_due: 20, least_people: 10, one_in: 2, step: 5 };

    #[test]
    fn a_share_is_told_when_nobody_can_be_found_behind_it() {
        let tally = |(due, in_time): (i64, i64), inmates: i64, recipients: i64, could: i64| Tally {
            due,
            in_time,
            inmates,
            recipients,
            could,
        };
        let table = [
            (tally((20, 20), 10, 10, 20), Some(100)),
            (tally((20, 19), 10, 10, 20), Some(95)),
            (tally((100, 99), 10, 10, 20), Some(95)),
            (tally((40, 0), 10, 10, 20), Some(0)),
            (tally((0, 0), 0, 0, 90), None),
            (tally((19, 19), 10, 10, 20), None),
            // One inmate with many leaves; one victim of many.
            (tally((40, 40), 1, 12, 90), None),
            (tally((40, 40), 12, 1, 90), None),
            (tally((20, 20), 9, 10, 90), None),
            // Nearly everybody with an event has somebody to be told.
            (tally((20, 20), 10, 10, 19), None),
        ];
        for (tally, expected) in table {
            assert_eq!(share(tally, BOUNDS), expected, "{tally:?}");
        }
    }

    proptest! {
        /// One victim more or fewer of one inmate with one event changes a share that is told by a step at most, or takes it away.
        #[test]
        fn one_more_registered_moves_a_share_by_a_step_at_most(
            due in 0..200_i64, late in 0..40_i64, inmates in 0..60_i64, recipients in 0..60_i64, could in 0..200_i64, sent in 0..2_i64,
        ) {
            let without = Tally { due, in_time: (due - late).max(0), inmates, recipients, could };
            let with = Tally {
                due: due + 1, in_time: without.in_time + sent, inmates: inmates + 1, recipients: recipients + 1, could,
            };
            if let (Some(one), Some(other)) = (share(without, BOUNDS), share(with, BOUNDS)) {
                prop_assert!((one - other).abs() <= BOUNDS.step && one % BOUNDS.step == 0, "{one} {other}");
            }
        }
    }
}
