//! Another time or other people for a visit that is booked. Its times and places against a model: `visits::tests`.

use super::*;
use crate::testing::NOON;

async fn target(ctx: &Ctx, who: &Citizen, public: &Public<Booking>) -> Target {
    let seen = visit(ctx, who, public).await.unwrap().unwrap();
    Target { public: public.clone(), version: seen.version }
}

pub const MOVED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM booking_change";
pub const DELAYS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM visit_delay";
pub const STAFF: &str =
    "INSERT INTO staff_member (id, public_id, name, created_at) VALUES ('g', 'g', 'Geir', 0)";
pub const MARK: &str = "INSERT INTO visit_mark (id, booking_id, kind, at, written_at, staff_id, form_key) \
    SELECT 'm', id, 'arrived', 1, 1, 'g', 'm' FROM booking";
pub const UNDO: &str = "UPDATE visit_mark SET undone_at = 2, undone_by = 'g'";
pub const TELL_DELAY: &str =
    "INSERT INTO visit_delay (booking_id, minutes, told_at) SELECT id, 10, 1 FROM booking";

#[tokio::test]
async fn a_full_week_and_a_full_time_do_not_stand_in_the_way_of_her_own_visit() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        // The time at 11 has one place, which is hers, and the week one visit.
        let public = booked(&s, &maja, SATURDAY, 0).await;
        let before = visit(&s.ctx, &maja, &public).await.unwrap().unwrap();
        s.run(TELL_DELAY, vec![]).await;
        let ask = target(&s.ctx, &maja, &public).await;
        begin_change(&s.ctx, &maja, ask.clone()).await.unwrap().unwrap().unwrap();
        let times: Vec<u16> = free(&s.ctx, &maja, SATURDAY).await.iter().map(|t| t.start.0).collect();
        assert_eq!(times, [660, 780], "her own and the other one");
        let asked = held(&s.ctx, &maja, SATURDAY, 1).await;
        assert_eq!(count(&s.ctx, TAKEN).await, 2, "the old place is kept");
        assert_eq!(confirm(&s.ctx, &maja, asked.clone()).await.unwrap().unwrap(), public);
        assert_eq!(confirm(&s.ctx, &maja, asked).await.unwrap().unwrap(), public, "and said twice");
        let after = visit(&s.ctx, &maja, &public).await.unwrap().unwrap();
        assert_eq!((after.reference.clone(), after.visit.start.0), (before.reference, 780));
        assert_eq!((after.version, after.moved_from), (2, Some(before.visit.starts_at)));
        let ctx = &s.ctx;
        assert_eq!(
            (count(ctx, TAKEN).await, count(ctx, BOOKINGS).await, count(ctx, DRAFTS).await),
            (1, 1, 0)
        );
        assert_eq!((count(ctx, LETTERS).await, count(ctx, TRACES).await), (2, 2));
        assert_eq!(
            (count(ctx, MOVED).await, count(ctx, DELAYS).await),
            (1, 0),
            "what she told the gate is void"
        );
        let stale = begin_change(ctx, &maja, ask).await.unwrap().unwrap();
        assert_eq!(stale, Err(CancelRefusal::Stale));
        let other = s.relative("Ruth Tangvald").await;
        let ask = target(ctx, &maja, &public).await;
        assert_eq!(begin_change(ctx, &other, ask).await.unwrap(), None, "another's visit is not there");
    })
    .await;
}

