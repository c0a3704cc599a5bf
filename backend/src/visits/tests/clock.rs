//! F4: the nights when the clock is moved, 29 February, and a clock that jumps. Nothing is lost, nothing comes early.

use domain::{
    kernel::{CivilDate, Instant, Public},
    visits::booking::{Hold, Refusal, VisitSession},
};

use super::{World, model::Model};
use crate::{
    args,
    ctx::{Actor, Citizen, Ctx},
    outbox,
    testing::{NOON, Portal, on_both_engines},
    visits::{
        booking::{
            choose_party, confirm, draft, hold,
            testing::{Stage, rules, template},
        },
        clearance,
        sessions::{NewTemplate, put_rules, put_template, tend},
    },
};

/// 00.00 UTC of this day, and minutes after it.
fn utc(day: &str, minutes: i64) -> Instant {
    let days = CivilDate::parse_iso(day).unwrap().days_since(CivilDate::parse_iso("1970-01-01").unwrap());
    Instant(days * 86_400_000_000).plus_minutes(minutes)
}

const ON: &str = "SELECT start_minute, end_minute, starts_at, ends_at FROM visit_session WHERE date = $1 \
    ORDER BY starts_at";

/// Sessions of a day: start and end on the wall, start in UTC, minutes.
async fn on(ctx: &Ctx, day: &str) -> Vec<(i64, i64, Instant, i64)> {
    let rows: Vec<(i64, i64, i64, i64)> = ctx.db.all(ON, args![day]).await.unwrap();
    rows.into_iter()
        .map(|(start, end, from, to)| (start, end, Instant(from), (to - from) / 60_000_000))
        .collect()
}

/// Times at 01.30, 02.30 and 03.30 on this weekday, made from this day on.
async fn night(portal: &Portal, today: &str, weekday: u8) {
    let (ctx, unit) = (&portal.ctx, portal.unit("lyngmo").await);
    ctx.clock.set(utc(today, 720));
    put_rules(ctx, &Actor::System, &unit, rules()).await.unwrap();
    for start in [90, 150, 210] {
        let new = NewTemplate { unit: unit.clone(), template: template(weekday, start, 1) };
        put_template(ctx, &Actor::System, new).await.unwrap();
    }
    tend(ctx).await.unwrap();
    assert_eq!(tend(ctx).await.unwrap().sessions, 0, "made once");
}

#[tokio::test]
async fn f04_each_time_of_both_nights_comes_once_with_its_full_hour() {
    on_both_engines(async |portal| {
        night(&portal, "2026-10-12", 7).await;
        // 02.30 comes twice: the first one counts.
        let autumn = [
            (90, 150, utc("2026-10-24", 1_410), 60),
            (150, 150, utc("2026-10-25", 30), 60),
            (210, 270, utc("2026-10-25", 150), 60),
        ];
        assert_eq!(on(&portal.ctx, "2026-10-25").await, autumn);
    })
    .await;
    on_both_engines(async |portal| {
        night(&portal, "2027-03-15", 7).await;
        // 02.30 does not come: it lies at 03.30, once for each of the two times.
        let spring = [
            (90, 210, utc("2027-03-28", 30), 60),
            (210, 270, utc("2027-03-28", 90), 60),
            (210, 270, utc("2027-03-28", 90), 60),
        ];
        assert_eq!(on(&portal.ctx, "2027-03-28").await, spring);
    })
    .await;
}

#[tokio::test]
async fn f04_the_29th_of_february_is_a_day_like_others() {
    on_both_engines(async |portal| {
        night(&portal, "2028-02-15", 2).await;
        let days: Vec<_> = ["2028-02-22", "2028-02-29", "2028-03-07"].into_iter().collect();
        for day in days {
            assert_eq!(on(&portal.ctx, day).await.len(), 3, "{day}");
        }
        assert_eq!(on(&portal.ctx, "2028-02-28").await.len(), 0);
    })
    .await;
}

/// Somebody who holds the only place of a Saturday, made at this moment.
async fn holding(portal: &Portal, at: Instant) -> (Stage, Citizen, Public<VisitSession>, Public<Hold>) {
    portal.ctx.clock.set(at);
    let s = Stage::new(&portal.ctx, portal.unit("lyngmo").await).await;
    let maja = ready(&s, "Maja Fjellvik").await;
    let from = at.date().plus_days(3);
    let (public,): (String,) = s.ctx.db.one(NEXT, args![from]).await.unwrap();
    let session: Public<VisitSession> = Public::parse(&public).unwrap();
    hold(&s.ctx, &maja, session.clone()).await.unwrap().unwrap();
    let shown = draft(&s.ctx, &maja).await.unwrap().unwrap().hold.unwrap().hold.public;
    (s, maja, session, shown)
}

