//! Codes in words. A code that only newer data knows gets a general word, never itself.

use backend::notices::{Meeting, TaskKind, channels::ChannelView, closing::Done, ladder::ChannelKind};
use domain::kernel::{Instant, Locale};
use leptos::prelude::*;

pub(in crate::notices) use crate::notices::words::{kind, kind_of};
use crate::{
    i18n::{dates, notices_desk as t},
    ui::Cell,
};

const MINUTE: i64 = 60 * 1_000_000;

/// What kind of condition this is.
pub(in crate::notices) fn condition(l: Locale, code: &str) -> String {
    match code {
        "place_of_stay" => t::condition_place_of_stay(l),
        "contact" => t::condition_contact(l),
        _ => t::condition_other(l),
    }
}

/// What there is to do.
pub(in crate::notices) fn task(l: Locale, kind: TaskKind) -> String {
    match kind {
        TaskKind::Assess => t::task_assess(l),
        TaskKind::Call => t::task_call(l),
        TaskKind::AllOff => t::task_all_off(l),
        TaskKind::SharedContact => t::task_shared_contact(l),
        TaskKind::Bounce => t::task_bounce(l),
        TaskKind::Reconfirm => t::task_reconfirm(l),
        TaskKind::Mass => t::task_mass(l),
        TaskKind::Question => t::task_question(l),
        TaskKind::WrongWord => t::task_wrong_word(l),
    }
}

/// How it is done.
pub(super) fn task_text(l: Locale, kind: TaskKind) -> String {
    match kind {
        TaskKind::AllOff => t::task_all_off_text(l),
        TaskKind::SharedContact => t::task_shared_contact_text(l),
        TaskKind::Bounce => t::task_bounce_text(l),
        TaskKind::Reconfirm => t::task_reconfirm_text(l),
        TaskKind::Question => t::task_question_text(l),
        TaskKind::WrongWord => t::task_wrong_word_text(l),
        TaskKind::Assess => t::task_assess_text(l),
        TaskKind::Call | TaskKind::Mass => t::task_duty_text(l),
    }
}

/// What was done.
pub(super) fn done(l: Locale, done: Done) -> String {
    match done {
        Done::Rang => t::how_rang(l),
        Done::Letter => t::how_letter(l),
        Done::WasHer => t::how_was_her(l),
        Done::WasNotHer => t::how_was_not_her(l),
        Done::Released => t::how_released(l),
        Done::KeptHeld => t::how_kept_held(l),
        Done::StillHers => t::how_still_hers(l),
        Done::NotHers => t::how_not_hers(l),
    }
}

/// What follows from it, where something does.
pub(super) fn done_hint(l: Locale, done: Done) -> Option<String> {
    match done {
        Done::Rang | Done::Letter => None,
        Done::WasHer => Some(t::how_was_her_hint(l)),
        Done::WasNotHer => Some(t::how_was_not_her_hint(l)),
        Done::Released => Some(t::how_released_hint(l)),
        Done::KeptHeld => Some(t::how_kept_held_hint(l)),
        Done::StillHers => Some(t::how_still_hers_hint(l)),
        Done::NotHers => Some(t::how_not_hers_hint(l)),
    }
}

/// Whether she wants an offer to meet and talk.
pub(super) fn meeting(l: Locale, meeting: Option<Meeting>) -> String {
    match meeting {
        Some(Meeting::Yes) => t::meeting_yes(l),
        Some(Meeting::No) => t::meeting_no(l),
        Some(Meeting::Never) => t::meeting_never(l),
        None => t::meeting_unasked(l),
    }
}

pub(super) fn wish(l: Locale, code: &str) -> String {
    match code {
        "never_asked" => t::wish_never_asked(l),
        "asked" => t::wish_asked(l),
        "wants" => t::wish_wants(l),
        "declines" => t::wish_declines(l),
        _ => t::wish_other(l),
    }
}

