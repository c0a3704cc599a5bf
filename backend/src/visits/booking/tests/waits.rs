//! The waiting list: who is offered what, in which order, and that nobody else gets it meanwhile.

use domain::visits::booking::waiting::{OfferState, Offered, Period, Suits, Wait, WaitEnd};

use super::*;
use crate::{
    testing::NOON,
    visits::booking::waiting::{self as list, Accepted, MyOffer, Round, accept, decline, put, take_back},
};

pub const FILL: &str = "UPDATE visit_session SET taken = capacity";
pub const FREE_ONE: &str = "UPDATE visit_session SET taken = 0 WHERE date = $1 AND start_minute = 660";
pub const FREE_LATER: &str = "UPDATE visit_session SET taken = 0 WHERE start_minute = 780";
pub const ROOM_FOR: &str =
    "UPDATE visit_session SET capacity = $1, taken = 0 WHERE date = $2 AND start_minute = 660";
pub const TAKEN_THEN: &str = "SELECT taken FROM visit_session WHERE date = $1 AND start_minute = 660";
pub const OFFERS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'visits.waiting' \
    AND payload LIKE '%\"offered\"%'";
pub const ENDED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'visits.waiting' \
    AND payload LIKE '%\"ended\"%'";
pub const OPEN: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM visit_offer WHERE state = 'open'";
pub const HOLDS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM visit_hold";
pub const RUN_OUT: &str = "UPDATE visit_offer SET answer_by = made_at + 1 WHERE public_id = $1";
pub const STATE_OF: &str = "SELECT state FROM visit_offer WHERE public_id = $1";

/// Only the Saturday at 11 with its one place can be had.
async fn one_place(portal: &Portal) -> Stage {
    let s = stage(portal).await;
    s.run(FILL, vec![]).await;
    s.run(FREE_ONE, args![SATURDAY]).await;
    s
}

fn period() -> Period {
    Period { first: day_of("2026-09-01"), last: day_of("2026-09-30"), suits: Suits::Any }
}

/// An inmate of her own, and she waits for a time with him from this minute on.
async fn waits_from(s: &Stage, name: &str, minute: i64) -> Citizen {
    let (his, who) = s.beside(name).await;
    s.ctx.clock.set(NOON.plus_minutes(minute));
    alone(&his, &who).await;
    put(&s.ctx, &who, period()).await.unwrap().unwrap();
    who
}

async fn offered(ctx: &Ctx, who: &Citizen) -> Option<MyOffer> {
    list::waits(ctx, who).await.unwrap().into_iter().find_map(|wait| wait.offer)
}

async fn ended(ctx: &Ctx, who: &Citizen, wait: &Public<Wait>) -> Option<WaitEnd> {
    list::wait(ctx, who, wait).await.unwrap().unwrap().wait.ended.map(|(why, _)| why)
}

async fn state(ctx: &Ctx, offer: &Public<Offered>) -> Option<OfferState> {
    let (state,): (String,) = ctx.db.one(STATE_OF, args![offer]).await.unwrap();
    OfferState::parse(&state)
}

async fn wait_of(ctx: &Ctx, who: &Citizen) -> Public<Wait> {
    list::waits(ctx, who).await.unwrap()[0].public.clone()
}

async fn said_yes(ctx: &Ctx, who: &Citizen, offer: &MyOffer) -> Accepted {
    accept(ctx, who, offer.public.clone()).await.unwrap().expect("hers")
}

fn refusals(said: Accepted) -> Vec<&'static str> {
    let Accepted::Refused(found) = said else { panic!("{said:?}") };
    found.iter().map(Refusal::code).collect()
}

