//! Whether somebody is a lawyer today, by the lawyers' register (advokatloven): what is kept of its answers, and what follows.
//! A register that fails verifies nobody, and takes nothing from whoever it listed not long before; one that does not list her
//! any more closes at once.

use crate::kernel::{CivilDate, Instant};

/// What the register says of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Listed,
    NotListed,
}

/// Why it has said nothing that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Not within the time that it is given.
    Late,
    Unreachable,
    /// The provider of tokens gives none.
    NoToken,
    /// It does not take our token, our key or our question.
    Refused,
    /// It sends us elsewhere; nobody follows with somebody's number.
    Moved,
    Broken,
    TooLarge,
    Malformed,
}

impl Problem {
    pub const ALL: [Self; 8] = [
        Self::Late,
        Self::Unreachable,
        Self::NoToken,
        Self::Refused,
        Self::Moved,
        Self::Broken,
        Self::TooLarge,
        Self::Malformed,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Unreachable => "unreachable",
            Self::NoToken => "no_token",
            Self::Refused => "refused",
            Self::Moved => "moved",
            Self::Broken => "broken",
            Self::TooLarge => "too_large",
            Self::Malformed => "malformed",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|problem| problem.code() == code)
    }
}

/// What can change: rules of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// How long an answer is fresh.
    pub fresh_hours: i64,
    /// How many days she works on while the register fails.
    pub grace_days: i64,
    /// How long after a question it is not asked again.
    pub retry_minutes: i64,
}

/// What is kept of her.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Register {
    pub asked_at: Instant,
    /// When it listed her last.
    pub verified_at: Option<Instant>,
    /// The last day on which that counts; none: it does not.
    pub holds_to: Option<CivilDate>,
    /// When it was first heard that it does not list her; none once it does again.
    pub closed_at: Option<Instant>,
    /// What went wrong the last time.
    pub problem: Option<Problem>,
}

impl Register {
    /// After a question.
    pub fn after(
        before: Option<Self>,
        heard: Result<Answer, Problem>,
        bounds: &Bounds,
        now: Instant,
    ) -> Self {
        let kept = before.unwrap_or(Self {
            asked_at: now,
            verified_at: None,
            holds_to: None,
            closed_at: None,
            problem: None,
        });
        match heard {
            Ok(Answer::Listed) => Self {
                asked_at: now,
                verified_at: Some(now),
                holds_to: Some(now.date().plus_days(bounds.grace_days)),
                closed_at: None,
                problem: None,
            },
            Ok(Answer::NotListed) => Self {
                asked_at: now,
                holds_to: None,
                closed_at: kept.closed_at.or(Some(now)),
                problem: None,
                ..kept
            },
            Err(problem) => Self { asked_at: now, problem: Some(problem), ..kept },
        }
    }

    /// Whether she counts as a lawyer on this day.
    pub fn stands(&self, today: CivilDate) -> bool {
        self.holds_to.is_some_and(|last| today <= last)
    }

    fn is_fresh(&self, bounds: &Bounds, now: Instant) -> bool {
        self.verified_at.is_some_and(|at| now < at.plus_minutes(60 * bounds.fresh_hours))
    }
}

/// How it stands with her, for her own page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Verified,
    /// The register fails; what it said then counts to this day.
    Doubtful {
        verified_at: Instant,
        holds_to: CivilDate,
    },
    /// It has said nothing that counts yet.
    Unanswered,
    NotListed,
}

impl Standing {
    pub fn is_in(self) -> bool {
        matches!(self, Self::Verified | Self::Doubtful { .. })
    }
}

pub fn standing(kept: Option<&Register>, now: Instant) -> Standing {
    let Some(kept) = kept else { return Standing::Unanswered };
    match (kept.holds_to.filter(|_| kept.stands(now.date())), kept.verified_at, kept.problem) {
        (Some(holds_to), Some(verified_at), Some(_)) => Standing::Doubtful { verified_at, holds_to },
        (Some(_), ..) => Standing::Verified,
        (None, ..) if kept.closed_at.is_some() => Standing::NotListed,
        (None, ..) => Standing::Unanswered,
    }
}

/// Whether to ask, as she opens a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    Nothing,
    /// Before the page is made: without an answer there is nothing on it.
    Now,
    /// Behind the page: what was heard before counts meanwhile.
    Later,
}

