//! The unit cancels: its visitor is first when she books anew, and is rung if she may not know.

use super::*;
use crate::db::Value;

/// Of the unit of the stage, by the command that staff use.
pub(super) async fn called_off(s: &Stage, public: &Public<Booking>, reason: StaffReason) {
    let staff = officer(s, Role::CaseOfficer, true);
    cancel_by_unit(&s.ctx, &staff, Target { public: public.clone(), version: 1 }, reason)
        .await
        .unwrap()
        .unwrap()
        .unwrap();
}

async fn last_day(s: &Stage, who: &Citizen) -> (CivilDate, Option<CivilDate>) {
    alone(s, who).await;
    let found = available(&s.ctx, who).await.unwrap().unwrap();
    (found.window.unwrap().1, found.priority.map(|first| first.until))
}

#[tokio::test]
async fn whose_visit_the_unit_cancels_may_choose_days_that_others_may_not_yet() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let (maja, ruth) = (s.relative("Maja Fjellvik").await, s.relative("Ruth Tangvald").await);
        let (usual, none) = last_day(&s, &ruth).await;
        assert_eq!(none, None);
        let public = booked(&s, &maja, SATURDAY, 0).await;
        called_off(&s, &public, StaffReason::Staffing).await;
        let today = s.ctx.now().date();
        let until = today.plus_days(14);
        assert_eq!(last_day(&s, &maja).await, (usual.plus_days(14), Some(until)));
        assert_eq!(last_day(&s, &ruth).await, (usual, None), "others see no more than before");
        // A Saturday that is hers alone: it is held and confirmed by the same rule.
        let ahead = (1..=14).map(|n| usual.plus_days(n)).find(|day| day.weekday() == 6).unwrap();
        let session = free(&s.ctx, &maja, &ahead.iso()).await[0].public.clone();
        assert_eq!(codes(hold(&s.ctx, &ruth, session).await.unwrap()), ["window"]);
        let asked = held(&s.ctx, &maja, &ahead.iso(), 0).await;
        let again = confirm(&s.ctx, &maja, asked).await.unwrap().unwrap();
        assert_eq!(last_day(&s, &maja).await, (usual, None), "once she has booked she is as others");
        // Another cancellation counts from its own day, and ends with its last.
        called_off(&s, &again, StaffReason::Illness).await;
        s.ctx.clock.set(s.ctx.now().plus_days(14));
        assert_eq!(last_day(&s, &maja).await.1, Some(until));
        s.ctx.clock.set(s.ctx.now().plus_days(1));
        assert_eq!(last_day(&s, &maja).await.1, None);
    })
    .await;
}

#[tokio::test]
async fn a_cancellation_that_is_hers_makes_nobody_first() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        for reason in [StaffReason::VisitorAsked, StaffReason::Clearance] {
            let public = booked(&s, &maja, SATURDAY, 0).await;
            called_off(&s, &public, reason).await;
            assert_eq!(last_day(&s, &maja).await.1, None, "{reason:?}");
        }
        let public = booked(&s, &maja, SATURDAY, 0).await;
        cancel(&s.ctx, &maja, Target { public, version: 1 }).await.unwrap().unwrap().unwrap();
        assert_eq!(last_day(&s, &maja).await.1, None);
    })
    .await;
}

const TO_RING: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'visit_rung'";

/// The kind of every row on the list of the unit's officer, and why.
async fn to_ring(s: &Stage) -> Vec<String> {
    let now = s.ctx.now();
    let values: Vec<Value> = args![
        format!(" {} ", s.unit),
        " visit_ring ",
        "nobody",
        " mine nobody others ",
        i64::MIN / 2,
        "",
        i64::MAX / 2,
        now.date(),
        100_i64
    ];
    let rows: Vec<RingRow> = s.ctx.db.all(work::ROWS, values).await.unwrap();
    rows.into_iter().map(|row| row.why).collect()
}

#[derive(sqlx::FromRow)]
struct RingRow {
    why: String,
}

const ADDRESS: &str = "INSERT INTO contact (id, person_id, kind, sealed, confirmed_at, created_at) VALUES ($1, $1, 'email', $2, 1, 1)";

#[tokio::test]
async fn whoever_may_not_know_is_rung_until_she_has_read_it() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let ctx = &s.ctx;
        let (maja, ruth) = (s.relative("Maja Fjellvik").await, s.relative("Ruth Tangvald").await);
        s.run(ADDRESS, args![&ruth.person, vec![0_u8]]).await;
        // In good time: only whom no letter reaches.
        let hers = booked(&s, &maja, SATURDAY, 0).await;
        called_off(&s, &hers, StaffReason::Staffing).await;
        let of_ruth = booked(&s, &ruth, SATURDAY, 0).await;
        called_off(&s, &of_ruth, StaffReason::Staffing).await;
        assert_eq!(to_ring(&s).await, ["unreached"]);
        // With little time left both are rung; to a visitor who asked for it nobody has anything to say.
        let at = domain::kernel::Instant::of_wall(day_of("2026-09-18"), domain::kernel::Clock(1080));
        let late = booked(&s, &ruth, SATURDAY, 0).await;
        ctx.clock.set(at);
        called_off(&s, &late, StaffReason::Illness).await;
        assert_eq!(to_ring(&s).await, ["unreached", "short"]);

        let (gate, other) = (officer(&s, Role::GateOfficer, true), officer(&s, Role::CaseOfficer, false));
        for (who, staff) in [("the gate", &gate), ("another unit", &other)] {
            assert_eq!(rung(ctx, staff, &hers).await.unwrap(), None, "{who}");
        }
        let staff = officer(&s, Role::CaseOfficer, true);
        let seen = staff_visit(ctx, &staff, &hers).await.unwrap().unwrap();
        assert!(seen.to_ring && !seen.reachable);
        assert_eq!(rung(ctx, &staff, &hers).await.unwrap(), Some(true));
        assert_eq!(rung(ctx, &staff, &hers).await.unwrap(), Some(false), "once");
        assert_eq!((to_ring(&s).await, count(ctx, TO_RING).await), (vec!["short".to_owned()], 1));
        // Another's look is not hers.
        let seen = visit(ctx, &ruth, &late).await.unwrap().unwrap();
        read_off(ctx, &maja, &seen).await.unwrap();
        assert_eq!(to_ring(&s).await.len(), 1);
        read_off(ctx, &ruth, &seen).await.unwrap();
        assert!(to_ring(&s).await.is_empty() && visit(ctx, &ruth, &late).await.unwrap().unwrap().off_seen);
        assert_eq!(rung(ctx, &staff, &late).await.unwrap(), Some(false), "she knows");
    })
    .await;
}