#[tokio::test]
async fn whoever_has_waited_longest_is_offered_it_and_a_no_or_no_answer_passes_it_on() {
    on_both_engines(async |portal| {
        let s = one_place(&portal).await;
        let ctx = &s.ctx;
        let hindered = waits_from(&s, "Hindered", 1).await;
        s.run(WITHDRAW, args![&hindered.person]).await;
        let (a, b) = (waits_from(&s, "A", 2).await, waits_from(&s, "B", 3).await);
        let c = waits_from(&s, "C", 4).await;
        let (his, direct) = s.beside("Direct").await;
        alone(&his, &direct).await;
        let place = free(ctx, &direct, SATURDAY).await[0].public.clone();
        assert_eq!(list::tend(ctx).await.unwrap(), Round { offered: 1, ..Round::default() });
        assert_eq!(list::tend(ctx).await.unwrap(), Round::default(), "again it is nothing");
        let to_a = offered(ctx, &a).await.expect("the first whom nothing hinders");
        assert_eq!(to_a.answer_by, NOON.plus_minutes(4 + 24 * 60));
        assert_eq!(codes(hold(ctx, &direct, place.clone()).await.unwrap()), ["session_gone"]);

        // No: the next has it in the same moment, and she is not asked again for the same time.
        assert_eq!(decline(ctx, &a, to_a.public.clone(), true).await.unwrap(), Some(true));
        let to_b = offered(ctx, &b).await.expect("the next");
        assert_eq!((offered(ctx, &a).await, offered(ctx, &c).await), (None, None));
        assert_eq!(codes(hold(ctx, &direct, place.clone()).await.unwrap()), ["session_gone"]);

        // No answer: the same, by the worker, and until then it is nobody else's either.
        ctx.clock.set(to_b.answer_by);
        assert_eq!(offered(ctx, &b).await, None, "it stands no more");
        assert_eq!(codes(hold(ctx, &direct, place.clone()).await.unwrap()), ["session_gone"]);
        assert_eq!(list::tend(ctx).await.unwrap().lapsed, 1);
        let to_c = offered(ctx, &c).await.expect("the last");
        assert_eq!(said_yes(ctx, &b, &to_b).await, Accepted::Over);
        assert_eq!(list::waits(ctx, &b).await.unwrap().len(), 1, "she keeps her place in the line");

        // Yes, twice: one visit, at the place that was kept.
        let wait = wait_of(ctx, &c).await;
        let (one, other) = tokio::join!(said_yes(ctx, &c, &to_c), said_yes(ctx, &c, &to_c));
        let Accepted::Booked(public) = one.clone() else { panic!("{one:?}") };
        assert_eq!((one, said_yes(ctx, &c, &to_c).await), (other.clone(), other));
        let seen = visit(ctx, &c, &public).await.unwrap().unwrap();
        assert_eq!((seen.visit.date, seen.visit.start.0), (day_of(SATURDAY), 660));
        assert_eq!(ended(ctx, &c, &wait).await, Some(WaitEnd::Booked));
        assert_eq!(codes(hold(ctx, &direct, place).await.unwrap()), ["session_gone"]);
        assert_eq!(
            (count(ctx, BOOKINGS).await, count(ctx, LETTERS).await, count(ctx, OFFERS).await),
            (1, 1, 3)
        );
        ctx.clock.set(NOON);
    })
    .await;
}

#[tokio::test]
async fn her_yes_is_judged_by_the_rules_and_told_in_their_words() {
    on_both_engines(async |portal| {
        let s = one_place(&portal).await;
        let ctx = &s.ctx;
        let a = waits_from(&s, "A", 1).await;
        let b = waits_from(&s, "B", 2).await;
        list::tend(ctx).await.unwrap();
        // Her leave is gone meanwhile.
        let to_a = offered(ctx, &a).await.unwrap();
        s.run(WITHDRAW, args![&a.person]).await;
        assert_eq!(refusals(said_yes(ctx, &a, &to_a).await), ["not_cleared"]);
        assert_eq!(state(ctx, &to_a.public).await, Some(OfferState::Refused));
        assert_eq!(said_yes(ctx, &a, &to_a).await, Accepted::Over);

        // He is elsewhere.
        let (his, c) = s.beside("C").await;
        alone(&his, &c).await;
        put(ctx, &c, period()).await.unwrap().unwrap();
        let to_b = offered(ctx, &b).await.expect("passed on");
        decline(ctx, &b, to_b.public, true).await.unwrap();
        let to_c = offered(ctx, &c).await.expect("passed on");
        s.run(MOVE, args![&his.inmate]).await;
        assert_eq!(refusals(said_yes(ctx, &c, &to_c).await), ["restricted"]);
        assert_eq!(count(ctx, OPEN).await, 0, "nobody is left whom it was not offered");
        assert_eq!(list::tend(ctx).await.unwrap().offered, 0);

        // She booked another time of the week herself: the offer did not hinder her, but the week is used.
        let d = waits_from(&s, "D", 3).await;
        list::tend(ctx).await.unwrap();
        let to_d = offered(ctx, &d).await.unwrap();
        s.run(FREE_LATER, vec![]).await;
        let asked = held(ctx, &d, SATURDAY, 0).await;
        confirm(ctx, &d, asked).await.unwrap().unwrap();
        assert_eq!(refusals(said_yes(ctx, &d, &to_d).await), ["week_used"]);
        assert_eq!(count(ctx, BOOKINGS).await, 1);
        let (taken,): (i64,) = ctx.db.one(TAKEN_THEN, args![SATURDAY]).await.unwrap();
        assert_eq!(taken, 0, "it was given back");
        ctx.clock.set(NOON);
    })
    .await;
}

