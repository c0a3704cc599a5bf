//! What a reader chooses of the list, where its pages begin, and under which heading a row stands.

use super::Group;
use crate::kernel::{Clock, Instant};

/// Whose rows. What somebody has who is away is nobody's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    #[default]
    MineAndNobodys,
    Mine,
    Nobodys,
    Everybodys,
}

impl Whose {
    pub const ALL: [Self; 4] = [Self::MineAndNobodys, Self::Mine, Self::Nobodys, Self::Everybodys];

    pub fn code(self) -> &'static str {
        match self {
            Self::MineAndNobodys => "ours",
            Self::Mine => "mine",
            Self::Nobodys => "nobody",
            Self::Everybodys => "all",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|whose| whose.code() == code)
    }

    pub fn holds(self, holder: super::Holder) -> bool {
        use super::Holder::{Me, Nobody, Other};
        match self {
            Self::MineAndNobodys => matches!(holder, Me | Nobody),
            Self::Mine => holder == Me,
            Self::Nobodys => holder == Nobody,
            Self::Everybodys => matches!(holder, Me | Nobody | Other),
        }
    }
}

/// By when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Due {
    #[default]
    Whenever,
    /// It is past.
    Late,
    /// Today or before.
    Today,
    /// Until Sunday, or before.
    Week,
}

impl Due {
    pub const ALL: [Self; 4] = [Self::Whenever, Self::Late, Self::Today, Self::Week];

    pub fn code(self) -> &'static str {
        match self {
            Self::Whenever => "any",
            Self::Late => "late",
            Self::Today => "today",
            Self::Week => "week",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|due| due.code() == code)
    }

    /// The first instant that is too late for it.
    pub fn before(self, now: Instant) -> Instant {
        match self {
            Self::Whenever => Instant(END),
            Self::Late => now,
            Self::Today => midnight(now, 1),
            Self::Week => midnight(now, 8 - i64::from(now.date().weekday())),
        }
    }
}

/// Later than anything is due, and far from where adding runs over.
const END: i64 = 9_000_000_000_000_000;

/// The beginning of the day after so many.
fn midnight(now: Instant, days: i64) -> Instant {
    Instant::of_wall(now.date().plus_days(days), Clock(0))
}

/// The heading that a row stands under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bucket {
    Late,
    Today,
    Week,
    Later,
}

impl Bucket {
    pub const ALL: [Self; 4] = [Self::Late, Self::Today, Self::Week, Self::Later];

    pub fn of(due: Instant, now: Instant) -> Self {
        let first = [(Due::Late, Self::Late), (Due::Today, Self::Today), (Due::Week, Self::Week)];
        let first = first.into_iter().find(|(until, _)| due < until.before(now));
        first.map_or(Self::Later, |(_, bucket)| bucket)
    }
}

/// The last row of the page before: when it was due, and its public id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    pub due: i64,
    pub public: String,
}

impl Cursor {
    /// Before everything.
    pub fn start() -> Self {
        Self { due: 0, public: String::new() }
    }

    pub fn text(&self) -> String {
        format!("{}-{}", self.due, self.public)
    }

    /// What no list of ours gave is the beginning.
    pub fn parse(text: &str) -> Self {
        let read = || {
            let (due, public) = text.split_once('-')?;
            let due = due.parse().ok().filter(|due| (0..END).contains(due))?;
            let known = public.len() == 26 && public.bytes().all(|b| b.is_ascii_alphanumeric());
            known.then(|| Self { due, public: public.to_owned() })
        };
        read().unwrap_or_else(Self::start)
    }
}

/// All of it. A unit stands here by its slug.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub unit: Option<String>,
    pub group: Option<Group>,
    pub due: Due,
    pub whose: Whose,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{kernel::CivilDate, work::Holder};

    fn at(day: &str, clock: u16) -> Instant {
        Instant::of_wall(CivilDate::parse_iso(day).expect("a date"), Clock(clock))
    }

    #[test]
    fn a_row_stands_under_the_first_heading_that_fits() {
        // A Tuesday.
        let now = at("2026-09-01", 720);
        let table = [
            (at("2026-08-20", 0), Bucket::Late),
            (at("2026-09-01", 719), Bucket::Late),
            (at("2026-09-01", 720), Bucket::Today),
            (at("2026-09-01", 1439), Bucket::Today),
            (at("2026-09-02", 0), Bucket::Week),
            (at("2026-09-06", 1439), Bucket::Week),
            (at("2026-09-07", 0), Bucket::Later),
        ];
        for (due, expected) in table {
            assert_eq!(Bucket::of(due, now), expected, "{}", due.rfc3339());
        }
    }

    #[test]
    fn on_a_sunday_the_week_ends_with_the_day() {
        let now = at("2026-09-06", 600);
        assert_eq!(Due::Week.before(now), Due::Today.before(now));
        assert!(Due::Whenever.before(now) > at("2200-01-01", 0));
    }

    #[test]
    fn the_night_of_an_hour_more_or_less_ends_at_midnight() {
        for day in ["2026-03-29", "2026-10-25"] {
            let end = Due::Today.before(at(day, 720));
            assert_eq!((end.date().iso().as_str() > day, end.clock()), (true, Clock(0)));
        }
    }

    #[test]
    fn a_cursor_is_read_back_and_nothing_else_is_one() {
        let cursor = Cursor { due: 1_788_256_800_000_000, public: "0123456789ABCDEFGHJKMNPQRS".into() };
        assert_eq!(Cursor::parse(&cursor.text()), cursor);
        for odd in [
            "",
            "x",
            "-1-0123456789ABCDEFGHJKMNPQRS",
            "1-short",
            "9999999999999999999-a",
            "1-ææææææææææææææææææææææææææ",
        ] {
            assert_eq!(Cursor::parse(odd), Cursor::start(), "{odd}");
        }
    }

    #[test]
    fn codes_are_read_back() {
        for whose in Whose::ALL {
            assert_eq!(Whose::parse(whose.code()), Some(whose));
        }
        for due in Due::ALL {
            assert_eq!(Due::parse(due.code()), Some(due));
        }
    }

    #[test]
    fn whose_it_is_decides() {
        use Holder::{Me, Nobody, Other};
        let table = [
            (Whose::MineAndNobodys, [true, true, false]),
            (Whose::Mine, [true, false, false]),
            (Whose::Nobodys, [false, true, false]),
            (Whose::Everybodys, [true, true, true]),
        ];
        for (whose, expected) in table {
            assert_eq!([Me, Nobody, Other].map(|holder| whose.holds(holder)), expected, "{whose:?}");
        }
    }
}
