//! Which weeks are told together. A week with too few is told with those after it, as one block, as soon as they are enough:
//! a block never changes again, and whatever is shown, of any units, over any time, is a sum of whole blocks. So no total less
//! another total tells a small number, today's page less last month's page tells none either, and there is nothing to hide a
//! second cell for. The price: a small unit's figures come seldom, and its last weeks wait.

use std::collections::BTreeMap;

use crate::kernel::CivilDate;

/// What is counted week by week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Days from an application to its first decision.
    Answers,
    /// Places of visits, and what became of those that were booked.
    Visits,
}

impl Measure {
    pub const ALL: [Self; 2] = [Self::Answers, Self::Visits];

    pub fn code(self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::Visits => "visits",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.code() == code)
    }
}

/// What a number is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Answers that took so many days.
    Days(i64),
    /// Places: nobody's.
    Offered,
    /// Booked visits: somebody came, nobody was let in, or nothing was marked.
    Attended,
    Unused,
    Unmarked,
}

impl Part {
    pub fn code(self) -> String {
        match self {
            Self::Days(days) => days.to_string(),
            Self::Offered => "offered".to_owned(),
            Self::Attended => "attended".to_owned(),
            Self::Unused => "unused".to_owned(),
            Self::Unmarked => "unmarked".to_owned(),
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "offered" => Some(Self::Offered),
            "attended" => Some(Self::Attended),
            "unused" => Some(Self::Unused),
            "unmarked" => Some(Self::Unmarked),
            days => days.parse().ok().map(Self::Days),
        }
    }

    /// Whether there is a person behind each of it.
    fn is_of_people(self) -> bool {
        self != Self::Offered
    }
}

/// Numbers of a week, or of several.
pub type Parts = BTreeMap<Part, i64>;
/// Of one unit, by the Monday of the week.
pub type Cells = BTreeMap<CivilDate, Parts>;

/// What may be told, by the rules of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Fewer people than this are never told of.
    pub least: i64,
    /// Fewer answers than this have no slowest tenth.
    pub least_tail: i64,
    /// Days after a week until it is counted: what happened is written down by then.
    pub settle_days: i64,
}

/// Whole weeks of one unit that are told as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Mondays of the first week and the last.
    pub first: CivilDate,
    pub last: CivilDate,
    pub parts: Parts,
}

/// The blocks of the weeks from `from` to `to`, both Mondays. What is left over at the end is too little and waits.
pub fn blocks(measure: Measure, (from, to): (CivilDate, CivilDate), cells: &Cells, least: i64) -> Vec<Block> {
    let (mut made, mut first, mut parts) = (Vec::new(), from, Parts::new());
    let mut week = from;
    while week <= to {
        for (part, number) in cells.get(&week).into_iter().flatten() {
            *parts.entry(*part).or_default() += number;
        }
        if is_enough(measure, &parts, least) {
            made.push(Block { first, last: week, parts: std::mem::take(&mut parts) });
            first = week.plus_days(7);
        }
        week = week.plus_days(7);
    }
    made
}