#[tokio::test]
async fn a_cancelled_visit_is_offered_before_anybody_can_take_it() {
    on_both_engines(async |portal| {
        let s = one_place(&portal).await;
        let ctx = &s.ctx;
        let (his, first) = s.beside("First").await;
        let public = booked(&his, &first, SATURDAY, 0).await;
        let a = waits_from(&s, "A", 1).await;
        assert_eq!(list::tend(ctx).await.unwrap().offered, 0, "nothing is free");
        let target = Target { public, version: 1 };
        cancel(ctx, &first, target).await.unwrap().unwrap().unwrap();
        assert!(offered(ctx, &a).await.is_some(), "without a round of the worker");
        let (taken,): (i64,) = ctx.db.one(TAKEN_THEN, args![SATURDAY]).await.unwrap();
        assert_eq!(taken, 1);
        ctx.clock.set(NOON);
    })
    .await;
}

#[tokio::test]
async fn a_wait_is_replaced_taken_back_given_up_and_over() {
    on_both_engines(async |portal| {
        let s = one_place(&portal).await;
        let ctx = &s.ctx;
        assert_eq!(
            put(ctx, &s.beside("None").await.1, period()).await.unwrap(),
            None,
            "who comes is asked first"
        );
        let (a, b) = (waits_from(&s, "A", 1).await, waits_from(&s, "B", 2).await);
        let first = wait_of(ctx, &a).await;
        let same = put(ctx, &a, period()).await.unwrap().unwrap();
        assert_eq!((same.public, same.replaced), (first.clone(), false), "two clicks are one wait");
        list::tend(ctx).await.unwrap();
        let to_a = offered(ctx, &a).await.unwrap();
        let weekends = Period { suits: Suits::Weekends, ..period() };
        let anew = put(ctx, &a, weekends).await.unwrap().unwrap();
        assert!(anew.replaced && anew.public != first);
        assert_eq!(ended(ctx, &a, &first).await, Some(WaitEnd::Replaced));
        assert_eq!(state(ctx, &to_a.public).await, Some(OfferState::Withdrawn));
        assert!(offered(ctx, &b).await.is_some(), "who replaces hers stands at the end");

        take_back(ctx, &b, wait_of(ctx, &b).await).await.unwrap().unwrap();
        let to_a = offered(ctx, &a).await.expect("passed on");
        let other = s.beside("Other").await.1;
        assert_eq!(list::wait(ctx, &other, &anew.public).await.unwrap(), None, "another's wait is not there");
        assert_eq!(take_back(ctx, &other, anew.public.clone()).await.unwrap(), None);
        assert_eq!(list::offer(ctx, &other, &to_a.public).await.unwrap(), None);
        assert_eq!(accept(ctx, &other, to_a.public.clone()).await.unwrap(), None);
        assert_eq!(decline(ctx, &other, to_a.public.clone(), false).await.unwrap(), None);
        assert!(offered(ctx, &a).await.is_some(), "and stands as it stood");

        // She gives up her leave.
        let case = crate::visits::clearance::mine(ctx, &a).await.unwrap()[0].public.clone();
        give_up(ctx, &a, &case).await.unwrap().unwrap();
        assert_eq!(ended(ctx, &a, &anew.public).await, Some(WaitEnd::NoLeave));
        assert_eq!(state(ctx, &to_a.public).await, Some(OfferState::Withdrawn));

        // The period passes.
        let c = waits_from(&s, "C", 3).await;
        let wait = wait_of(ctx, &c).await;
        s.run(FILL, vec![]).await;
        ctx.clock.set(NOON.plus_days(30));
        assert!(list::waits(ctx, &c).await.unwrap().is_empty());
        assert_eq!(list::tend(ctx).await.unwrap(), Round { over: 1, ..Round::default() });
        assert_eq!((ended(ctx, &c, &wait).await, count(ctx, ENDED).await), (Some(WaitEnd::Over), 0));
        ctx.clock.set(NOON);
    })
    .await;
}

