//! Reminded of a visit as she has chosen, once, and anew when it is moved.

use super::*;
use crate::testing::NOON;

pub const CHOOSE: &str = "UPDATE person SET remind = $2 WHERE id = $1";
pub const NEAR: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'visits.booking' \
    AND payload LIKE '%\"near\"%'";
pub const REMINDED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'visit_reminded'";

/// Her visit, and when it begins.
async fn visit_of_hers(s: &Stage, who: &Citizen) -> (Public<Booking>, domain::kernel::Instant) {
    let public = booked(s, who, SATURDAY, 0).await;
    let starts_at = visit(&s.ctx, who, &public).await.unwrap().unwrap().visit.starts_at;
    (public, starts_at)
}

#[tokio::test]
async fn each_choice_is_reminded_of_at_its_hours_and_once() {
    let table: [(&str, &[(i64, usize)]); 4] = [
        ("never", &[(-80, 0), (-72, 0), (-24, 0), (-1, 0)]),
        ("day", &[(-72, 0), (-25, 0), (-24, 1), (-23, 0)]),
        ("days", &[(-73, 0), (-72, 1), (-24, 0)]),
        ("both", &[(-73, 0), (-72, 1), (-71, 0), (-24, 1), (-1, 0)]),
    ];
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        for (choice, hours) in table {
            let who = s.relative(choice).await;
            s.ctx.clock.set(NOON);
            let (public, starts_at) = visit_of_hers(&s, &who).await;
            s.run(CHOOSE, args![&who.person, choice]).await;
            for (hour, letters) in hours {
                s.ctx.clock.set(starts_at.plus_minutes(60 * hour));
                assert_eq!(remind_due(&s.ctx).await.unwrap(), *letters, "{choice} at {hour}");
                assert_eq!(remind_due(&s.ctx).await.unwrap(), 0, "once: {choice} at {hour}");
            }
            s.ctx.clock.set(NOON);
            let seen = visit(&s.ctx, &who, &public).await.unwrap().unwrap();
            cancel(&s.ctx, &who, Target { public, version: seen.version }).await.unwrap().unwrap().unwrap();
        }
        assert_eq!((count(&s.ctx, NEAR).await, count(&s.ctx, REMINDED).await), (4, 4));
    })
    .await;
}

#[tokio::test]
async fn what_is_fresh_cancelled_or_over_is_not_reminded_of_and_what_was_moved_is_anew() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let who = s.relative("Maja Fjellvik").await;
        s.run(CHOOSE, args![&who.person, "both"]).await;
        let (public, starts_at) = visit_of_hers(&s, &who).await;
        s.ctx.clock.set(starts_at.plus_minutes(-30));
        assert_eq!(remind_due(&s.ctx).await.unwrap(), 1, "both were due; one letter");
        s.ctx.clock.set(starts_at.plus_minutes(-29));
        // Moved to the week after: reminded of anew, three days before it.
        let version = visit(&s.ctx, &who, &public).await.unwrap().unwrap().version;
        begin_change(&s.ctx, &who, Target { public: public.clone(), version })
            .await
            .unwrap()
            .unwrap()
            .unwrap();
        let asked = held(&s.ctx, &who, "2026-09-26", 0).await;
        confirm(&s.ctx, &who, asked).await.unwrap().unwrap();
        assert_eq!(remind_due(&s.ctx).await.unwrap(), 0);
        let moved = visit(&s.ctx, &who, &public).await.unwrap().unwrap();
        s.ctx.clock.set(moved.visit.starts_at.plus_minutes(-72 * 60));
        assert_eq!(remind_due(&s.ctx).await.unwrap(), 1);
        // Moved within the last day, to another hour: she has just chosen it.
        s.ctx.clock.set(moved.visit.starts_at.plus_minutes(-49 * 60));
        let target = Target { public: public.clone(), version: moved.version };
        begin_change(&s.ctx, &who, target).await.unwrap().unwrap().unwrap();
        let asked = held(&s.ctx, &who, "2026-09-26", 1).await;
        confirm(&s.ctx, &who, asked).await.unwrap().unwrap();
        assert_eq!(remind_due(&s.ctx).await.unwrap(), 0, "three days before it was not there yet");
        let last = visit(&s.ctx, &who, &public).await.unwrap().unwrap();
        cancel(&s.ctx, &who, Target { public, version: last.version }).await.unwrap().unwrap().unwrap();
        s.ctx.clock.set(last.visit.starts_at.plus_minutes(-20 * 60));
        assert_eq!(remind_due(&s.ctx).await.unwrap(), 0, "it is cancelled");
    })
    .await;
}

pub const BY_TEXT: &str = "UPDATE person SET by_text = 1 WHERE id = $1";
pub const TEXTS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'visits.text'";

#[tokio::test]
async fn whoever_wants_it_is_reminded_by_text_too() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        for (name, wants, texts) in [("Maja Fjellvik", false, 0), ("Ruth Fjellvik", true, 1)] {
            s.ctx.clock.set(NOON);
            let who = s.relative(name).await;
            s.run(CHOOSE, args![&who.person, "day"]).await;
            if wants {
                s.run(BY_TEXT, args![&who.person]).await;
            }
            let (public, starts_at) = visit_of_hers(&s, &who).await;
            s.ctx.clock.set(starts_at.plus_minutes(-24 * 60));
            assert_eq!(remind_due(&s.ctx).await.unwrap(), 1);
            assert_eq!(remind_due(&s.ctx).await.unwrap(), 0);
            assert_eq!(count(&s.ctx, TEXTS).await, texts, "{name}");
            let seen = visit(&s.ctx, &who, &public).await.unwrap().unwrap();
            cancel(&s.ctx, &who, Target { public, version: seen.version }).await.unwrap().unwrap().unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn what_the_unit_cancels_at_short_notice_is_told_by_text_and_nothing_else_is() {
    // Hours before the visit, who cancels, and whether a text goes out.
    let table = [(25, true, 0), (24, true, 1), (1, true, 1), (1, false, 0), (0, true, 0)];
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let mut texts = 0;
        for (n, (hours, by_unit, more)) in table.into_iter().enumerate() {
            s.ctx.clock.set(NOON);
            let who = s.relative(&format!("person {n}")).await;
            let (public, starts_at) = visit_of_hers(&s, &who).await;
            s.ctx.clock.set(starts_at.plus_minutes(-60 * hours));
            let version = visit(&s.ctx, &who, &public).await.unwrap().unwrap().version;
            if by_unit {
                super::priority::called_off(&s, &public, StaffReason::Staffing).await;
            } else {
                cancel(&s.ctx, &who, Target { public, version }).await.unwrap().unwrap().unwrap();
            }
            texts += more;
            assert_eq!(count(&s.ctx, TEXTS).await, texts, "{hours} hours before, by the unit: {by_unit}");
        }
    })
    .await;
}
