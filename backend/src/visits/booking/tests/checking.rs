//! Booked visits are looked at again, and what was found is settled.

use domain::visits::booking::Settled;

use super::*;
use crate::db::Value;

/// Once a day, and at once after what has changed.
async fn looked_at(s: &Stage) -> usize {
    check_ahead(&s.ctx).await.unwrap()
}

async fn found(ctx: &Ctx, public: &Public<Booking>) -> String {
    ctx.db.one::<(String,)>("SELECT doubts FROM booking WHERE public_id = $1", args![public]).await.unwrap().0
}

/// What stands on the list of the unit's officer.
async fn to_settle(s: &Stage) -> usize {
    let values: Vec<Value> = args![
        format!(" {} ", s.unit),
        " visit_settle ",
        "nobody",
        " mine nobody others ",
        i64::MIN / 2,
        "",
        i64::MAX / 2,
        s.ctx.now().date(),
        100_i64
    ];
    s.ctx.db.all::<Why>(work::DOUBTS, values).await.unwrap().len()
}

#[derive(sqlx::FromRow)]
#[expect(dead_code, reason = "rows are counted")]
struct Why {
    why: String,
}

const SETTLED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'visit_settled'";

#[tokio::test]
async fn what_changes_after_a_booking_is_found_and_told_to_the_unit_alone() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let ctx = &s.ctx;
        let maja = s.relative("Maja Fjellvik").await;
        let public = booked(&s, &maja, SATURDAY, 0).await;
        let before = visit(ctx, &maja, &public).await.unwrap();
        assert_eq!(
            (looked_at(&s).await, looked_at(&s).await, found(ctx, &public).await),
            (1, 0, String::new())
        );
        // What a change has asked for is looked at in the next round; without it tomorrow.
        s.run(RESTRICT, args![&s.inmate, "visit_ban"]).await;
        assert_eq!(looked_at(&s).await, 0);
        recheck_of(ctx, s.inmate.as_str()).await.unwrap();
        assert_eq!((looked_at(&s).await, found(ctx, &public).await), (1, "banned".into()));
        s.run(WITHDRAW, args![&maja.person]).await;
        block_day(ctx, &crate::ctx::Actor::System, &s.unit, day_of(SATURDAY), "Planleggingsdag")
            .await
            .unwrap();
        assert_eq!((looked_at(&s).await, found(ctx, &public).await), (1, "banned closed not_cleared".into()));
        assert_eq!(to_settle(&s).await, 1);
        assert_eq!(visit(ctx, &maja, &public).await.unwrap(), before, "to her nothing has changed");
        assert_eq!(count(ctx, LETTERS).await, 1, "of the booking");

        s.run("DELETE FROM blocked_date", vec![]).await;
        recheck_of(ctx, s.inmate.as_str()).await.unwrap();
        assert_eq!((looked_at(&s).await, found(ctx, &public).await), (1, "banned not_cleared".into()));
        let staff = officer(&s, Role::CaseOfficer, true);
        let target = |version| Target { public: public.clone(), version };
        assert_eq!(
            settle(ctx, &staff, target(2), Settled::Agreed).await.unwrap(),
            Some(false),
            "as she saw it"
        );
        for (who, other) in [
            ("the gate", officer(&s, Role::GateOfficer, true)),
            ("far", officer(&s, Role::CaseOfficer, false)),
        ] {
            assert_eq!(settle(ctx, &other, target(1), Settled::Agreed).await.unwrap(), None, "{who}");
        }
        assert_eq!(settle(ctx, &staff, target(1), Settled::Agreed).await.unwrap(), Some(true));
        assert_eq!(settle(ctx, &staff, target(1), Settled::Agreed).await.unwrap(), Some(false), "once");
        assert_eq!((to_settle(&s).await, count(ctx, SETTLED).await), (0, 1));
        // What was let stand stays so while it is found; something else is told.
        s.ctx.clock.set(ctx.now().plus_days(1));
        assert_eq!((looked_at(&s).await, found(ctx, &public).await), (1, String::new()));
        s.run(MOVE, args![&s.inmate]).await;
        recheck_of(ctx, s.inmate.as_str()).await.unwrap();
        assert_eq!((looked_at(&s).await, found(ctx, &public).await), (1, "not_here".into()));
        let seen = staff_visit(ctx, &staff, &public).await.unwrap().unwrap();
        assert!(seen.unsettled && seen.row.doubts.len() == 3);
        cancel(ctx, &maja, target(1)).await.unwrap().unwrap().unwrap();
        assert_eq!(to_settle(&s).await, 0, "it does not take place");
    })
    .await;
}

#[tokio::test]
async fn what_lies_far_ahead_waits() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        booked(&s, &maja, SATURDAY, 0).await;
        s.run("UPDATE rule SET value = '3' WHERE key = 'booking.check_days'", vec![]).await;
        assert_eq!(looked_at(&s).await, 0, "not yet");
        s.ctx.clock.set(domain::kernel::Instant::of_wall(day_of("2026-09-16"), domain::kernel::Clock(720)));
        assert_eq!((looked_at(&s).await, looked_at(&s).await), (1, 0));
    })
    .await;
}
