//! The rules and times of the demo's units: invented, but of the kind that real units publish.

use domain::{
    access::Unit,
    kernel::{CivilDate, Clock, Id},
    visits::booking::{
        Approval, HeldFor, SessionKind, Template, UnitRules, Way,
        text::{Topic, UnitText},
    },
};

use crate::{
    Error, Result, args,
    ctx::{Actor, Ctx},
    identity::arrival::UNIT_BY_SLUG,
    visits::sessions::{
        NewTemplate, block_day, blocked_days, put_rules, put_template, put_text, put_watch, rules_of, tend,
    },
};

/// slug, visits a week, people on a visit, minutes late from which nobody is let in.
const RULES: [(&str, i64, i64, i64); 6] = [
    ("lyngmo", 1, 3, 30),
    ("storaasen", 1, 2, 15),
    ("havvik", 2, 4, 30),
    ("fjellheim", 1, 3, 30),
    ("bekkelund", 2, 4, 30),
    ("elvebakken", 3, 5, 60),
];

type Time = (SessionKind, Way, &'static [u8], &'static [u16], i64, &'static str, i64);

/// The room of organisations.
const MEETING: &str = "Møterom";
const AFTERNOON: &[u16] = &[660, 780, 900];
const EVENING: &[u16] = &[1080];

/// kind, how a lawyer meets, weekdays, starts in minutes, length, room, places. Each unit has them all; the freer ones have more places.
const TIMES: [Time; 13] = [
    (SessionKind::Open, Way::Room, &[2, 4], EVENING, 60, "Besøksrom", 3),
    // So that no day at the gate is empty.
    (SessionKind::Open, Way::Room, &[1, 3, 5], &[1020], 60, "Besøksrom", 3),
    (SessionKind::Open, Way::Room, &[6, 7], AFTERNOON, 60, "Besøksrom", 3),
    (SessionKind::ChildFriendly, Way::Room, &[6], &[660, 780], 60, "Familierom med lekekrok", 2),
    (SessionKind::ChildFriendly, Way::Room, &[3], &[990], 60, "Familierom med lekekrok", 1),
    (SessionKind::Observed, Way::Room, &[4], EVENING, 60, "Besøksrom med påsyn", 1),
    (SessionKind::Observed, Way::Room, &[6], &[780], 60, "Besøksrom med påsyn", 2),
    (SessionKind::Glass, Way::Room, &[6], &[660], 60, "Glassrom", 1),
    (SessionKind::Video, Way::Room, &[1, 3], &[1020, 1050], 30, "Videobesøk", 2),
    (SessionKind::Lawyer, Way::Room, &[1, 2, 3, 4, 5], &[540, 630], 90, "Advokatrom", 2),
    (SessionKind::Lawyer, Way::Video, &[2, 4], &[780], 45, "Videorom", 1),
    (SessionKind::Lawyer, Way::Phone, &[1, 3, 5], &[810], 30, "Telefonrom", 1),
    (SessionKind::Lawyer, Way::Room, &[1, 2, 3, 4, 5], &[600, 840], 60, MEETING, 1),
];

const TEXTS: [(Topic, &str, &str); 2] = [
    (
        Topic::Hours,
        "Besøksavdelingen er åpen fra en halv time før dagens første besøk.\nRing på ved porten.",
        "The visitors' department opens half an hour before the first visit of the day.\nRing at the gate.",
    ),
    (
        Topic::Bring,
        "Inntil 200 kroner i mynter til automaten.\nKlær til den innsatte leveres i skranken.",
        "Up to 200 kroner in coins for the vending machine.\nClothes for the inmate are left at the desk.",
    ),
];

/// Puts rules and times where there are none, and makes their sessions.
pub async fn seed(ctx: &Ctx) -> Result<()> {
    let today = ctx.now().date();
    for (n, (slug, per_week, people, latest)) in RULES.into_iter().enumerate() {
        let (id,): (String,) = ctx.db.one(UNIT_BY_SLUG, args![slug]).await?;
        let unit: Id<Unit> = Id::new(id);
        if !rules_of(ctx, &unit).await?.is_empty() {
            continue;
        }
        put_rules(ctx, &Actor::System, &unit, rules(per_week, people, latest)?).await?;
        for time in TIMES {
            times(ctx, &unit, time, n as i64 % 2).await?;
        }
        texts(ctx, &unit).await?;
        // A Tuesday about two weeks ahead is closed, another one in each unit.
        let closed = today.monday().plus_days(15 + 7 * (n as i64 % 2));
        if blocked_days(ctx, &unit, closed, closed).await?.is_empty() {
            block_day(ctx, &Actor::System, &unit, closed, "planleggingsdag").await?;
        }
    }
    tend(ctx).await.map(|_| ())
}

fn rules(per_week: i64, people: i64, latest_arrival: i64) -> Result<UnitRules> {
    Ok(UnitRules {
        valid_from: start()?,
        valid_to: None,
        first_day: 2,
        last_day: 28,
        per_week,
        per_month: 0,
        people,
        arrive_before: 15,
        latest_arrival,
        join_hours: 48,
        approval: Approval::Never,
        source: "Demo".into(),
    })
}

/// What visitors read; at the unit of the most personas two have to agree on what touches many.
async fn texts(ctx: &Ctx, unit: &Id<Unit>) -> Result<()> {
    for (topic, nb, en) in TEXTS {
        let (nb, nn, en) = (nb.to_owned(), None, Some(en.to_owned()));
        let text = UnitText { topic, valid_from: start()?, valid_to: None, nb, nn, en, se: None };
        put_text(ctx, &Actor::System, unit, text).await?;
    }
    let (lyngmo,): (String,) = ctx.db.one(UNIT_BY_SLUG, args!["lyngmo"]).await?;
    if lyngmo == unit.as_str() {
        put_watch(ctx, &Actor::System, unit, 10, "Demo").await?;
    }
    Ok(())
}

fn start() -> Result<CivilDate> {
    CivilDate::parse_iso("2024-01-01").ok_or(Error::Broken("a date of the demo"))
}

async fn times(ctx: &Ctx, unit: &Id<Unit>, time: Time, more: i64) -> Result<()> {
    let (kind, way, weekdays, starts, minutes, room, places) = time;
    for (weekday, start_at) in weekdays.iter().flat_map(|day| starts.iter().map(move |at| (*day, *at))) {
        let template = Template {
            kind,
            way,
            held_for: if room == MEETING { HeldFor::Organisation } else { HeldFor::Counsel },
            weekday,
            start: Clock(start_at),
            minutes,
            room: room.into(),
            capacity: places + more,
            every_weeks: 1,
            on_holidays: false,
            valid_from: start()?,
            valid_to: None,
        };
        put_template(ctx, &Actor::System, NewTemplate { unit: unit.clone(), template }).await?;
    }
    Ok(())
}
