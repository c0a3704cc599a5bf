//! Is anybody at work? Judged from what stands in the rows, by a process that is not the worker: it believes no word of the
//! worker's own, and knows nothing of what the notices say.
//!
//! Nothing here is about a single victim: only since when something stands that a living worker would have moved.

use super::Page;
use crate::kernel::Instant;

/// What stands in the rows, each with the instant since when; none where there is nothing of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    /// The worker's last sign of life.
    pub beat: Option<Instant>,
    /// The last time that anything was about to be sent.
    pub moved: Option<Instant>,
    /// What has waited longest of all that is due.
    pub due: Option<Instant>,
    /// A question that should be on the duty desk by now, and is not.
    pub question: Option<Instant>,
    /// A call that should be on the duty desk by now, and is not.
    pub call: Option<Instant>,
    /// A page that should have gone to a duty telephone.
    pub page: Option<Instant>,
    /// An open obligation that nobody will look at again.
    pub lost: Option<Instant>,
    /// A task whose deadline is near or past: all telephones were paged, and nobody has taken it.
    pub untaken: Option<Instant>,
    /// When the source that has been quiet longest was last heard: of what is never told, nothing can be told on.
    pub heard: Option<Instant>,
}

/// The bounds, in minutes. Data; these are what they begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// So long everything may stand still.
    pub still: i64,
    /// So long one thing may wait while others move.
    pub stuck: i64,
    /// Between two pages.
    pub page: i64,
    /// So long a case system may be quiet.
    pub quiet: i64,
}

impl Bounds {
    pub const FIRST: Self = Self { still: 3, stuck: 30, page: 5, quiet: 720 };
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alarm {
    /// No worker has given a sign of life.
    Silent,
    /// The worker's clock and this one do not agree.
    Clock,
    /// The queue stands still, or something in it does.
    Queue,
    Question,
    Call,
    Page,
    Lost,
    Untaken,
    /// A case system is not heard any more.
    Feed,
    /// Whoever watches could not look: it knows of nothing, and says so.
    Blind,
}

impl Alarm {
    pub const ALL: [Self; 10] = [
        Self::Silent,
        Self::Clock,
        Self::Queue,
        Self::Question,
        Self::Call,
        Self::Page,
        Self::Lost,
        Self::Untaken,
        Self::Feed,
        Self::Blind,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Clock => "clock",
            Self::Queue => "queue",
            Self::Question => "question",
            Self::Call => "call",
            Self::Page => "page",
            Self::Lost => "lost",
            Self::Untaken => "untaken",
            Self::Feed => "feed",
            Self::Blind => "blind",
        }
    }
}

/// An alarm, and since when it could have been raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raised {
    pub alarm: Alarm,
    pub since: Instant,
}

/// Everything that is wrong now, in the order of [`Alarm::ALL`].
pub fn raised(signs: &Signs, now: Instant, bounds: &Bounds) -> Vec<Raised> {
    let over = |from: Option<Instant>, minutes: i64| {
        from.map(|from| from.plus_minutes(minutes)).filter(|since| *since <= now)
    };
    let still = |from| over(from, bounds.still);
    let all = [
        // Where there was never a sign of life, none is missed either: nobody has begun to work here.
        (Alarm::Silent, still(signs.beat)),
        (Alarm::Clock, signs.beat.filter(|beat| *beat > now.plus_minutes(bounds.still)).map(|_| now)),
        (Alarm::Queue, over(queue(signs), bounds.still).or(over(signs.due, bounds.stuck))),
        (Alarm::Question, still(signs.question)),
        (Alarm::Call, still(signs.call)),
        (Alarm::Page, still(signs.page)),
        (Alarm::Lost, still(signs.lost)),
        (Alarm::Untaken, still(signs.untaken)),
        (Alarm::Feed, over(signs.heard, bounds.quiet)),
    ];
    let raised = all.into_iter().filter_map(|(alarm, since)| since.map(|since| Raised { alarm, since }));
    raised.collect()
}