#[tokio::test]
async fn whoever_answers_none_of_three_offers_is_told_that_she_waits_no_longer() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let ctx = &s.ctx;
        let a = waits_from(&s, "A", 1).await;
        let wait = wait_of(ctx, &a).await;
        let mut seen = vec![];
        for _ in 0..3 {
            assert_eq!(ended(ctx, &a, &wait).await, None);
            list::tend(ctx).await.unwrap();
            let offer = offered(ctx, &a).await.expect("another time");
            ctx.clock.set(offer.answer_by);
            seen.push((offer.date, offer.start));
        }
        seen.dedup();
        assert_eq!(seen.len(), 3, "each time once");
        assert_eq!(list::tend(ctx).await.unwrap(), Round { lapsed: 1, ..Round::default() });
        assert_eq!((ended(ctx, &a, &wait).await, count(ctx, ENDED).await), (Some(WaitEnd::Unanswered), 1));
        assert_eq!(count(ctx, TAKEN).await, 0);
        ctx.clock.set(NOON);
    })
    .await;
}

#[tokio::test]
async fn two_who_wait_for_the_same_inmate_are_not_offered_what_one_alone_can_have() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let ctx = &s.ctx;
        let week = Period { first: day_of(SATURDAY), last: day_of(SATURDAY), suits: Suits::Weekends };
        let (maja, ruth) = (s.relative("Maja Fjellvik").await, s.relative("Ruth Tangvald").await);
        for who in [&maja, &ruth] {
            alone(&s, who).await;
            put(ctx, who, week).await.unwrap().unwrap();
        }
        assert_eq!(list::tend(ctx).await.unwrap().offered, 1, "he has one visit a week");
        let first = offered(ctx, &maja).await.expect("the first");
        decline(ctx, &maja, first.public, false).await.unwrap();
        assert!(offered(ctx, &ruth).await.is_some());
        assert_eq!(list::tend(ctx).await.unwrap().offered, 0);
    })
    .await;
}

pub const OFFER_ID: &str = "SELECT id FROM visit_offer WHERE public_id = $1";
pub const ROWS: &str = "SELECT CAST((SELECT COUNT(*) FROM visit_wait) + (SELECT COUNT(*) FROM visit_wait_party) \
    + (SELECT COUNT(*) FROM visit_offer) AS BIGINT)";

#[tokio::test]
async fn a_letter_tells_what_can_still_be_answered_and_what_has_ended_is_kept_for_its_days() {
    on_both_engines(async |portal| {
        let s = one_place(&portal).await;
        let ctx = &s.ctx;
        let (a, b) = (waits_from(&s, "A", 1).await, waits_from(&s, "B", 2).await);
        list::tend(ctx).await.unwrap();
        let to_a = offered(ctx, &a).await.unwrap();
        let (id,): (String,) = ctx.db.one(OFFER_ID, args![&to_a.public]).await.unwrap();
        let told = list::told(ctx, &a.person, &id).await.unwrap().expect("it stands");
        assert_eq!((told.date, told.start, told.answer_by), (to_a.date, to_a.start, to_a.answer_by));
        assert_eq!(list::told(ctx, &b.person, &id).await.unwrap(), None, "to her alone");
        decline(ctx, &a, to_a.public, false).await.unwrap();
        assert_eq!(list::told(ctx, &a.person, &id).await.unwrap(), None, "it is answered");

        let kind = crate::visits::keeping::KINDS.iter().find(|kind| kind.table == "visit_wait").unwrap();
        let erased = async |days: i64| {
            ctx.clock.set(NOON.plus_minutes(2).plus_days(days));
            crate::keeping::erase(ctx, kind).await.unwrap()
        };
        assert_eq!((erased(90).await, count(ctx, ROWS).await), (0, 6));
        assert_eq!((erased(91).await, count(ctx, ROWS).await), (1, 3), "what is open stays");
        ctx.clock.set(NOON);
    })
    .await;
}

