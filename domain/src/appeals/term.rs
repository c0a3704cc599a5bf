//! The clock of an appeal. How long it is depends on the kind of decision and is data (`rule`); how it is counted stands here.
//!
//! It runs from when word of the decision has reached its reader (forvaltningsloven § 29): made available *and* notice sent
//! ([E] § 11), or opened before any notice. That day is not counted (domstolloven § 148). Forvaltningsloven says nothing of
//! days off; as in domstolloven § 149, which is read in the appellant's favour here, a last day that is a Saturday, a Sunday
//! or a holiday moves to the next working day, and of hours those of Sundays and holidays are not counted.

use crate::kernel::{CivilDate, Clock, Holiday, Instant};

/// What kind of decision it is, as far as the length of its appeal goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Decisions of [L]: § 7 e, seven days.
    #[default]
    Sentence,
    /// Of [L] § 40 first to sixth paragraph and § 58 first: § 7 e, 48 hours.
    Breach,
    /// Access to and correction of data ([P] § 9), and all that follows the general Act (§ 29): three weeks.
    Data,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Sentence, Self::Breach, Self::Data];

    pub fn code(self) -> &'static str {
        match self {
            Self::Sentence => "sentence",
            Self::Breach => "breach",
            Self::Data => "data",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }

    /// The rule that holds its length.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Sentence => "appeal.days",
            Self::Breach => "appeal.hours",
            Self::Data => "appeal.weeks",
        }
    }

    /// The length, from the number that its rule says.
    pub fn span(self, n: i64) -> Span {
        match self {
            Self::Sentence => Span::Days(n),
            Self::Breach => Span::Hours(n),
            Self::Data => Span::Weeks(n),
        }
    }
}

/// How long an appeal may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    Hours(i64),
    Days(i64),
    Weeks(i64),
}

/// Until when an appeal is in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The first instant that is too late.
    pub end: Instant,
    /// To be told with its clock: it is counted in hours.
    pub to_the_hour: bool,
}

impl Deadline {
    pub fn is_late(self, sent: Instant) -> bool {
        sent >= self.end
    }

    /// The last day on which it is in time.
    pub fn last_day(self) -> CivilDate {
        Instant(self.end.micros() - 1).date()
    }
}

/// When word of it had reached its reader; none while nothing has.
pub fn reached(available: Instant, notice_sent: Option<Instant>, opened: Option<Instant>) -> Option<Instant> {
    Some(opened.or(notice_sent)?.max(available))
}

pub fn deadline(reached: Instant, span: Span) -> Deadline {
    let days = |n: i64| {
        let last = working(reached.date().plus_days(n));
        Deadline { end: Instant::of_wall(last.plus_days(1), Clock(0)), to_the_hour: false }
    };
    match span {
        Span::Hours(n) => Deadline { end: hours(reached, n), to_the_hour: true },
        Span::Days(n) => days(n),
        Span::Weeks(n) => days(n.saturating_mul(7)),
    }
}

/// This day, or the first after it that is a working day.
fn working(day: CivilDate) -> CivilDate {
    let off = |day: CivilDate| day.weekday() >= 6 || Holiday::on(day).is_some();
    let mut day = day;
    while off(day) {
        day = day.plus_days(1);
    }
    day
}

