//! The plan's data in words.

use domain::{
    kernel::{CivilDate, Clock, Locale},
    visits::booking::{Approval, HeldFor, SessionKind, Template, Touch, UnitRules, Way},
};

use crate::{
    i18n::{dates, visits_plan as t},
    ui::{Choice, SummaryRow},
};

pub(in crate::visits) fn kind(l: Locale, kind: SessionKind) -> String {
    match kind {
        SessionKind::Open => t::kind_open(l),
        SessionKind::Observed => t::kind_observed(l),
        SessionKind::Glass => t::kind_glass(l),
        SessionKind::ChildFriendly => t::kind_child_friendly(l),
        SessionKind::Lawyer => t::kind_lawyer(l),
        SessionKind::Video => t::kind_video(l),
    }
}

/// With for whom it is that is of no family, and how the two meet.
pub(in crate::visits) fn time_kind(l: Locale, of: SessionKind, (way, held_for): (Way, HeldFor)) -> String {
    match (of, held_for, way) {
        (SessionKind::Lawyer, HeldFor::Organisation, Way::Video) => t::kind_organisation_video(l),
        (SessionKind::Lawyer, HeldFor::Organisation, _) => t::kind_organisation(l),
        (SessionKind::Lawyer, _, Way::Video) => t::kind_lawyer_video(l),
        (SessionKind::Lawyer, _, Way::Phone) => t::kind_lawyer_phone(l),
        _ => kind(l, of),
    }
}

pub(super) fn every(l: Locale, weeks: i64) -> String {
    match weeks {
        1 => t::times_every_one(l),
        2 => t::times_every_two(l),
        n => t::times_every_more(l, n),
    }
}

/// From when and until when, as seen today.
pub(super) fn valid(l: Locale, time: &Template, today: CivilDate) -> String {
    let from = (time.valid_from > today).then(|| dates::plain(l, time.valid_from));
    match (from, time.valid_to.map(|to| dates::plain(l, to))) {
        (None, None) => t::times_always(l),
        (Some(from), None) => t::times_from(l, from),
        (None, Some(to)) => t::times_until(l, to),
        (Some(from), Some(to)) => t::times_from_until(l, from, to),
    }
}

/// `11.00–12.00`
pub(super) fn hours(l: Locale, time: &Template) -> String {
    format!("{}–{}", dates::clock(l, time.start), dates::clock(l, ends(time)))
}

/// `Lørdag kl. 11.00–12.00`
pub(super) fn time_title(l: Locale, time: &Template) -> String {
    let day = dates::capital(&dates::weekday_name(l, time.weekday));
    t::times_one_title(l, day, dates::clock(l, time.start), dates::clock(l, ends(time)))
}

/// On the wall of an ordinary day; midnight is 24.
fn ends(time: &Template) -> Clock {
    Clock(time.start.0 + u16::try_from(time.minutes).unwrap_or_default())
}

/// The rules as a list of facts.
pub(super) fn rules(l: Locale, rules: &UnitRules) -> Vec<SummaryRow> {
    let mut from = dates::plain(l, rules.valid_from);
    if let Some(to) = rules.valid_to {
        from = format!("{from}\n{}", t::rules_until(l, dates::plain(l, to)));
    }
    let month = match rules.per_month {
        0 => t::rules_month_none(l),
        most => t::rules_month(l, most),
    };
    let join = match rules.join_hours {
        0 => t::rules_join_none(l),
        hours => t::rules_join(l, hours),
    };
    vec![
        SummaryRow::new(t::rules_fact_from(l), from),
        SummaryRow::new(t::rules_fact_window(l), t::rules_window(l, rules.first_day, rules.last_day)),
        SummaryRow::new(t::rules_fact_week(l), t::rules_week(l, rules.per_week)),
        SummaryRow::new(t::rules_fact_month(l), month),
        SummaryRow::new(t::rules_fact_people(l), t::rules_people(l, rules.people)),
        SummaryRow::new(t::rules_fact_arrive(l), t::rules_arrive(l, rules.arrive_before)),
        SummaryRow::new(t::rules_fact_late(l), t::rules_late(l, rules.latest_arrival)),
        SummaryRow::new(t::rules_fact_join(l), join),
        SummaryRow::new(t::rules_fact_approval(l), approval(l, rules.approval)),
        SummaryRow::new(t::rules_fact_source(l), &rules.source).lang("nb"),
    ]
}

/// Which visits the unit looks at first.
fn approval(l: Locale, approval: Approval) -> String {
    match approval {
        Approval::Never => t::rules_approval_never(l),
        Approval::First => t::rules_approval_first(l),
        Approval::Always => t::rules_approval_always(l),
    }
}

/// The same as a choice, each with what it means.
pub(super) fn approvals(l: Locale) -> Vec<Choice> {
    let hint = |one| match one {
        Approval::Never => t::rules_approval_never_hint(l),
        Approval::First => t::rules_approval_first_hint(l),
        Approval::Always => t::rules_approval_always_hint(l),
    };
    Approval::ALL.map(|one| Choice::new(one.code(), approval(l, one)).hint(hint(one))).into()
}

/// How a visit agrees no more with the plan.
pub(in crate::visits) fn touch(l: Locale, touch: Touch) -> String {
    match touch {
        Touch::Closed => t::touch_closed(l),
        Touch::Ended => t::touch_ended(l),
        Touch::Wing => t::touch_wing(l),
        Touch::Paused => t::touch_paused(l),
        Touch::Full => t::touch_full(l),
        Touch::People => t::touch_people(l),
        Touch::Week => t::touch_week(l),
        Touch::Month => t::touch_month(l),
        Touch::Arrival => t::touch_arrival(l),
    }
}

/// `Fra 5. oktober til 9. oktober`, or the one day.
pub(in crate::visits) fn days(l: Locale, first: CivilDate, last: CivilDate) -> String {
    let (from, to) = (dates::plain(l, first), dates::plain(l, last));
    if first == last { from } else { t::times_from_until(l, from, to) }
}

/// A time with its room.
pub(super) fn time_and_room(l: Locale, time: &Template) -> String {
    format!("{}, {}", time_title(l, time), time.room)
}
