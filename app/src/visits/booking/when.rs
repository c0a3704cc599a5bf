//! When: the free times of two weeks, and why a day has none. A time that is held is shown and stays chosen.

use backend::{
    Result,
    visits::booking::{self, Available, DraftView, HoldView},
};
use domain::{
    kernel::{CivilDate, Instant, Locale},
    visits::booking::{Day as FreeDay, Offer, Session, UnitRules, Why},
};
use leptos::prelude::*;

use super::{
    api::{WHEN, action},
    changing, countdown, off, overview,
    told::Again,
    waiting, words,
};
use crate::{
    i18n::{dates, visits_booking as t},
    request, routes,
    shell::WithIslands,
    ui::{
        Actions, AsideBlock, Button, Day, EmptyState, ErrorSummary, FieldError, FieldMessage, Form,
        HiddenInput, Link, PageGrid, PageHead, Pager, Slot, Steps, Week,
    },
    visits::{Here, page},
};

const WEEKS: i64 = 2;
const FIELD: &str = "session";

#[component]
pub fn WhenPage() -> impl IntoView {
    page("visits_booking", when)
}

async fn when(here: Here) -> Result<AnyView> {
    let Some(found) = booking::available(&here.ctx, &here.who).await? else {
        request::redirect(routes::BOOK);
        return Ok(().into_any());
    };
    let again = Again::of(&here, WHEN).await?;
    Ok(whole(&here, &found, &again))
}

fn live(draft: &DraftView, now: Instant) -> Option<&HoldView> {
    draft.hold.as_ref().filter(|h| h.hold.is_live(now))
}

fn whole(here: &Here, found: &Available, again: &Again) -> AnyView {
    let (l, now, draft) = (here.locale(), here.page.now, &found.draft);
    let errors: Vec<FieldError> =
        again.told.iter().map(|told| FieldError::new(FIELD, words::told(l, told, &draft.people))).collect();
    let hold = live(draft, now).map(|h| countdown::banner(l, h, now, countdown::Where::When));
    let islands = hold.is_some().then(|| view! { <WithIslands/> });
    let lead = t::when_lead(l, &draft.inmate_name, &draft.unit_name);
    let (changing, way_in) = (changing::banner(l, draft.changes.as_ref()), waiting::way_in(l, draft));
    let first = found.priority.map(|first| off::priority(l, first));
    let (times, title) =
        (times(here, found, again, &errors), t::when_title(l, words::many(draft.people.len())));
    let back = Link::new(format!("{}?inmate={}", routes::BOOK, draft.inmate), t::back_who(l));
    let tab = words::tab(l, &errors, &title);
    view! {
        <PageGrid aside=aside(here, found)>
            <ErrorSummary title=t::refused_hold(l) errors=errors/>
            <PageHead title=title tab=tab lead=lead back=back>
                <Steps current=2 total=3 text=t::steps_when(l)/>
            </PageHead>
            {changing}
            {first}
            {hold}
            {times}
            {way_in}
        </PageGrid>
        {islands}
    }
    .into_any()
}

/// The time that is held, and the one of the visit that is being changed.
fn hers(draft: &DraftView, now: Instant) -> (Option<String>, Option<String>) {
    let held = live(draft, now).map(|h| h.session.public.to_string());
    let own = draft.changes.as_ref().filter(|old| old.open).map(|old| old.session.to_string());
    (held, own)
}