/// So many hours on, those of Sundays and holidays not counted.
fn hours(from: Instant, n: i64) -> Instant {
    let (mut at, mut left) = (from, n.clamp(0, 24 * 366).saturating_mul(3_600_000_000));
    loop {
        let midnight = Instant::of_wall(at.date().plus_days(1), Clock(0));
        let counts = at.date().weekday() != 7 && Holiday::on(at.date()).is_none();
        let today = if counts { midnight.micros() - at.micros() } else { 0 };
        if counts && left <= today {
            return Instant(at.micros() + left);
        }
        (at, left) = (midnight, left - today);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse_rfc3339(text).expect("an instant")
    }

    #[test]
    fn the_last_day_lasts_until_midnight_in_oslo() {
        // reached, span, the first instant that is too late
        let table = [
            // Tuesday to Tuesday; the day it came is not counted, whatever the hour.
            ("2026-09-01T00:00:00+02:00", Span::Days(7), "2026-09-09T00:00:00+02:00"),
            ("2026-09-01T23:59:59+02:00", Span::Days(7), "2026-09-09T00:00:00+02:00"),
            // In UTC it is still Monday, in Oslo it is Tuesday.
            ("2026-08-31T22:30:00Z", Span::Days(7), "2026-09-09T00:00:00+02:00"),
            // A Saturday and a Sunday move to Monday.
            ("2026-09-05T12:00:00+02:00", Span::Days(7), "2026-09-15T00:00:00+02:00"),
            ("2026-09-06T12:00:00+02:00", Span::Days(7), "2026-09-15T00:00:00+02:00"),
            // Maundy Thursday 2026 moves past Easter Monday.
            ("2026-03-26T12:00:00+01:00", Span::Days(7), "2026-04-08T00:00:00+02:00"),
            // Christmas Day 2026, a Friday, moves past the weekend.
            ("2026-12-18T12:00:00+01:00", Span::Days(7), "2026-12-29T00:00:00+01:00"),
            // Christmas Eve is a working day in the law's eyes.
            ("2026-12-17T12:00:00+01:00", Span::Days(7), "2026-12-25T00:00:00+01:00"),
            // Over both nights when the clock changes.
            ("2026-03-25T12:00:00+01:00", Span::Days(7), "2026-04-02T00:00:00+02:00"),
            ("2026-10-20T12:00:00+02:00", Span::Days(7), "2026-10-28T00:00:00+01:00"),
            ("2026-09-01T12:00:00+02:00", Span::Weeks(3), "2026-09-23T00:00:00+02:00"),
            // 15 May and three weeks: a Friday.
            ("2026-05-15T12:00:00+02:00", Span::Weeks(3), "2026-06-06T00:00:00+02:00"),
        ];
        for (from, span, end) in table {
            let deadline = deadline(at(from), span);
            assert_eq!(deadline.end.rfc3339(), at(end).rfc3339(), "{from} {span:?}");
            assert!(!deadline.to_the_hour);
            assert!(!deadline.is_late(Instant(deadline.end.micros() - 1)));
            assert!(deadline.is_late(deadline.end));
            assert_eq!(deadline.last_day().plus_days(1), at(end).date(), "{from} {span:?}");
        }
    }

    #[test]
    fn hours_run_on_but_not_through_sundays_and_holidays() {
        let table = [
            ("2026-09-01T09:30:00+02:00", "2026-09-03T09:30:00+02:00"),
            // From Friday: Saturday counts, Sunday does not.
            ("2026-09-04T15:00:00+02:00", "2026-09-07T15:00:00+02:00"),
            // On a Sunday it begins at midnight.
            ("2026-09-06T15:00:00+02:00", "2026-09-09T00:00:00+02:00"),
            // Wednesday before Easter 2026: Saturday alone counts until Tuesday.
            ("2026-04-01T12:00:00+02:00", "2026-04-07T12:00:00+02:00"),
            // The clock goes back in the night to Sunday, which does not count.
            ("2026-10-24T00:00:00+02:00", "2026-10-27T00:00:00+01:00"),
        ];
        for (from, end) in table {
            let deadline = deadline(at(from), Span::Hours(48));
            assert_eq!(deadline.end.rfc3339(), at(end).rfc3339(), "{from}");
            assert!(deadline.to_the_hour);
        }
    }

    #[test]
    fn it_runs_from_made_available_and_notice_sent() {
        let (one, two, three) = (Instant(1), Instant(2), Instant(3));
        let table = [
            (one, None, None, None),
            (one, Some(two), None, Some(two)),
            (three, Some(two), None, Some(three)),
            (one, None, Some(three), Some(three)),
            (one, Some(three), Some(two), Some(two)),
        ];
        for (available, sent, opened, expected) in table {
            assert_eq!(reached(available, sent, opened), expected, "{available:?} {sent:?} {opened:?}");
        }
    }

    #[test]
    fn each_kind_has_its_rule_and_its_unit() {
        let spans = [Span::Days(5), Span::Hours(5), Span::Weeks(5)];
        for (kind, span) in Kind::ALL.into_iter().zip(spans) {
            assert_eq!((Kind::parse(kind.code()), kind.span(5)), (Some(kind), span));
        }
        let mut rules = Kind::ALL.map(Kind::rule).to_vec();
        rules.dedup();
        assert_eq!(rules.len(), 3);
    }

    proptest::proptest! {
        #[test]
        fn nobody_gets_less_than_the_law_says(micros in 1_700_000_000_000_000i64..2_000_000_000_000_000, n in 0i64..60) {
            let from = Instant(micros);
            let last = deadline(from, Span::Days(n)).last_day();
            proptest::prop_assert!(last >= from.date().plus_days(n));
            proptest::prop_assert!(last.weekday() < 6 && Holiday::on(last).is_none());
            proptest::prop_assert!(deadline(from, Span::Hours(n)).end.micros() >= micros + n * 3_600_000_000);
        }
    }
}
