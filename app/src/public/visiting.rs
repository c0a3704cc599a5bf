//! What holds for visits in a unit, out of the unit's own data: its times of the week, its rules, its closed days.
//! Names of rooms and reasons are written by the unit, in Norwegian.

use backend::visits::sessions::{Paused, Published};
use domain::{
    kernel::{Clock, Locale},
    visits::booking::{Blocked, SessionKind, Template, UnitRules},
};
use leptos::prelude::*;

use crate::{
    i18n::{dates, public as t},
    ui::{Cell, Column, DataTable, Row, TableGroup},
};

/// Kinds in the order they are shown. A lawyer's times are not shown here.
const KINDS: [SessionKind; 5] = [
    SessionKind::Open,
    SessionKind::ChildFriendly,
    SessionKind::Video,
    SessionKind::Observed,
    SessionKind::Glass,
];

pub(super) fn visiting(l: Locale, unit: &str, plan: &Published) -> AnyView {
    view! {
        <h2>{t::unit_times(l)}</h2>
        {times(l, unit, plan)}
        {rules(l, plan)}
        {closed(l, &plan.closed)}
    }
    .into_any()
}

fn times(l: Locale, unit: &str, plan: &Published) -> AnyView {
    if plan.times.is_empty() {
        return view! { <p>{t::unit_times_empty(l)}</p> }.into_any();
    }
    let head = vec![Column::new(t::unit_day(l)), Column::new(t::unit_time(l)), Column::new(t::unit_room(l))];
    let groups = KINDS.into_iter().filter_map(|kind| {
        let rows = rows_of(l, plan, kind);
        (!rows.is_empty()).then(|| TableGroup::new(kind_words(l, kind), "", rows))
    });
    let caption = t::unit_times_caption(l, unit);
    view! {
        <DataTable caption=caption head=head groups=groups.collect()/>
        {paused(l, &plan.paused)}
        <p>{t::unit_times_text(l)}</p>
    }
    .into_any()
}

/// Times that are not held for a while, by their days.
fn paused(l: Locale, all: &[Paused]) -> Option<AnyView> {
    let one = |time: &Template| {
        let day = dates::capital(&dates::weekday_name(l, time.weekday));
        let (hours, room) = (hours_of(l, time), time.room.clone());
        view! { <li>{day}" "{hours}", "<span lang="nb">{room}</span></li> }
    };
    let pause = |pause: &Paused| {
        let (from, to) = (dates::plain(l, pause.first), dates::plain(l, pause.last));
        let times = pause.times.iter().map(one).collect_view();
        view! { <p>{t::unit_paused(l, from, to)}</p><ul>{times}</ul> }
    };
    (!all.is_empty()).then(|| all.iter().map(pause).collect_view().into_any())
}

/// A row for all times of a day that differ in nothing but the hour.
fn rows_of(l: Locale, plan: &Published, kind: SessionKind) -> Vec<Row> {
    let mut rows: Vec<(&Template, Vec<String>)> = Vec::new();
    for time in plan.times.iter().filter(|time| time.kind == kind) {
        match rows.iter_mut().find(|(first, _)| alike(first, time)) {
            Some((_, hours)) => hours.push(hours_of(l, time)),
            None => rows.push((time, vec![hours_of(l, time)])),
        }
    }
    rows.into_iter().map(|(time, hours)| row(l, plan, time, &hours)).collect()
}

fn alike(a: &Template, b: &Template) -> bool {
    let rest =
        |t: &Template| (t.weekday, t.room.clone(), t.every_weeks, t.on_holidays, t.valid_from, t.valid_to);
    rest(a) == rest(b)
}

fn row(l: Locale, plan: &Published, time: &Template, hours: &[String]) -> Row {
    let day = dates::capital(&dates::weekday_name(l, time.weekday));
    let room = time.room.clone();
    Row::new(vec![
        Cell::two(day, notes(l, plan, time).join(". ")),
        Cell::text(hours.join(", ")),
        Cell::view(view! { <span lang="nb">{room}</span> }),
    ])
}

/// What is not as usual with a time.
fn notes(l: Locale, plan: &Published, time: &Template) -> Vec<String> {
    let every = match time.every_weeks {
        1 => None,
        2 => Some(t::unit_every_two(l)),
        n => Some(t::unit_every_more(l, n)),
    };
    let from = (time.valid_from > plan.today).then(|| t::unit_from(l, dates::plain(l, time.valid_from)));
    let until = time.valid_to.map(|to| t::unit_until(l, dates::plain(l, to)));
    let holidays = time.on_holidays.then(|| t::unit_holidays(l));
    [every, from, until, holidays].into_iter().flatten().collect()
}

/// `11.00–12.00`
fn hours_of(l: Locale, time: &Template) -> String {
    let ends = Clock(time.start.0 + u16::try_from(time.minutes).unwrap_or_default());
    format!("{}–{}", dates::clock(l, time.start), dates::clock(l, ends))
}

fn kind_words(l: Locale, kind: SessionKind) -> String {
    match kind {
        SessionKind::Open => t::unit_kind_open(l),
        SessionKind::Observed => t::unit_kind_observed(l),
        SessionKind::Glass => t::unit_kind_glass(l),
        SessionKind::ChildFriendly => t::unit_kind_child(l),
        SessionKind::Lawyer => t::unit_kind_lawyer(l),
        SessionKind::Video => t::unit_kind_video(l),
    }
}

fn rules(l: Locale, plan: &Published) -> Option<AnyView> {
    let now = plan.rules.as_ref().map(|rules| {
        view! { <h2>{t::unit_rules(l)}</h2>{sentences(l, rules, true)} }
    });
    let coming = plan.coming.as_ref().map(|rules| {
        let title = t::unit_rules_coming(l, dates::plain(l, rules.valid_from));
        view! { <h2>{title}</h2>{sentences(l, rules, false)} }
    });
    (now.is_some() || coming.is_some()).then(|| view! { {now}{coming} }.into_any())
}

fn sentences(l: Locale, rules: &UnitRules, now: bool) -> AnyView {
    let mut all = vec![
        t::unit_rule_window(l, rules.last_day, rules.first_day),
        t::unit_rule_week(l, rules.per_week),
        t::unit_rule_party(l, rules.people),
        t::unit_rule_arrival(l, rules.arrive_before),
        t::unit_rule_late(l, rules.latest_arrival),
    ];
    all.extend(now.then(|| t::unit_not_holidays(l)));
    let all = all.into_iter().map(|sentence| view! { <li>{sentence}</li> });
    view! { <ul>{all.collect_view()}</ul> }.into_any()
}

fn closed(l: Locale, days: &[Blocked]) -> Option<AnyView> {
    let rows = days.iter().map(|day| {
        let date = dates::capital(&dates::long_date(l, day.date));
        let reason = day.reason.clone();
        view! { <li>{date}": "<span lang="nb">{reason}</span></li> }
    });
    let rows = rows.collect_view();
    (!days.is_empty()).then(|| view! { <h2>{t::unit_closed(l)}</h2><ul>{rows}</ul> }.into_any())
}
