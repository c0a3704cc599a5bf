use domain::visits::booking::Several;

use super::*;
use crate::visits::booking::{Target, cancel, my_visits};

async fn both(ctx: &Ctx, staff: &Staff, what: Several) -> PlanChange {
    let times = plan(ctx, staff, None).await.unwrap().unwrap().times;
    let (seen, times) = (stamp(&times), times.into_iter().map(|time| time.public).collect());
    PlanChange::Several { seen, times, what }
}

fn pause(first: &str, last: &str) -> Several {
    Several::Pause { first: day(first), last: day(last) }
}

async fn booked(stage: &Stage, who: &Citizen, on: &str) {
    let asked = held(stage, who, on).await;
    confirm(&stage.ctx, who, asked).await.unwrap().unwrap();
}

#[tokio::test]
async fn fewer_places_keep_who_came_first_and_give_none_away_again() {
    on_both_engines(async |portal| {
        let (ctx, unit) = (&portal.ctx, portal.unit("lyngmo").await);
        let (one, two) = (Stage::new(ctx, unit.clone()).await, Stage::new(ctx, unit).await);
        let astrid = officer(&portal, Role::UnitAdmin, &one.unit);
        let (maja, eirik) = (one.relative("Maja Fjellvik").await, two.relative("Eirik Fjellvik").await);
        let three = Stage::new(ctx, one.unit.clone()).await;
        let ruth = three.relative("Ruth Tangvald").await;
        for (stage, who) in [(&one, &maja), (&two, &eirik)] {
            booked(stage, who, "2026-09-12").await;
            ctx.clock.set(ctx.now().plus_minutes(1));
        }
        let fewer = both(ctx, &astrid, Several::Places(1)).await;
        let found = preview(ctx, &astrid, "lyngmo", &fewer).await.unwrap().unwrap().unwrap();
        let on: Vec<_> = found.visits.iter().map(|(v, touch)| (v.in_session, *touch)).collect();
        assert_eq!(on, [(2, Touch::Full)], "who came second, and not the other");
        for touched in [1, 0] {
            assert_eq!(carry(ctx, &astrid, fewer.clone()).await, Some(Ok(touched)), "a double click too");
        }
        assert_eq!(count(ctx, TRACES).await, 2, "one a time of the week");
        assert_eq!(doubts_on(ctx, &astrid, "2026-09-12").await, [Doubt::Plan(Touch::Full)]);
        let hers = my_visits(ctx, &maja).await.unwrap();
        let target = Target { public: hers[0].public.clone(), version: 1 };
        cancel(ctx, &maja, target).await.unwrap().unwrap().unwrap();
        assert_eq!(doubts_on(ctx, &astrid, "2026-09-12").await, [], "there is room for who is left");
        let free = ["2026-09-05", "2026-09-19", "2026-09-26"];
        assert_eq!(free_at_13(&three, &ruth).await, free, "and for nobody more");
        let more = both(ctx, &astrid, Several::Places(3)).await;
        assert_eq!(carry(ctx, &astrid, more).await, Some(Ok(0)));
        assert_eq!(free_at_13(&three, &ruth).await.len(), 4, "more than the session was made with");
        booked(&three, &ruth, "2026-09-12").await;
    })
    .await;
}

