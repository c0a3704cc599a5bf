//! One duty: that one recipient learns of one version of one decision. It is unique by source, decision, version and
//! recipient; what it does is unique by channel and try.
//!
//! It ends when she confirms, when a newer version or a changed registration takes its place, or when a named officer
//! closes it. Nothing else ends it; above all not a provider that says it has sent something.

use super::{Call, Numbers, Outcome, Plan, SafeTimes, Text, TextState, Timing};
use crate::kernel::Instant;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obligation {
    pub timing: Timing,
    pub opened_at: Instant,
    /// By when she has confirmed or a person has it.
    pub deadline: Instant,
    pub texts: Vec<Text>,
    pub call: Call,
    /// The breaker keeps the texts back; a person is asked all the same when the time comes.
    pub held: bool,
    pub state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Open,
    /// She knows: seen and confirmed in her own area, or said on the telephone with her safe word.
    Acknowledged {
        at: Instant,
        by_voice: bool,
    },
    Ended {
        at: Instant,
        why: Why,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A newer version stands.
    Superseded,
    /// She is no longer to be told: her own wish, or the registration was wrong.
    NotWanted,
    /// A named officer has done what could be done, the letter included.
    ClosedByOfficer,
}

impl Why {
    pub const ALL: [Self; 3] = [Self::Superseded, Self::NotWanted, Self::ClosedByOfficer];

    pub fn code(self) -> &'static str {
        match self {
            Self::Superseded => "superseded",
            Self::NotWanted => "not_wanted",
            Self::ClosedByOfficer => "closed_by_officer",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }
}

/// What is to be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Take this channel's text: write the intent, then send.
    Send {
        channel: u8,
    },
    OpenCall,
}

impl Obligation {
    pub fn open(plan: &Plan, now: Instant, held: bool) -> Self {
        Self {
            timing: plan.timing,
            opened_at: now,
            deadline: plan.deadline(now),
            texts: plan.texts(now),
            call: plan.call(now),
            held,
            state: State::Open,
        }
    }

    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// All that may be done now, the call first. Her safe times are asked now, for she may have changed them.
    pub fn due(&self, now: Instant, safe: &SafeTimes) -> Vec<Action> {
        if !self.is_open() {
            return Vec::new();
        }
        let call = matches!(self.call, Call::Planned { due } if due <= now).then_some(Action::OpenCall);
        let texts = self.texts.iter().filter(|text| self.text_due(text, safe).is_some_and(|due| due <= now));
        let texts = texts.filter(|_| self.is_safe(now, safe));
        call.into_iter().chain(texts.map(|text| Action::Send { channel: text.channel })).collect()
    }

    /// When something is due next; what a worker sorts and sleeps by.
    pub fn next(&self, safe: &SafeTimes) -> Option<Instant> {
        if !self.is_open() {
            return None;
        }
        let call = match self.call {
            Call::Planned { due } => Some(due),
            Call::Open { .. } => None,
        };
        call.into_iter().chain(self.texts.iter().filter_map(|text| self.text_due(text, safe))).min()
    }

    /// The worker is about to send: the number of this try. None if it is no longer, or not yet, to be sent. The caller has
    /// seen in the same transaction that version and registration still stand.
    pub fn intend(&mut self, channel: u8, now: Instant, safe: &SafeTimes) -> Option<u16> {
        if !self.due(now, safe).contains(&Action::Send { channel }) {
            return None;
        }
        self.text(channel).map(|text| text.intend(now))
    }

    /// What came of a try. A failure hastens the next channel and brings a person in; an address that will never do brings
    /// both at once. True if it was news.
    pub fn outcome(
        &mut self,
        channel: u8,
        n: u16,
        outcome: Outcome,
        now: Instant,
        numbers: &Numbers,
    ) -> bool {
        let Some(text) = self.text(channel) else { return false };
        if !text.outcome(n, outcome, now, numbers.longest_wait) {
            return false;
        }
        let (next, person) = match outcome {
            Outcome::Accepted => {
                self.plan_reminder(channel, now, numbers);
                return true;
            }
            Outcome::Failed => (numbers.next_channel_at_once, numbers.human_after_failure),
            Outcome::Refused => (0, if self.has_living_text() { numbers.human_after_failure } else { 0 }),
        };
        if self.is_open() {
            self.hasten_next(channel, now.plus_minutes(next));
            self.call_by(now.plus_minutes(person));
        }
        true
    }

    /// The call is on the duty desk from now on. True if it was not before.
    pub fn open_call(&mut self, now: Instant) -> bool {
        let opens = self.is_open() && matches!(self.call, Call::Planned { .. });
        if opens {
            self.call = Call::Open { since: now };
        }
        opens
    }

    /// She knows. The first word counts; true if this was it.
    pub fn acknowledge(&mut self, by_voice: bool, now: Instant) -> bool {
        self.end(State::Acknowledged { at: now, by_voice })
    }

    /// True if it was open until now.
    pub fn close(&mut self, why: Why, now: Instant) -> bool {
        self.end(State::Ended { at: now, why })
    }

    /// Something of it may have reached her, or may be on somebody's lips: a change must be told as well.
    pub fn may_have_told(&self) -> bool {
        matches!(self.state, State::Acknowledged { .. })
            || matches!(self.call, Call::Open { .. })
            || self.texts.iter().any(Text::is_used)
    }

    /// The breaker has been released by two people.
    pub fn release(&mut self) {
        self.held = false;
    }

    /// A text waits for its time and then for an hour that is safe.
    fn text_due(&self, text: &Text, safe: &SafeTimes) -> Option<Instant> {
        let due = text.due().filter(|_| !self.held)?;
        Some(if self.breaks(safe) { due } else { safe.next(due) })
    }

    fn is_safe(&self, now: Instant, safe: &SafeTimes) -> bool {
        self.breaks(safe) || safe.next(now) == now
    }

    /// An escape may break her hours, if she has said so.
    fn breaks(&self, safe: &SafeTimes) -> bool {
        self.timing == Timing::AtOnce && safe.escape_breaks
    }

    fn end(&mut self, state: State) -> bool {
        let was_open = self.is_open();
        if was_open {
            self.state = state;
        }
        was_open
    }

    fn text(&mut self, channel: u8) -> Option<&mut Text> {
        self.texts.iter_mut().find(|text| text.channel == channel)
    }

    fn has_living_text(&self) -> bool {
        self.texts.iter().any(|text| text.state != TextState::Dead)
    }

    /// The channel after this one, not later than this.
    fn hasten_next(&mut self, channel: u8, by: Instant) {
        if let Some(next) = self.texts.iter_mut().find(|text| text.channel > channel && !text.is_used()) {
            next.hasten(by);
        }
    }

    fn call_by(&mut self, by: Instant) {
        if let Call::Planned { due } = self.call {
            self.call = Call::Planned { due: due.min(by) };
        }
    }

    /// Unopened for so long it is sent once more, if a person is not to have it by then.
    fn plan_reminder(&mut self, channel: u8, now: Instant, numbers: &Numbers) {
        let again = now.plus_minutes(numbers.remind);
        if matches!(self.call, Call::Planned { due } if again < due)
            && let Some(text) = self.text(channel)
        {
            text.remind(again);
        }
    }
}