/// Since when something is due and nothing has moved.
fn queue(signs: &Signs) -> Option<Instant> {
    signs.due.map(|due| signs.moved.map_or(due, |moved| moved.max(due)))
}

/// Whom an alarm is told: the first telephone, and the next with every page that changed nothing. It follows from the rows
/// alone, for whoever watches remembers nothing.
pub fn whom(raised: &Raised, now: Instant, bounds: &Bounds) -> Page {
    match (now.micros() - raised.since.micros()) / (bounds.page.max(1) * 60_000_000) {
        ..=0 => Page::First,
        1 => Page::Second,
        _ => Page::Leader,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const B: Bounds = Bounds::FIRST;

    fn minute(n: i64) -> Instant {
        Instant(1_788_256_800_000_000).plus_minutes(n)
    }

    fn at(n: i64) -> Option<Instant> {
        Some(minute(n))
    }

    #[test]
    fn l2_what_stands_still_is_an_alarm_and_what_moves_is_none() {
        let calm = Signs { beat: at(100), moved: at(100), ..Signs::default() };
        let table: [(Signs, &[(Alarm, i64)]); 18] = [
            (Signs::default(), &[]),
            (calm, &[]),
            (Signs { beat: at(98), ..calm }, &[]),
            (Signs { beat: at(97), ..calm }, &[(Alarm::Silent, 100)]),
            (Signs { beat: at(103), ..calm }, &[]),
            (Signs { beat: at(104), ..calm }, &[(Alarm::Clock, 100)]),
            (Signs { due: at(98), moved: None, ..calm }, &[]),
            (Signs { due: at(90), moved: None, ..calm }, &[(Alarm::Queue, 93)]),
            (Signs { due: at(90), moved: at(95), ..calm }, &[(Alarm::Queue, 98)]),
            (Signs { due: at(90), moved: at(99), ..calm }, &[]),
            (Signs { due: at(70), moved: at(99), ..calm }, &[(Alarm::Queue, 100)]),
            (Signs { question: at(97), call: at(98), ..calm }, &[(Alarm::Question, 100)]),
            (Signs { call: at(90), ..calm }, &[(Alarm::Call, 93)]),
            (Signs { page: at(90), ..calm }, &[(Alarm::Page, 93)]),
            (Signs { heard: at(100 - 719), ..calm }, &[]),
            (Signs { heard: at(100 - 720), ..calm }, &[(Alarm::Feed, 100)]),
            (Signs { lost: at(97), untaken: at(98), ..calm }, &[(Alarm::Lost, 100)]),
            (
                Signs { beat: at(10), due: at(20), moved: at(10), untaken: at(0), ..calm },
                &[(Alarm::Silent, 13), (Alarm::Queue, 23), (Alarm::Untaken, 3)],
            ),
        ];
        for (signs, expected) in table {
            let found: Vec<_> = raised(&signs, minute(100), &B).iter().map(|r| (r.alarm, r.since)).collect();
            let expected: Vec<_> = expected.iter().map(|(alarm, since)| (*alarm, minute(*since))).collect();
            assert_eq!(found, expected, "{signs:?}");
        }
    }

    #[test]
    fn l2_an_alarm_that_changes_nothing_goes_to_the_next_telephone() {
        let raised = Raised { alarm: Alarm::Queue, since: minute(0) };
        let table =
            [(0, Page::First), (4, Page::First), (5, Page::Second), (9, Page::Second), (10, Page::Leader)];
        for (now, expected) in table {
            assert_eq!(whom(&raised, minute(now), &B), expected, "{now}");
        }
        assert_eq!(whom(&raised, minute(600), &B), Page::Leader);
    }

    #[test]
    fn every_alarm_has_a_code_of_its_own() {
        let codes: std::collections::BTreeSet<_> = Alarm::ALL.map(Alarm::code).into_iter().collect();
        assert_eq!(codes.len(), Alarm::ALL.len());
        assert!(codes.iter().all(|code| code.bytes().all(|b| b.is_ascii_lowercase())));
    }
}