#[tokio::test]
async fn the_people_are_changed_and_the_time_is_kept_to_the_last_hour() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        let ask_child = s.child(&maja, "Ask Fjellvik", "2020-03-01").await;
        let public = booked(&s, &maja, SATURDAY, 0).await;
        let starts_at = visit(&s.ctx, &maja, &public).await.unwrap().unwrap().visit.starts_at;
        s.ctx.clock.set(starts_at.plus_minutes(-30));
        let change = target(&s.ctx, &maja, &public).await;
        begin_change(&s.ctx, &maja, change.clone()).await.unwrap().unwrap().unwrap();
        let both = vec![s.public_of(&maja.person).await, s.public_of(&ask_child).await];
        choose_party(&s.ctx, &maja, s.inmate_public.clone(), both).await.unwrap().unwrap();
        let times: Vec<u16> = free(&s.ctx, &maja, SATURDAY).await.iter().map(|t| t.start.0).collect();
        assert_eq!(times, [660], "the other time of today is not to be had any more");
        let asked = held(&s.ctx, &maja, SATURDAY, 0).await;
        assert_eq!(count(&s.ctx, TAKEN).await, 1, "no other place is taken");
        assert_eq!(confirm(&s.ctx, &maja, asked).await.unwrap().unwrap(), public);
        let after = visit(&s.ctx, &maja, &public).await.unwrap().unwrap();
        assert_eq!((after.people.len(), after.visit.start.0, after.moved_from), (2, 660, None));
        assert_eq!((count(&s.ctx, LETTERS).await, count(&s.ctx, TAKEN).await), (2, 1));
        let change = target(&s.ctx, &maja, &public).await;
        s.run(STAFF, vec![]).await;
        s.run(MARK, vec![]).await;
        let come = begin_change(&s.ctx, &maja, change.clone()).await.unwrap().unwrap();
        assert_eq!(come, Err(CancelRefusal::TooLate), "she stands at the gate already");
        s.run(UNDO, vec![]).await;
        begin_change(&s.ctx, &maja, change).await.unwrap().unwrap().unwrap();
        s.ctx.clock.set(starts_at);
        let change = target(&s.ctx, &maja, &public).await;
        let late = begin_change(&s.ctx, &maja, change).await.unwrap().unwrap();
        assert_eq!(late, Err(CancelRefusal::TooLate));
        s.ctx.clock.set(NOON);
    })
    .await;
}

#[tokio::test]
async fn what_the_unit_cancelled_meanwhile_is_not_changed() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        let public = booked(&s, &maja, SATURDAY, 0).await;
        let change = target(&s.ctx, &maja, &public).await;
        begin_change(&s.ctx, &maja, change.clone()).await.unwrap().unwrap().unwrap();
        let asked = held(&s.ctx, &maja, SATURDAY, 0).await;
        cancel(&s.ctx, &maja, change).await.unwrap().unwrap().unwrap();
        assert_eq!(codes(confirm(&s.ctx, &maja, asked).await.unwrap()), ["change_gone"]);
        let shown = draft(&s.ctx, &maja).await.unwrap().unwrap().changes.unwrap();
        assert!(!shown.open, "her page says so");
        discard(&s.ctx, &maja, None).await.unwrap().unwrap();
        assert_eq!((count(&s.ctx, TAKEN).await, count(&s.ctx, DRAFTS).await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn she_is_told_of_looks_at_the_days_on_which_it_stood() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let (maja, gate) = (s.relative("Maja Fjellvik").await, officer(&s, Role::GateOfficer, true));
        let next = "2026-09-26";
        let public = booked(&s, &maja, SATURDAY, 0).await;
        let seen = async |minute: i64, date: &str| {
            s.ctx.clock.set(NOON.plus_minutes(minute));
            day(&s.ctx, &gate, None, day_of(date)).await.unwrap().unwrap();
        };
        seen(1, SATURDAY).await;
        seen(2, next).await;
        let change = target(&s.ctx, &maja, &public).await;
        begin_change(&s.ctx, &maja, change).await.unwrap().unwrap().unwrap();
        let asked = held(&s.ctx, &maja, next, 0).await;
        s.ctx.clock.set(NOON.plus_minutes(3));
        confirm(&s.ctx, &maja, asked).await.unwrap().unwrap();
        seen(4, SATURDAY).await;
        seen(5, next).await;
        let told: Vec<_> = looks(&s.ctx, &maja, &public).await.unwrap().iter().map(|look| look.at).collect();
        assert_eq!(told, [NOON.plus_minutes(5), NOON.plus_minutes(1)]);
        let all = crate::visits::held::looks(&s.ctx, &maja).await.unwrap();
        assert_eq!(all.iter().map(|look| look.at).collect::<Vec<_>>(), told, "the same over all slices");
        s.ctx.clock.set(NOON);
    })
    .await;
}