pub fn due(kept: Option<&Register>, bounds: &Bounds, now: Instant) -> Due {
    let Some(kept) = kept else { return Due::Now };
    let lately = now < kept.asked_at.plus_minutes(bounds.retry_minutes);
    let stands = kept.stands(now.date());
    match (lately || (stands && kept.is_fresh(bounds, now)), stands) {
        (true, _) => Due::Nothing,
        (false, true) => Due::Later,
        (false, false) => Due::Now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds { fresh_hours: 24, grace_days: 14, retry_minutes: 10 };
    type Heard = (i64, Result<Answer, Problem>);

    const LISTED: Result<Answer, Problem> = Ok(Answer::Listed);
    const NOT: Result<Answer, Problem> = Ok(Answer::NotListed);
    const FAILS: Result<Answer, Problem> = Err(Problem::Late);

    /// Noon of the n-th day.
    fn day(n: i64) -> Instant {
        Instant(1_788_256_800_000_000).plus_days(n)
    }

    fn heard(history: &[Heard]) -> Option<Register> {
        history.iter().fold(None, |kept, (n, heard)| Some(Register::after(kept, *heard, &BOUNDS, day(*n))))
    }

    #[test]
    fn a_failing_register_verifies_nobody_and_a_known_lawyer_works_on_for_its_days() {
        let (verified, unanswered, not) = (Standing::Verified, Standing::Unanswered, Standing::NotListed);
        let doubtful = Standing::Doubtful { verified_at: day(0), holds_to: day(14).date() };
        let table: [(&[Heard], i64, Standing); 13] = [
            (&[], 0, unanswered),
            (&[(0, FAILS)], 0, unanswered),
            (&[(0, NOT)], 0, not),
            (&[(0, LISTED)], 0, verified),
            (&[(0, LISTED)], 14, verified),
            (&[(0, LISTED)], 15, unanswered),
            (&[(0, LISTED), (2, FAILS)], 2, doubtful),
            (&[(0, LISTED), (2, FAILS), (14, FAILS)], 14, doubtful),
            (&[(0, LISTED), (2, FAILS), (14, FAILS)], 15, unanswered),
            (&[(0, LISTED), (2, NOT)], 2, not),
            (&[(0, LISTED), (2, NOT), (3, FAILS)], 3, not),
            (&[(0, LISTED), (2, NOT), (3, LISTED)], 3, verified),
            (&[(0, FAILS), (1, LISTED)], 1, verified),
        ];
        for (history, n, expected) in table {
            let kept = heard(history);
            assert_eq!(standing(kept.as_ref(), day(n)), expected, "{history:?} on day {n}");
            let stands = kept.is_some_and(|kept| kept.stands(day(n).date()));
            assert_eq!(stands, expected.is_in(), "what the database asks: {history:?} on day {n}");
        }
    }

    #[test]
    fn every_problem_leaves_things_as_they_were() {
        for problem in Problem::ALL {
            assert_eq!(Problem::parse(problem.code()), Some(problem));
            let known = heard(&[(0, LISTED)]);
            let after = Register::after(known, Err(problem), &BOUNDS, day(1));
            assert!(after.stands(day(14).date()) && !after.stands(day(15).date()), "{problem:?}");
            assert!(!Register::after(None, Err(problem), &BOUNDS, day(1)).stands(day(1).date()));
        }
    }

    #[test]
    fn whoever_stands_never_waits_and_nobody_asks_twice_in_a_row() {
        let soon = |n: i64| day(n).plus_minutes(5);
        let table = [
            (heard(&[]), day(0), Due::Now),
            (heard(&[(0, FAILS)]), soon(0), Due::Nothing),
            (heard(&[(0, FAILS)]), day(1), Due::Now),
            (heard(&[(0, NOT)]), soon(0), Due::Nothing),
            (heard(&[(0, NOT)]), day(1), Due::Now),
            (heard(&[(0, LISTED)]), day(0).plus_minutes(23 * 60), Due::Nothing),
            (heard(&[(0, LISTED)]), day(1), Due::Later),
            (heard(&[(0, LISTED), (2, FAILS)]), soon(2), Due::Nothing),
            (heard(&[(0, LISTED), (2, FAILS)]), day(3), Due::Later),
            (heard(&[(0, LISTED)]), day(15), Due::Now),
        ];
        for (kept, now, expected) in table {
            assert_eq!(due(kept.as_ref(), &BOUNDS, now), expected, "{kept:?} at {now:?}");
        }
    }
}
