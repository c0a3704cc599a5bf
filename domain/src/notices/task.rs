//! A human task on the duty desk. Only one that a named person has taken counts as taken; one that nobody takes pages the
//! first duty telephone, then the second, then the leader, and goes on paging the leader.

use crate::kernel::Instant;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub since: Instant,
    pub duty: Duty,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Duty {
    /// Nobody has it; so many pages have gone out.
    Nobodys {
        paged: u16,
    },
    /// This officer has it.
    Taken {
        by: String,
        at: Instant,
    },
    Done {
        by: String,
        at: Instant,
    },
}

/// Whom a page goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    First,
    Second,
    Leader,
}

impl Task {
    pub fn open(now: Instant) -> Self {
        Self { since: now, duty: Duty::Nobodys { paged: 0 } }
    }

    /// The page that is due now, if one is.
    pub fn page(&self, now: Instant, every: i64) -> Option<Page> {
        let Duty::Nobodys { paged } = self.duty else { return None };
        let due = self.since.plus_minutes(every.saturating_mul(i64::from(paged) + 1));
        (due <= now).then_some(match paged {
            0 => Page::First,
            1 => Page::Second,
            _ => Page::Leader,
        })
    }

    pub fn paged(&mut self) {
        if let Duty::Nobodys { paged } = &mut self.duty {
            *paged = paged.saturating_add(1);
        }
    }

    /// True if she has it now. Somebody else may take it over, for shifts end; who had it stands in the audit.
    pub fn take(&mut self, by: &str, now: Instant) -> bool {
        let free = !matches!(self.duty, Duty::Done { .. });
        if free {
            self.duty = Duty::Taken { by: by.to_owned(), at: now };
        }
        free
    }

    /// She cannot go on with it: it is nobody's again and pages from now.
    pub fn give_back(&mut self, now: Instant) {
        if matches!(self.duty, Duty::Taken { .. }) {
            *self = Self::open(now);
        }
    }

    /// Only whoever has it can say that it is done.
    pub fn finish(&mut self, by: &str, now: Instant) -> bool {
        let hers = matches!(&self.duty, Duty::Taken { by: who, .. } if who == by);
        if hers {
            self.duty = Duty::Done { by: by.to_owned(), at: now };
        }
        hers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_that_nobody_takes_pages_until_somebody_does() {
        let minute = |n: i64| Instant(n * 60_000_000);
        let mut task = Task::open(minute(0));
        let table = [
            (4, None),
            (5, Some(Page::First)),
            (9, None),
            (10, Some(Page::Second)),
            (15, Some(Page::Leader)),
            (20, Some(Page::Leader)),
        ];
        for (at, expected) in table {
            assert_eq!(task.page(minute(at), 5), expected, "minute {at}");
            if expected.is_some() {
                task.paged();
            }
        }
        assert!(!task.finish("a", minute(21)), "nobody has it");
        assert!(task.take("a", minute(21)) && task.take("b", minute(22)));
        assert_eq!(task.page(minute(99), 5), None);
        assert!(!task.finish("a", minute(23)), "b has it now");
        task.give_back(minute(30));
        assert_eq!(task.page(minute(35), 5), Some(Page::First), "from the start");
        assert!(task.take("b", minute(36)) && task.finish("b", minute(37)));
        assert!(!task.take("a", minute(38)), "it is done");
    }
}