#[tokio::test]
async fn what_is_not_held_for_a_while_is_offered_to_nobody_and_taken_back_before_it_begins() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let stage = Stage::new(ctx, portal.unit("lyngmo").await).await;
        let astrid = officer(&portal, Role::UnitAdmin, &stage.unit);
        let (maja, ruth) = (stage.relative("Maja Fjellvik").await, stage.relative("Ruth Tangvald").await);
        booked(&stage, &maja, "2026-09-12").await;
        let all = count(ctx, SESSIONS).await;
        let change = both(ctx, &astrid, pause("2026-09-07", "2026-09-20")).await;
        assert_eq!(carry(ctx, &astrid, change.clone()).await, Some(Ok(1)));
        assert_eq!(carry(ctx, &astrid, change).await, Some(Ok(0)), "the second click");
        assert_eq!(count(ctx, SESSIONS).await, all - 3, "but for the booked one");
        assert_eq!(tend(ctx).await.unwrap(), Tended::default(), "and the worker makes none");
        assert_eq!(doubts_on(ctx, &astrid, "2026-09-12").await, [Doubt::Plan(Touch::Paused)]);
        let eirik = Stage::new(ctx, stage.unit.clone()).await;
        let late = eirik.relative("Eirik Fjellvik").await;
        assert_eq!(free_at_13(&eirik, &late).await, ["2026-09-05", "2026-09-26"], "the second table neither");
        let shown = told(ctx).await.paused;
        assert_eq!(
            shown.iter().map(|p| (p.first.iso(), p.times.len())).collect::<Vec<_>>(),
            [("2026-09-07".to_owned(), 2)]
        );
        let meets = both(ctx, &astrid, pause("2026-09-20", "2026-10-01")).await;
        assert_eq!(carry(ctx, &astrid, meets).await, Some(Err(PlanRefusal::PausedBefore)));
        let days = (day("2026-09-07"), day("2026-09-20"));
        let reader = officer(&portal, Role::CaseOfficer, &stage.unit);
        assert_eq!(resume(ctx, &reader, "lyngmo", days).await.unwrap(), None);
        for _ in 0..2 {
            assert_eq!(resume(ctx, &astrid, "lyngmo", days).await.unwrap(), Some(Ok(())));
        }
        assert_eq!((count(ctx, SESSIONS).await, count(ctx, TRACES).await), (all, 3));
        assert_eq!(doubts_on(ctx, &astrid, "2026-09-12").await, []);
        assert_eq!(free_at_13(&stage, &ruth).await.len(), 3, "all but the week that is hers");
        let again = both(ctx, &astrid, pause("2026-09-07", "2026-09-20")).await;
        carry(ctx, &astrid, again).await.unwrap().unwrap();
        ctx.clock.set(NOON.plus_days(6));
        assert_eq!(resume(ctx, &astrid, "lyngmo", days).await.unwrap(), Some(Err(PlanRefusal::Begun)));
        let today = ctx.now().date();
        assert_eq!(open_day(ctx, &astrid, "lyngmo", today).await.unwrap(), Some(Err(PlanRefusal::Begun)));
    })
    .await;
}

#[tokio::test]
async fn several_times_are_changed_as_they_were_seen_or_none() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let stage = Stage::new(ctx, portal.unit("lyngmo").await).await;
        let astrid = officer(&portal, Role::UnitAdmin, &stage.unit);
        let maja = stage.relative("Maja Fjellvik").await;
        let ending = both(ctx, &astrid, Several::Last(day("2026-09-10"))).await;
        let PlanChange::Several { seen, times, what } = ending.clone() else { unreachable!() };
        let theirs = PlanChange::Several {
            seen: seen.clone(),
            times: vec![times[0].clone(), ctx.chance.public()],
            what,
        };
        assert_eq!(carry(ctx, &astrid, theirs).await, Some(Err(PlanRefusal::Stale)), "another unit's");
        // Somebody was offered a time and said no: her offer still names it.
        booked(&stage, &maja, "2026-09-05").await;
        stage.run(WAIT, crate::args![&maja.person, &stage.inmate, &stage.unit]).await;
        assert_eq!(stage.run(OFFERS, vec![]).await, 1);
        carry(ctx, &astrid, both(ctx, &astrid, Several::Places(4)).await).await.unwrap().unwrap();
        assert_eq!(carry(ctx, &astrid, ending).await, Some(Err(PlanRefusal::Stale)), "seen before");
        let ending = both(ctx, &astrid, what).await;
        assert_eq!(carry(ctx, &astrid, ending).await, Some(Ok(0)));
        assert_eq!(count(ctx, LEFT).await, 1, "the offered one");
        let ended = plan(ctx, &astrid, None).await.unwrap().unwrap().times;
        assert!(ended.iter().all(|time| time.template.valid_to == Some(day("2026-09-10"))));
    })
    .await;
}

pub const WAIT: &str = "INSERT INTO visit_wait (id, public_id, person_id, inmate_id, unit_id, first_day, last_day, suits, \
    created_at) VALUES ('w', 'w', $1, $2, $3, '2026-09-01', '2026-09-30', 'any', 1)";
pub const OFFERS: &str = "INSERT INTO visit_offer (id, public_id, wait_id, session_id, made_at, answer_by, state, answered_at) \
    SELECT 'o', 'o', 'w', s.id, 1, 2, 'declined', 1 FROM visit_session s WHERE s.date = '2026-09-19' AND s.start_minute = 660";
pub const LEFT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM visit_session WHERE date > '2026-09-10'";