pub(super) fn party_state(l: Locale, code: &str) -> String {
    match code {
        "active" => t::party_active(l),
        "unverified" => t::party_unverified(l),
        _ => t::party_ended(l),
    }
}

/// How a notice stands.
pub(super) fn notice_state(l: Locale, code: &str) -> String {
    match code {
        "open" => t::notice_open(l),
        "acknowledged" => t::notice_acknowledged(l),
        "represented" => t::notice_represented(l),
        "voice" => t::notice_voice(l),
        "superseded" => t::notice_superseded(l),
        "not_wanted" => t::notice_not_wanted(l),
        "closed_by_officer" => t::notice_closed(l),
        _ => t::notice_other(l),
    }
}

pub(super) fn role(l: Locale, code: &str) -> String {
    if code == "bereaved" { t::role_bereaved(l) } else { t::role_victim(l) }
}

pub(super) fn channel(l: Locale, channel: &ChannelView) -> (String, String) {
    let kind = match channel.kind {
        ChannelKind::Email => t::channel_email(l),
        ChannelKind::Sms => t::channel_sms(l),
    };
    let state = match (channel.dead, channel.confirmed) {
        (true, _) => t::channel_dead(l),
        (false, true) => t::channel_confirmed(l),
        (false, false) => t::channel_unconfirmed(l),
    };
    (kind, state)
}

/// Enough of an id to tell two rows apart when their words are the same, and nothing about whom it is.
pub(super) fn short_of(public: &str) -> String {
    let mut letters = public.chars();
    let (a, b): (String, String) = (letters.by_ref().take(4).collect(), letters.take(4).collect());
    format!("{a}-{b}")
}

/// Whole minutes from one time to another.
pub(in crate::notices) fn minutes(from: Instant, to: Instant) -> i64 {
    (to.micros() - from.micros()).div_euclid(MINUTE)
}

/// `12 minutter`, `5 timer`, `3 dager`.
pub(in crate::notices) fn span(l: Locale, minutes: i64) -> String {
    match minutes {
        0..60 => dates::minutes(l, minutes),
        60..2_880 => dates::hours(l, minutes / 60),
        _ => dates::days(l, minutes / 1_440),
    }
}

/// A clock in words: overdue says so, then in berry; what is due within a day, in ember.
pub(super) fn clock(l: Locale, at: Instant, now: Instant) -> Cell {
    match minutes(now, at) {
        left @ ..0 => Cell::late(t::clock_late(l, span(l, -left))),
        left @ 0..1_440 => Cell::now(t::clock_in(l, span(l, left))),
        left => Cell::text(t::clock_in(l, span(l, left))),
    }
}

/// When it holds, on lines of its own for the facts of a page.
pub(in crate::notices) fn when(l: Locale, at: Instant) -> String {
    dates::capital(&dates::date_time(l, at))
}

/// A condition as it was sent: in the sender's language, which is not the page's.
pub(in crate::notices) fn conditions(l: Locale, all: Vec<(String, String)>) -> AnyView {
    let row = |(code, text): (String, String)| {
        view! {
            <p><strong>{condition(l, &code)}</strong>" "<span class="officer-text" lang="nb">{text}</span></p>
        }
    };
    all.into_iter().map(row).collect_view().into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_has_its_word_in_every_language() {
        for l in Locale::ALL {
            let l = t::lang(l);
            assert!(TaskKind::ALL.into_iter().all(|known| !task(l, known).is_empty()));
        }
    }

    #[test]
    fn a_span_is_said_in_the_unit_one_thinks_in() {
        let table =
            [(0, "0 minutter"), (59, "59 minutter"), (60, "1 time"), (2_879, "47 timer"), (2_880, "2 dager")];
        for (minutes, said) in table {
            assert_eq!(span(Locale::Nb, minutes), said);
        }
        assert_eq!(short_of("0123456789"), "0123-4567");
    }
}