/// Enough people; and where they are told apart, none of a sort or enough of it.
fn is_enough(measure: Measure, parts: &Parts, least: i64) -> bool {
    let people = || parts.iter().filter(|(part, _)| part.is_of_people()).map(|(_, number)| *number);
    let apart = measure == Measure::Visits;
    people().sum::<i64>() >= least && (!apart || people().all(|number| number == 0 || number >= least))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn monday() -> CivilDate {
        CivilDate::parse_iso("2026-08-31").unwrap()
    }

    fn week(n: usize) -> CivilDate {
        monday().plus_days(7 * i64::try_from(n).unwrap())
    }

    fn visits(weeks: &[(i64, i64, i64)]) -> Cells {
        let cell = |(n, (attended, unused, unmarked)): (usize, &(i64, i64, i64))| {
            let parts = [
                (Part::Offered, 10),
                (Part::Attended, *attended),
                (Part::Unused, *unused),
                (Part::Unmarked, *unmarked),
            ];
            (week(n), parts.into())
        };
        weeks.iter().enumerate().map(cell).collect()
    }

    fn answered(weeks: &[i64]) -> Cells {
        weeks.iter().enumerate().map(|(n, number)| (week(n), [(Part::Days(9), *number)].into())).collect()
    }

    /// Who came, who did not, who is not marked.
    type Sorts = (i64, i64, i64);
    /// First and last week of each block.
    /// First and last week of each block.
    type Spans = &'static [(i64, i64)];

    fn cut(measure: Measure, cells: &Cells) -> Vec<(i64, i64)> {
        let to = cells.keys().next_back().copied().unwrap_or(monday());
        let number = |day: CivilDate| day.days_since(monday()) / 7;
        let all = blocks(measure, (monday(), to), cells, 5);
        all.iter().map(|block| (number(block.first), number(block.last))).collect()
    }

    #[test]
    fn small_weeks_are_told_with_those_after_them() {
        let table: [(&[i64], Spans); 6] = [
            (&[5, 9, 7], &[(0, 0), (1, 1), (2, 2)]),
            (&[4, 0, 1, 5], &[(0, 2), (3, 3)]),
            (&[5, 1], &[(0, 0)]),
            (&[1, 1, 1, 1], &[]),
            (&[0, 0, 6], &[(0, 2)]),
            (&[], &[]),
        ];
        for (weeks, expected) in table {
            assert_eq!(cut(Measure::Answers, &answered(weeks)), expected, "{weeks:?}");
        }
    }

    #[test]
    fn who_came_and_who_did_not_are_told_apart_when_both_are_none_or_enough() {
        let table: [(&[Sorts], Spans); 6] = [
            (&[(5, 0, 0)], &[(0, 0)]),
            (&[(40, 1, 0)], &[]),
            (&[(40, 1, 0), (40, 4, 0)], &[(0, 1)]),
            (&[(40, 5, 2), (40, 0, 3)], &[(0, 1)]),
            (&[(0, 0, 5)], &[(0, 0)]),
            (&[(3, 2, 0)], &[]),
        ];
        for (weeks, expected) in table {
            assert_eq!(cut(Measure::Visits, &visits(weeks)), expected, "{weeks:?}");
        }
    }

    #[test]
    fn codes_are_read_as_they_are_written() {
        for part in
            [Part::Days(0), Part::Days(90), Part::Offered, Part::Attended, Part::Unused, Part::Unmarked]
        {
            assert_eq!(Part::parse(&part.code()), Some(part));
        }
        assert_eq!(Part::parse("x"), None);
        for measure in Measure::ALL {
            assert_eq!(Measure::parse(measure.code()), Some(measure));
        }
    }

    /// What a page tells of some units between two weeks: the sum of the blocks that lie within.
    fn told(units: &[Vec<Block>], chosen: &[bool], from: usize, to: usize) -> Parts {
        let mut sum = Parts::new();
        let within = |block: &&Block| block.first >= week(from) && block.last <= week(to);
        let units = units.iter().zip(chosen).filter(|(_, chosen)| **chosen);
        for (part, number) in
            units.flat_map(|(blocks, _)| blocks.iter().filter(within)).flat_map(|b| &b.parts)
        {
            *sum.entry(*part).or_default() += number;
        }
        sum
    }

    fn weeks() -> impl Strategy<Value = Vec<(i64, i64, i64)>> {
        prop::collection::vec((0..9_i64, 0..4_i64, 0..2_i64), 20)
    }

    fn made(weeks: &[(i64, i64, i64)]) -> Vec<Block> {
        blocks(Measure::Visits, (monday(), week(weeks.len() - 1)), &visits(weeks), 5)
    }

    proptest! {
        /// One filter less another that it holds, whatever units and weeks: of each sort of people, none or enough.
        #[test]
        fn no_difference_of_two_pages_is_a_small_number(
            units in prop::collection::vec(weeks(), 3),
            wide in (prop::collection::vec(any::<bool>(), 3), 0..10_usize, 10..20_usize),
            narrow in (prop::collection::vec(any::<bool>(), 3), 0..10_usize, 0..10_usize),
        ) {
            let units: Vec<_> = units.iter().map(|weeks| made(weeks)).collect();
            let (chosen, from, to) = wide;
            let fewer: Vec<bool> = chosen.iter().zip(&narrow.0).map(|(a, b)| *a && *b).collect();
            let (begin, end) = (from + narrow.1, to.saturating_sub(narrow.2));
            let (all, less) = (told(&units, &chosen, from, to), told(&units, &fewer, begin, end));
            for (part, number) in all {
                let left = number - less.get(&part).copied().unwrap_or_default();
                prop_assert!(!part.is_of_people() || left == 0 || left >= 5, "{part:?}: {left}");
            }
        }

        /// A page of today less a page of some weeks ago: what was told then is told now, and no week of it alone.
        #[test]
        fn what_was_told_stays_told(weeks in weeks(), then in 1..20_usize) {
            let (before, now) = (made(&weeks[..then]), made(&weeks));
            prop_assert_eq!(&now[..before.len()], before.as_slice());
        }

        /// What waits at the end has no part in anything that is shown.
        #[test]
        fn what_waits_is_not_there(weeks in weeks(), other in 0..5_i64) {
            let now = made(&weeks);
            let after = now.last().map_or(monday(), |block| block.last.plus_days(7));
            let start = usize::try_from(after.days_since(monday()) / 7).unwrap();
            let mut changed = weeks.clone();
            for one in changed.iter_mut().skip(start) {
                *one = (0, 0, 0);
            }
            if let Some(one) = changed.get_mut(start) {
                one.0 = other.min(4);
            }
            prop_assert_eq!(made(&changed), now);
        }

        /// Each block lies after the one before it, without a gap, and nothing is lost or counted twice.
        #[test]
        fn blocks_cover_the_weeks_in_their_order(weeks in weeks()) {
            let (mut next, mut attended) = (monday(), 0);
            for block in made(&weeks) {
                prop_assert!(block.first == next && block.last >= block.first);
                next = block.last.plus_days(7);
                attended += block.parts[&Part::Attended];
            }
            let covered = usize::try_from(next.days_since(monday()) / 7).unwrap();
            prop_assert_eq!(attended, weeks[..covered].iter().map(|week| week.0).sum::<i64>());
        }
    }
}