fn times(here: &Here, found: &Available, again: &Again, errors: &[FieldError]) -> AnyView {
    let (l, draft) = (here.locale(), &found.draft);
    let Some((first, last)) = found.window.filter(|_| !found.days.is_empty()) else {
        let text = t::when_none_text(l, &draft.unit_name, &draft.unit_phone);
        return view! { <EmptyState title=t::when_none_title(l) text=text/> }.into_any();
    };
    let (held, own) = hers(draft, here.page.now);
    let hers = held.clone().or_else(|| own.clone());
    let chosen = again.chosen(FIELD).map(str::to_owned).or_else(|| hers.clone());
    let from = first_week(here, found, first, last, hers.as_deref());
    let to = from.plus_days(WEEKS * 7);
    let days: Vec<&FreeDay> = found.days.iter().filter(|d| from <= d.date && d.date < to).collect();
    let calendar = overview::calendar(l, found, held.as_deref());
    let pager = pager(l, from, first, last);
    if days.is_empty() {
        return view! { {calendar}<div id=FIELD tabindex="-1">{nothing(l, found, to)}</div>{pager} }
            .into_any();
    }
    let (described, error) = message(errors);
    let list = Shown { l, rules: found.rules.as_ref(), chosen, held, own, first: first_slot(&days) };
    // The summary leads to the first time, or to all of them when none is free.
    let id = list.first.is_none().then_some(FIELD);
    let weeks = (0..WEEKS).map(|n| week(&list, from.plus_days(n * 7), &days)).collect_view();
    let free = days.iter().any(|d| matches!(d.offer, Offer::Free(_)));
    let go_on = free.then(|| view! { <Actions><Button text=t::go_on(l)/></Actions> });
    view! {
        {calendar}
        <Form action=action(WHEN)>
            <HiddenInput name="from" value=from.iso()/>
            <fieldset class="stack" id=id tabindex=id.map(|_| "-1") aria-describedby=described>
                <legend class="visually-hidden">{t::when_legend(l)}</legend>
                {error}
                {weeks}
            </fieldset>
            {pager}
            {go_on}
        </Form>
    }
    .into_any()
}

/// What is wrong with the choice, at the choice.
fn message(errors: &[FieldError]) -> (Option<&'static str>, Option<AnyView>) {
    let error = FieldError::of(errors, FIELD);
    let described = error.is_some().then_some("session-error");
    let text = |text: String| view! { <FieldMessage id=FIELD.to_owned() text=text.into()/> }.into_any();
    (described, error.map(text))
}

/// No times in these weeks, and the way to the next ones with any.
fn nothing(l: Locale, found: &Available, to: CivilDate) -> AnyView {
    let next = found.days.iter().map(|d| d.date).filter(|date| *date >= to).min();
    let link = next.map(|date| Link::new(weeks_from(date.monday()), t::when_empty_next(l)));
    view! { <EmptyState title=t::when_empty_title(l) link=link/> }.into_any()
}

/// The page that begins with this week.
fn weeks_from(date: CivilDate) -> String {
    format!("{}?from={}", routes::book("when"), date.iso())
}

/// The week that was asked for, else the one of the held time, else the first with something free.
fn first_week(
    here: &Here,
    found: &Available,
    first: CivilDate,
    last: CivilDate,
    held: Option<&str>,
) -> CivilDate {
    let asked = here.page.query("from").and_then(|d| CivilDate::parse_iso(&d));
    let asked = asked.filter(|d| first.monday() <= *d && *d <= last).map(CivilDate::monday);
    let of_held = || {
        let held = held?;
        let is_held = |d: &&FreeDay| match &d.offer {
            Offer::Free(sessions) => sessions.iter().any(|s| s.public.as_str() == held),
            Offer::None(_) => false,
        };
        found.days.iter().find(is_held).map(|d| d.date)
    };
    let free = || found.days.iter().find(|d| matches!(d.offer, Offer::Free(_))).map(|d| d.date);
    // Pages begin at fixed weeks, so that going back shows the same ones.
    let start = |date: CivilDate| {
        let weeks = date.monday().days_since(first.monday()) / 7;
        first.monday().plus_days(weeks / WEEKS * WEEKS * 7)
    };
    asked.unwrap_or_else(|| start(of_held().or_else(free).unwrap_or(first)))
}

struct Shown<'a> {
    l: Locale,
    rules: Option<&'a UnitRules>,
    chosen: Option<String>,
    held: Option<String>,
    /// The time of the visit that is being changed.
    own: Option<String>,
    /// The slot that the error summary leads to.
    first: Option<String>,
}

fn first_slot(days: &[&FreeDay]) -> Option<String> {
    days.iter().find_map(|d| match &d.offer {
        Offer::Free(sessions) => sessions.first().map(|s| s.public.to_string()),
        Offer::None(_) => None,
    })
}

/// These weeks, for a page that shows them all.
pub(super) fn every_week(
    l: Locale,
    found: &Available,
    chosen: Option<String>,
    weeks: &[CivilDate],
    days: &[&FreeDay],
) -> AnyView {
    let own = found.draft.changes.as_ref().filter(|old| old.open).map(|old| old.session.to_string());
    let list = Shown { l, rules: found.rules.as_ref(), chosen, held: None, own, first: first_slot(days) };
    weeks.iter().map(|monday| week(&list, *monday, days)).collect_view().into_any()
}