pub const NEXT: &str =
    "SELECT public_id FROM visit_session WHERE capacity = 1 AND date >= $1 ORDER BY date LIMIT 1";

async fn ready(s: &Stage, name: &str) -> Citizen {
    let who = s.relative(name).await;
    let own = s.public_of(&who.person).await;
    choose_party(&s.ctx, &who, s.inmate_public.clone(), vec![own]).await.unwrap().unwrap();
    who
}

#[tokio::test]
async fn f04_ten_minutes_are_ten_minutes_while_the_wall_goes_back() {
    on_both_engines(async |portal| {
        // 02.55 the first time; ten minutes later the wall shows 02.05.
        let (s, maja, session, shown) = holding(&portal, utc("2026-10-25", 55)).await;
        let ruth = ready(&s, "Ruth Tangvald").await;
        s.ctx.clock.set(utc("2026-10-25", 64));
        assert_eq!(hold(&s.ctx, &ruth, session.clone()).await.unwrap(), Err(vec![Refusal::SessionGone]));
        s.ctx.clock.set(utc("2026-10-25", 65));
        hold(&s.ctx, &ruth, session).await.unwrap().unwrap();
        assert_eq!(confirm(&s.ctx, &maja, shown).await.unwrap(), Err(vec![Refusal::HoldExpired]));
    })
    .await;
}

#[tokio::test]
async fn f04_a_clock_that_jumps_gives_no_place_twice() {
    on_both_engines(async |portal| {
        let (s, maja, session, shown) = holding(&portal, NOON).await;
        let ruth = ready(&s, "Ruth Tangvald").await;
        // An hour back: still hers, and hers alone.
        s.ctx.clock.set(NOON.plus_minutes(-60));
        assert_eq!(hold(&s.ctx, &ruth, session.clone()).await.unwrap(), Err(vec![Refusal::SessionGone]));
        // An hour on: free, and the first to ask has it, also when the clock is put right.
        s.ctx.clock.set(NOON.plus_minutes(60));
        hold(&s.ctx, &ruth, session.clone()).await.unwrap().unwrap();
        s.ctx.clock.set(NOON.plus_minutes(1));
        assert_eq!(confirm(&s.ctx, &maja, shown).await.unwrap(), Err(vec![Refusal::HoldExpired]));
        assert_eq!(hold(&s.ctx, &maja, session).await.unwrap(), Err(vec![Refusal::SessionGone]));
        let theirs = draft(&s.ctx, &ruth).await.unwrap().unwrap().hold.unwrap().hold.public;
        confirm(&s.ctx, &ruth, theirs).await.unwrap().unwrap();
        assert_eq!(s.ctx.db.one::<(i64,)>(TAKEN, vec![]).await.unwrap().0, 1);
    })
    .await;
}

pub const TAKEN: &str = "SELECT CAST(SUM(taken) AS BIGINT) FROM visit_session";

#[tokio::test]
async fn f04_a_clock_that_jumps_back_sends_no_letter_early_and_loses_none() {
    on_both_engines(async |portal| {
        let (s, maja, _, shown) = holding(&portal, NOON).await;
        confirm(&s.ctx, &maja, shown).await.unwrap().unwrap();
        s.ctx.clock.set(NOON.plus_minutes(-60));
        assert!(outbox::claim(&s.ctx, 9).await.unwrap().is_empty(), "not due by this clock");
        s.ctx.clock.set(NOON);
        let first = outbox::claim(&s.ctx, 9).await.unwrap().remove(0);
        // Taken at noon, then the clock goes back: nobody else gets it before its lease is over.
        s.ctx.clock.set(NOON.plus_minutes(-60));
        assert!(outbox::claim(&s.ctx, 9).await.unwrap().is_empty());
        s.ctx.clock.set(NOON.plus_minutes(2));
        let again = outbox::claim(&s.ctx, 9).await.unwrap().remove(0);
        assert_eq!(again.id, first.id, "and it is not lost");
        assert!(!outbox::finish(&s.ctx, &first, Ok(())).await.unwrap());
        assert!(outbox::finish(&s.ctx, &again, Ok(())).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn f04_the_fixed_day_begins_at_midnight_in_oslo_also_in_the_night_of_the_clock() {
    on_both_engines(async |portal| {
        let mut world = World::new(portal, &Model::new()).await;
        let ctx = world.ctx();
        ctx.clock.set(utc("2026-09-13", 600));
        world.submit(0).await;
        let closed = async || clearance::close_due(&ctx).await.unwrap();
        // 42 days later is 25 October, which begins at 22.00 UTC the day before.
        ctx.clock.set(utc("2026-10-24", 22 * 60 - 1));
        assert_eq!(closed().await, 0);
        ctx.clock.set(utc("2026-10-24", 22 * 60));
        assert_eq!((closed().await, closed().await), (1, 0));
    })
    .await;
}
