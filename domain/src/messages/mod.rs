//! Messages: a person and her case officer, a relative and an inmate under control, a lawyer and a client unread, and a
//! worry about somebody inside. Straffegjennomføringsloven § 30, forskrift § 3-27; ADR 15.

mod appointed;
mod control;
mod delegates;
mod duty;
mod exchange;
mod forms;
mod hours;
mod letter;
mod ruling;
mod thread;
pub mod unit_rules;
mod words;

pub use appointed::{AppointedForm, ConfirmForm, RefuseForm};
pub use control::{Level, Order, Pace, is_controlled, ladder, may_order};
pub use delegates::{DelegateForm, NewDelegate, each_once};
pub use duty::{may_answer, may_control, may_oversee, may_see_rules, may_set_rules, may_take_worries};
pub use exchange::{Facts, Side, Wish, is_open, language_order};
pub use forms::{
    AnswerForm, CounselForm, FieldError, FormErrors, LetterForm, MandateForm, NoteForm, TemplateForm,
    ThreadForm, Topic, Worry, WorryForm, WrittenForm,
};
pub use hours::{Quiet, answer_due, notify_at};
pub use letter::{Letter, Means, Second};
pub use ruling::{ControlForm, Ruling, StopReason, Verdict};
pub use thread::Thread;
pub use unit_rules::{UnitRules, UnitRulesForm};
pub use words::{Span, length, marks, without, words};

/// Why a step on a message did nothing. What it does not tell apart, nobody may tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not there, or not hers.
    Hidden,
    /// The state has moved on; nothing was overwritten.
    MovedOn,
    /// Somebody else changed it since the page was shown.
    Stale,
    /// The conversation ended too long ago to be taken up.
    TooOld,
    /// The exchange is not open: expired, paused, blocked, forbidden by a court, or the unit has none. One word for all.
    Closed,
    /// As many letters as the unit takes in a week have been sent.
    TooMany,
    /// A second opinion has been asked for and not been given.
    SecondWaits,
    /// The second opinion is another person's than the first.
    SamePerson,
    /// The law of this unit's level has no such order.
    NotByLevel,
    /// Sámi may be used with relatives here; the warning is read first.
    SamiUnread,
}

impl Refusal {
    pub const ALL: [Self; 10] = [
        Self::Hidden,
        Self::MovedOn,
        Self::Stale,
        Self::TooOld,
        Self::Closed,
        Self::TooMany,
        Self::SecondWaits,
        Self::SamePerson,
        Self::NotByLevel,
        Self::SamiUnread,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Hidden => "message_hidden",
            Self::MovedOn => "message_moved_on",
            Self::Stale => "message_stale",
            Self::TooOld => "message_too_old",
            Self::Closed => "message_closed",
            Self::TooMany => "message_too_many",
            Self::SecondWaits => "message_second_waits",
            Self::SamePerson => "message_same_person",
            Self::NotByLevel => "message_not_by_level",
            Self::SamiUnread => "message_sami_unread",
        }
    }
}