/// A week whose visits are used is one row.
fn week(list: &Shown, monday: CivilDate, days: &[&FreeDay]) -> Option<AnyView> {
    let l = list.l;
    let own: Vec<&FreeDay> = days.iter().copied().filter(|d| d.date.monday() == monday).collect();
    if own.is_empty() {
        return None;
    }
    let used = |d: &&FreeDay| matches!(d.offer, Offer::None(Why::WeekUsed { .. } | Why::MonthUsed { .. }));
    let rows = match own.first().map(|d| &d.offer) {
        Some(Offer::None(why)) if own.len() > 1 && own.iter().all(used) => {
            let span = format!("{}–{}", monday.0.day(), dates::short(l, monday.plus_days(6)));
            let text = words::why(l, why, list.rules);
            view! { <Day date=span><p>{text}</p></Day> }.into_any()
        }
        _ => own.into_iter().map(|d| day(list, d)).collect_view().into_any(),
    };
    Some(view! { <Week label=dates::capital(&dates::week(l, monday))>{rows}</Week> }.into_any())
}

fn day(list: &Shown, day: &FreeDay) -> AnyView {
    let l = list.l;
    let weekday: String = dates::weekday(l, day.date).chars().take(3).collect();
    let date = format!("{weekday}. {}", dates::short(l, day.date));
    let inside = match &day.offer {
        Offer::Free(sessions) => sessions.iter().map(|s| slot(list, s)).collect_view().into_any(),
        Offer::None(why) => {
            let text = words::why(l, why, list.rules);
            view! { <p>{text}</p> }.into_any()
        }
    };
    view! { <Day date=date id=overview::anchor(day.date)>{inside}</Day> }.into_any()
}

fn slot(list: &Shown, session: &Session) -> AnyView {
    let (l, value) = (list.l, session.public.to_string());
    let held = list.held.as_deref() == Some(value.as_str());
    let note = match (held, list.own.as_deref() == Some(value.as_str())) {
        (_, true) => t::slot_own(l),
        (true, _) => t::slot_held(l),
        _ => t::slot_note(l, session.free()),
    };
    let time = format!("{}–{}", dates::clock(l, session.start), dates::clock(l, session.end));
    let checked = list.chosen.as_deref() == Some(value.as_str());
    let id = (list.first.as_deref() == Some(value.as_str())).then(|| FIELD.to_owned());
    let room = session.room.clone();
    view! { <Slot name=FIELD value=value time=time room=room text=note checked=checked held=held id=id/> }
        .into_any()
}

fn pager(l: Locale, from: CivilDate, first: CivilDate, last: CivilDate) -> AnyView {
    let step = WEEKS * 7;
    let later =
        (from.plus_days(step) <= last).then(|| Link::new(weeks_from(from.plus_days(step)), t::when_later(l)));
    let earlier = (from > first.monday()).then(|| {
        let date = from.plus_days(-step).max(first.monday());
        Link::new(weeks_from(date), t::when_earlier(l))
    });
    view! { <Pager label=t::when_pager(l) previous=earlier next=later/> }.into_any()
}

fn aside(here: &Here, found: &Available) -> AnyView {
    let (l, draft) = (here.locale(), &found.draft);
    let people = words::party(l, draft, here.page.now.date());
    let people = people.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
    let rules = found.rules.as_ref().map(|r| {
        let text =
            [t::rules_week(l, r.per_week), t::who_most(l, r.people), t::rules_arrive(l, r.arrive_before)];
        view! { <AsideBlock title=t::rules_title(l, &draft.unit_name)><p>{text.join(" ")}</p></AsideBlock> }
    });
    let (inmate, unit) = (draft.inmate_name.clone(), draft.unit_name.clone());
    let change = format!("{}?inmate={}", routes::BOOK, draft.inmate);
    view! {
        <AsideBlock title=t::aside_visit(l)>
            <p>{inmate}</p>
            <p>{unit}</p>
            {people}
            <a href=change>{t::aside_change(l)}</a>
        </AsideBlock>
        {rules}
    }
    .into_any()
}
