//! What the numbers say: in how many days half of the answers came, and nine of ten; how much of what was offered was used.

use super::{Part, Parts};

/// Days from application to decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    pub number: i64,
    /// Half had their answer within so many days; none without an answer.
    pub half: Option<i64>,
    /// Nine of ten within so many; none where too few would be the tenth.
    pub nine: Option<i64>,
}

/// Of the answers in `parts`; the slowest tenth is told from `least_tail` answers on.
pub fn answers(parts: &Parts, least_tail: i64) -> Answers {
    let days = || {
        parts
            .iter()
            .filter_map(|(part, n)| if let Part::Days(days) = part { Some((*days, *n)) } else { None })
    };
    let number = days().map(|(_, n)| n).sum();
    let within = |share: i64| {
        let mut so_far = 0;
        days().find_map(|(days, n)| {
            so_far += n;
            (so_far * 10 >= number * share).then_some(days)
        })
    };
    let half = if number > 0 { within(5) } else { None };
    let nine = if number >= least_tail.max(1) { within(9) } else { None };
    Answers { number, half, nine }
}

/// Places, and what became of those that were booked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Places {
    pub offered: i64,
    pub booked: i64,
    pub attended: i64,
    pub unused: i64,
    pub unmarked: i64,
}

pub fn places(parts: &Parts) -> Places {
    let of = |part: Part| parts.get(&part).copied().unwrap_or_default();
    let (attended, unused, unmarked) = (of(Part::Attended), of(Part::Unused), of(Part::Unmarked));
    Places { offered: of(Part::Offered), booked: attended + unused + unmarked, attended, unused, unmarked }
}

/// Of a hundred, to the nearest whole; none of nothing.
pub fn percent(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| (part * 200 + whole) / (whole * 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(days: &[(i64, i64)]) -> Parts {
        days.iter().map(|(days, number)| (Part::Days(*days), *number)).collect()
    }

    #[test]
    fn half_and_nine_of_ten_are_days_that_somebody_waited() {
        let table: [(&[(i64, i64)], Answers); 6] = [
            (&[], Answers { number: 0, half: None, nine: None }),
            (&[(3, 1)], Answers { number: 1, half: Some(3), nine: None }),
            (&[(2, 5), (30, 5)], Answers { number: 10, half: Some(2), nine: Some(30) }),
            (&[(2, 9), (30, 1)], Answers { number: 10, half: Some(2), nine: Some(2) }),
            (&[(1, 4), (5, 5)], Answers { number: 9, half: Some(5), nine: None }),
            (&[(0, 100)], Answers { number: 100, half: Some(0), nine: Some(0) }),
        ];
        for (days, expected) in table {
            assert_eq!(answers(&of(days), 10), expected, "{days:?}");
        }
    }

    #[test]
    fn what_is_booked_is_what_became_of_it() {
        let parts =
            [(Part::Offered, 40), (Part::Attended, 20), (Part::Unused, 5), (Part::Unmarked, 1)].into();
        let expected = Places { offered: 40, booked: 26, attended: 20, unused: 5, unmarked: 1 };
        assert_eq!(places(&parts), expected);
        assert_eq!(places(&Parts::new()), Places::default());
    }

    #[test]
    fn a_share_is_whole() {
        for (part, whole, expected) in
            [(0, 0, None), (1, 3, Some(33)), (2, 3, Some(67)), (1, 200, Some(1)), (5, 5, Some(100))]
        {
            assert_eq!(percent(part, whole), expected, "{part} of {whole}");
        }
    }
}
