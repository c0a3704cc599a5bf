//! What whoever has applied may be told. It is told as of days that are fixed when those at home are asked, so that neither the
//! words nor the day give away who answered, what, or when; and the home itself may be what is missing.

use super::state::{Word, standing};
use crate::kernel::{CivilDate, Clock, Instant};

/// The days of telling: the first, and every so many days from then on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    pub first: CivilDate,
    /// At least 1.
    pub every: i64,
}

impl Grid {
    /// The last day of telling up to today; none before the first.
    pub fn last(self, today: CivilDate) -> Option<CivilDate> {
        let days = today.days_since(self.first);
        (days >= 0).then(|| self.first.plus_days(days - days % self.every.max(1)))
    }

    /// The next after today.
    pub fn next(self, today: CivilDate) -> CivilDate {
        self.last(today).map_or(self.first, |last| last.plus_days(self.every.max(1)))
    }
}

/// Whether one can live there under control: the officer's own view, on her visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dwelling {
    NotSeen,
    Suitable,
    Unsuitable,
}

impl Dwelling {
    pub const ALL: [Self; 3] = [Self::NotSeen, Self::Suitable, Self::Unsuitable];

    pub fn code(self) -> &'static str {
        match self {
            Self::NotSeen => "not_seen",
            Self::Suitable => "suitable",
            Self::Unsuitable => "unsuitable",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// A view of the home, and since when it is that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewed {
    pub dwelling: Dwelling,
    pub at: Instant,
}

/// What may be said today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Nothing yet; on this day.
    Wait { on: CivilDate },
    /// As of this day.
    Met { on: CivilDate },
    /// As of this day; it is not said what is missing.
    NotMet { on: CivilDate },
}

/// `people`: the words of each at home, oldest first. With nobody asked, nothing is met.
pub fn told(people: &[&[Word]], viewed: Viewed, grid: Grid, today: CivilDate) -> Told {
    let Some(on) = grid.last(today) else { return Told::Wait { on: grid.first } };
    let until = Instant::of_wall(on, Clock(0));
    let all = !people.is_empty() && people.iter().all(|words| standing(words, Some(until)).is_yes());
    let home = viewed.dwelling == Dwelling::Suitable && viewed.at < until;
    if all && home { Told::Met { on } } else { Told::NotMet { on } }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::consents::state::{Answer, Said};

    fn day(text: &str) -> CivilDate {
        CivilDate::parse_iso(text).unwrap()
    }

    fn grid() -> Grid {
        Grid { first: day("2026-09-22"), every: 14 }
    }

    #[test]
    fn days_of_telling_are_fixed() {
        let table = [
            ("2026-09-01", None, "2026-09-22"),
            ("2026-09-21", None, "2026-09-22"),
            ("2026-09-22", Some("2026-09-22"), "2026-10-06"),
            ("2026-10-05", Some("2026-09-22"), "2026-10-06"),
            ("2026-10-06", Some("2026-10-06"), "2026-10-20"),
        ];
        for (today, last, next) in table {
            assert_eq!(grid().last(day(today)), last.map(day), "{today}");
            assert_eq!(grid().next(day(today)), day(next), "{today}");
        }
    }

    fn words(codes: &[(&str, &str)]) -> Vec<Word> {
        let word = |(code, on): &(&str, &str)| Word {
            said: Said::parse(code).unwrap(),
            at: Instant::of_wall(day(on), Clock(600)),
        };
        codes.iter().map(word).collect()
    }

    #[test]
    fn silence_no_and_a_talk_are_told_alike() {
        let yes = words(&[("yes", "2026-09-03")]);
        let seen = |dwelling, on: &str| Viewed { dwelling, at: Instant::of_wall(day(on), Clock(0)) };
        let suitable = seen(Dwelling::Suitable, "2026-09-10");
        let (met, not) = (Told::Met { on: day("2026-09-22") }, Told::NotMet { on: day("2026-09-22") });
        let table = [
            (words(&[]), suitable, not),
            (words(&[("no", "2026-09-02")]), suitable, not),
            (words(&[("talk", "2026-09-02")]), suitable, not),
            (words(&[("no", "2026-09-02"), ("yes", "2026-09-03")]), suitable, met),
            (words(&[("yes", "2026-09-03"), ("withdrawn", "2026-09-04")]), suitable, not),
            // Taken back on the day itself or after it: not until the next day of telling.
            (words(&[("yes", "2026-09-03"), ("withdrawn", "2026-09-22")]), suitable, met),
            (yes.clone(), seen(Dwelling::Unsuitable, "2026-09-10"), not),
            (yes.clone(), seen(Dwelling::NotSeen, "2026-09-10"), not),
            (yes.clone(), seen(Dwelling::Suitable, "2026-09-23"), not),
        ];
        for (other, viewed, expected) in table {
            let people = [&yes[..], &other];
            assert_eq!(told(&people, viewed, grid(), day("2026-09-30")), expected, "{other:?}");
            let before = told(&people, viewed, grid(), day("2026-09-21"));
            assert_eq!(before, Told::Wait { on: day("2026-09-22") }, "before the first day nothing is told");
        }
        assert_eq!(told(&[], suitable, grid(), day("2026-09-30")), not, "nobody asked is no consent");
    }

    proptest! {
        /// Between two days of telling nothing that anybody says changes a word of what is told.
        #[test]
        fn no_answer_shows_before_the_next_day(said in prop::collection::vec((0..4_usize, 0..14_i64), 0..6), today in 0..14_i64) {
            let yes = words(&[("yes", "2026-09-03")]);
            let viewed = Viewed { dwelling: Dwelling::Suitable, at: Instant(0) };
            let mut later = yes.clone();
            let mut days: Vec<_> = said;
            days.sort_by_key(|(_, day)| *day);
            later.extend(days.into_iter().map(|(n, after)| Word {
                said: Said::ALL[n],
                at: Instant::of_wall(grid().first.plus_days(after), Clock(601)),
            }));
            let today = grid().first.plus_days(today);
            prop_assert_eq!(told(&[&later], viewed, grid(), today), told(&[&yes], viewed, grid(), today));
        }
    }

    #[test]
    fn a_home_is_seen_in_one_of_three_ways() {
        for one in Dwelling::ALL {
            assert_eq!(Dwelling::parse(one.code()), Some(one));
        }
        assert_eq!(Answer::parse("withdrawn"), None);
    }
}
