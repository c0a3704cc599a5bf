//! The numbers of the slice, as rules of a day.

use domain::{
    kernel::{Clock, Instant},
    messages::{Quiet, answer_due, notify_at},
};

use crate::{Error, Result, db::Tx, rules::Rules};

#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    answer_days: i64,
    day_closes: Clock,
    pub reopen_days: i64,
    pub longest: usize,
    pub counsel_longest: usize,
    group_minutes: i64,
    gap_minutes: i64,
    quiet: Quiet,
}

impl Numbers {
    pub fn of(rules: &Rules) -> Result<Self> {
        let count =
            |key| usize::try_from(rules.days(key)?).map_err(|_| Error::Broken("a rule below nothing"));
        Ok(Self {
            answer_days: rules.days("messages.answer_days")?,
            day_closes: clock(rules, "messages.day_closes")?,
            reopen_days: rules.days("messages.reopen_days")?,
            longest: count("messages.longest")?,
            counsel_longest: count("messages.counsel_longest")?,
            group_minutes: rules.days("messages.group_minutes")?,
            gap_minutes: rules.days("messages.gap_minutes")?,
            quiet: Quiet {
                from: clock(rules, "messages.quiet_from")?,
                to: clock(rules, "messages.quiet_to")?,
            },
        })
    }

    pub async fn within(tx: &mut Tx, now: Instant) -> Result<Self> {
        Self::of(&Rules::within(tx, now.date()).await?)
    }

    /// By when an officer is expected to have answered.
    pub fn due(&self, now: Instant) -> Instant {
        answer_due(now, self.answer_days, self.day_closes)
    }

    /// When somebody is told that there is something, who was told of something else before.
    pub fn told_at(&self, now: Instant, before: Option<Instant>) -> Instant {
        let gap = before.map(|at| at.plus_minutes(self.gap_minutes));
        let from = gap.map_or(now, |gap| gap.plus_minutes(-self.group_minutes).max(now));
        notify_at(from, self.group_minutes, self.quiet)
    }
}

fn clock(rules: &Rules, key: &'static str) -> Result<Clock> {
    u16::try_from(rules.days(key)?)
        .ok()
        .filter(|minutes| *minutes < 1440)
        .map(Clock)
        .ok_or(Error::Broken("a rule that is no time of day"))
}