/// Twenty at once for three places: two who say yes, one no, no answer to another, and who books directly.
#[tokio::test]
async fn f10_an_offer_is_raced_by_answers_by_the_worker_and_by_direct_bookings() {
    on_both_engines(async |portal| {
        let s = one_place(&portal).await;
        let ctx = &s.ctx;
        s.run(ROOM_FOR, args![3, SATURDAY]).await;
        let mut line = vec![];
        for n in 0..6 {
            line.push(waits_from(&s, &format!("In line {n}"), n).await);
        }
        let mut direct = vec![];
        for n in 0..6 {
            let (his, who) = s.beside(&format!("Direct {n}")).await;
            alone(&his, &who).await;
            let place = free(ctx, &who, SATURDAY).await[0].public.clone();
            direct.push((who, place));
        }
        ctx.clock.set(NOON.plus_minutes(30));
        assert_eq!(list::tend(ctx).await.unwrap().offered, 3);
        let mut offers = vec![];
        for who in &line[..3] {
            offers.push(offered(ctx, who).await.expect("an offer").public);
        }
        s.run(RUN_OUT, args![&offers[2]]).await;
        ctx.clock.set(NOON.plus_minutes(31));
        let mut running = tokio::task::JoinSet::new();
        for (n, one) in direct.into_iter().enumerate().take(5) {
            let (ctx, who, offer) = (s.ctx.clone(), line[0].clone(), offers[0].clone());
            running.spawn(async move { accept(&ctx, &who, offer).await.map(|said| format!("{said:?}")) });
            let (ctx, who, offer) = (s.ctx.clone(), line[1].clone(), offers[1].clone());
            running.spawn(async move { decline(&ctx, &who, offer, n % 2 == 0).await.map(|_| String::new()) });
            let ctx = s.ctx.clone();
            running.spawn(async move { list::tend(&ctx).await.map(|_| String::new()) });
            let (ctx, (who, place)) = (s.ctx.clone(), one);
            running.spawn(
                async move { hold(&ctx, &who, place).await.map(|held| format!("{:?}", held.is_ok())) },
            );
        }
        let told: Vec<String> =
            running.join_all().await.into_iter().map(|said| said.expect("nobody is thrown back")).collect();
        assert!(!told.iter().any(|said| said == "true"), "no direct booking slips between: {told:?}");
        list::tend(ctx).await.unwrap();
        let states =
            [state(ctx, &offers[0]).await, state(ctx, &offers[1]).await, state(ctx, &offers[2]).await];
        assert_eq!(states, [OfferState::Booked, OfferState::Declined, OfferState::Lapsed].map(Some));
        assert!(
            offered(ctx, &line[3]).await.is_some() && offered(ctx, &line[4]).await.is_some(),
            "the next two"
        );
        assert_eq!(offered(ctx, &line[5]).await, None);
        let (taken,): (i64,) = ctx.db.one(TAKEN_THEN, args![SATURDAY]).await.unwrap();
        let counted = (count(ctx, BOOKINGS).await, count(ctx, OPEN).await, count(ctx, HOLDS).await, taken);
        assert_eq!(counted, (1, 2, 0, 3));
        ctx.clock.set(NOON);
    })
    .await;
}

/// One place is free and somebody waits: the worker and who books directly want it in the same moment.
#[tokio::test]
async fn f10_the_last_place_goes_to_exactly_one() {
    on_both_engines(async |portal| {
        let s = one_place(&portal).await;
        let ctx = &s.ctx;
        let a = waits_from(&s, "A", 1).await;
        let mut direct = vec![];
        for n in 0..6 {
            let (his, who) = s.beside(&format!("Direct {n}")).await;
            alone(&his, &who).await;
            let place = free(ctx, &who, SATURDAY).await[0].public.clone();
            direct.push((who, place));
        }
        let mut running = tokio::task::JoinSet::new();
        for (who, place) in direct {
            let ctx = s.ctx.clone();
            running.spawn(async move { list::tend(&ctx).await.map(|_| false) });
            let ctx = s.ctx.clone();
            running.spawn(async move { hold(&ctx, &who, place).await.map(|held| held.is_ok()) });
        }
        let held = running
            .join_all()
            .await
            .into_iter()
            .filter(|got| *got.as_ref().expect("nobody is thrown back"))
            .count();
        let offers = usize::from(offered(ctx, &a).await.is_some());
        assert_eq!(held + offers, 1);
        let (taken,): (i64,) = ctx.db.one(TAKEN_THEN, args![SATURDAY]).await.unwrap();
        assert_eq!(taken, 1);
        ctx.clock.set(NOON);
    })
    .await;
}
