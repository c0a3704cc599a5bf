use domain::visits::booking::{
    SessionKind,
    bringing::{BringForm, BringReason, BringState, What},
};

use super::{
    super::{Acting, Citizen, VisitSession, Wish, book_under, tests::Scene},
    *,
};
use crate::{
    testing::on_both_engines,
    visits::booking::{Target, cancel, day as unit_day},
};

fn form(what: &str, detail: &str) -> BringForm {
    BringForm { what: what.into(), detail: detail.into() }
}

/// A room booked by a lawyer, and she.
async fn booked(scene: &Scene) -> (Citizen, Public<Booking>) {
    let (ada, _) = scene.lawyer("ada", "2026-12-31").await;
    let session = scene.on(&ada, "2026-09-03").await;
    let visit = scene.book(&ada, &session).await.unwrap().unwrap();
    (ada, visit)
}

async fn asks(scene: &Scene, who: &Citizen, visit: &Public<Booking>, form: &BringForm) -> Asked {
    let ctx = &scene.s.ctx;
    ask(ctx, &who.into(), visit, &ctx.chance.public(), form).await.unwrap()
}

async fn states(ctx: &Ctx, visit: &Public<Booking>) -> Vec<BringState> {
    of_visit(ctx, visit).await.unwrap().into_iter().map(|bring| bring.state).collect()
}

const LETTERS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'visits.bringing'";
const TRACES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action LIKE 'visit_bring_%'";
const LAPSED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM visit_bring WHERE state = 'lapsed'";

#[tokio::test]
async fn an_interpreter_is_asked_for_once_and_the_unit_thinks_again() {
    on_both_engines(async |portal| {
        let scene = Scene::new(&portal).await;
        let (ctx, unni) = (&scene.s.ctx, &scene.unni);
        let (ada, visit) = booked(&scene).await;
        let key = ctx.chance.public();
        let polish = form("interpreter", " polsk, Nora Eng ");
        for _ in 0..2 {
            assert_eq!(ask(ctx, &(&ada).into(), &visit, &key, &polish).await.unwrap(), Some(Ok(())));
        }
        let all = of_visit(ctx, &visit).await.unwrap();
        assert_eq!(all.len(), 1, "the second click");
        assert_eq!((all[0].what, all[0].detail.as_str()), (What::Interpreter, "polsk, Nora Eng"));
        let wrong = asks(&scene, &ada, &visit, &form("dog", "")).await.unwrap().unwrap_err();
        let Unasked::Form(errors) = wrong else { panic!("{wrong:?}") };
        assert_eq!(errors.len(), 2);

        let shown = staff_bring(ctx, unni, &key).await.unwrap().unwrap();
        assert_eq!((shown.lawyer.as_str(), shown.inmate.as_str()), ("ada", "Even Fjellvik"));
        assert!(shown.is_ahead && shown.bring.state == BringState::Open);
        let (yes, no) = (BringState::Approved, BringState::Rejected(BringReason::Security));
        for (how, expected, letters) in
            [(yes, Answered::Saved, 1), (yes, Answered::Before, 1), (no, Answered::Saved, 2)]
        {
            assert_eq!(answer(ctx, unni, &key, how).await.unwrap(), Some(expected));
            assert_eq!((states(ctx, &visit).await, scene.count(LETTERS).await), (vec![how], letters));
        }
        // Whoever opens the door reads it with the visit.
        let day = unit_day(ctx, unni, Some("lyngmo"), shown.date).await.unwrap().unwrap();
        let mut rows = day.slots.into_iter().flat_map(|slot| slot.rows);
        let row = rows.find(|row| row.kind == SessionKind::Lawyer).unwrap();
        assert_eq!((row.brings.len(), row.brings[0].state), (1, no));

        assert_eq!(withdraw(ctx, &(&ada).into(), &visit, &key).await.unwrap(), Some(true));
        assert_eq!(withdraw(ctx, &(&ada).into(), &visit, &key).await.unwrap(), Some(false));
        assert_eq!(answer(ctx, unni, &key, yes).await.unwrap(), Some(Answered::Over));
        assert!(of_visit(ctx, &visit).await.unwrap().is_empty());
        assert_eq!(scene.count(TRACES).await, 4, "asked, yes, no, taken back");
    })
    .await;
}

#[tokio::test]
async fn a_visit_has_five_at_most_and_none_is_anybody_elses() {
    on_both_engines(async |portal| {
        let scene = Scene::new(&portal).await;
        let ctx = &scene.s.ctx;
        let (ada, visit) = booked(&scene).await;
        for n in 0..5 {
            let one = form("other", &format!("ting {n}"));
            assert_eq!(asks(&scene, &ada, &visit, &one).await, Some(Ok(())));
        }
        let one = form("computer", "PC");
        assert_eq!(asks(&scene, &ada, &visit, &one).await, Some(Err(Unasked::Many { most: 5 })));

        let bring = of_visit(ctx, &visit).await.unwrap().remove(0).public;
        let (bo, _) = scene.lawyer("bo", "2026-12-31").await;
        assert_eq!(asks(&scene, &bo, &visit, &one).await, None, "another lawyer of the same client");
        assert_eq!(withdraw(ctx, &(&bo).into(), &visit, &bring).await.unwrap(), None);
        // The key of another visit's row changes nothing there.
        let friday = scene.on(&bo, "2026-09-09").await;
        let his = scene.book(&bo, &friday).await.unwrap().unwrap();
        assert_eq!(ask(ctx, &(&bo).into(), &his, &bring, &one).await.unwrap(), None);
        assert!(of_visit(ctx, &his).await.unwrap().is_empty());
        assert_eq!(of_visit(ctx, &visit).await.unwrap().len(), 5);

        // Another unit's officer, and one whose duty it is not.
        portal.unit("havn").await;
        let mut elsewhere = scene.unni.clone();
        elsewhere.units.retain(|unit| *unit != scene.s.unit);
        let mut gate = scene.unni.clone();
        gate.roles = vec![domain::access::Role::GateOfficer];
        for staff in [&elsewhere, &gate] {
            assert_eq!(staff_bring(ctx, staff, &bring).await.unwrap(), None);
            assert_eq!(answer(ctx, staff, &bring, BringState::Approved).await.unwrap(), None);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_asked_for_goes_along_when_the_room_is_moved_and_lapses_when_it_is_called_off() {
    on_both_engines(async |portal| {
        let scene = Scene::new(&portal).await;
        let (ctx, unni) = (&scene.s.ctx, &scene.unni);
        let (ada, visit) = booked(&scene).await;
        for (what, how) in [("interpreter", Some(BringState::Approved)), ("computer", None)] {
            let key = ctx.chance.public();
            assert_eq!(
                ask(ctx, &(&ada).into(), &visit, &key, &form(what, "en")).await.unwrap(),
                Some(Ok(()))
            );
            if let Some(how) = how {
                answer(ctx, unni, &key, how).await.unwrap();
            }
        }
        let session: Public<VisitSession> = scene.on(&ada, "2026-09-09").await;
        let wish = Wish {
            inmate: scene.even.clone(),
            session,
            key: ctx.chance.public(),
            instead: Some(visit.clone()),
            with: vec![],
        };
        let moved = book_under(ctx, Acting::from(&ada), wish).await.unwrap().unwrap().unwrap();
        assert_eq!(states(ctx, &moved).await, vec![BringState::Open; 2], "another day is another answer");
        assert_eq!(tend(ctx).await.unwrap(), 1, "the open one of the visit that is no more");
        assert_eq!(tend(ctx).await.unwrap(), 0, "again it changes nothing");
        assert_eq!(states(ctx, &moved).await, vec![BringState::Open; 2]);

        let bring = of_visit(ctx, &moved).await.unwrap().remove(0).public;
        cancel(ctx, &ada, Target { public: moved.clone(), version: 1 }).await.unwrap().unwrap().unwrap();
        assert_eq!(answer(ctx, unni, &bring, BringState::Approved).await.unwrap(), Some(Answered::Over));
        assert_eq!(asks(&scene, &ada, &moved, &form("other", "x")).await, Some(Err(Unasked::Over)));
        assert_eq!(withdraw(ctx, &(&ada).into(), &moved, &bring).await.unwrap(), Some(false));
        assert_eq!((tend(ctx).await.unwrap(), scene.count(LAPSED).await), (2, 3));
        assert!(!staff_bring(ctx, unni, &bring).await.unwrap().unwrap().is_ahead);
        let told: Option<Told> = told(ctx, &ada.person, bring.as_str()).await.unwrap();
        assert_eq!(told, None, "nothing is told of it");
    })
    .await;
}

#[tokio::test]
async fn once_the_visit_begins_nothing_is_answered_any_more() {
    on_both_engines(async |portal| {
        let scene = Scene::new(&portal).await;
        let ctx = &scene.s.ctx;
        let (ada, visit) = booked(&scene).await;
        let key = ctx.chance.public();
        ask(ctx, &(&ada).into(), &visit, &key, &form("recorder", "diktafon")).await.unwrap();
        let begins = crate::visits::booking::visit(ctx, &ada, &visit).await.unwrap().unwrap().visit.starts_at;
        ctx.clock.set(begins);
        let yes = answer(ctx, &scene.unni, &key, BringState::Approved).await.unwrap();
        assert_eq!(yes, Some(Answered::Over));
        assert_eq!(asks(&scene, &ada, &visit, &form("other", "x")).await, Some(Err(Unasked::Over)));
        assert_eq!(tend(ctx).await.unwrap(), 1);
    })
    .await;
}

const TRACED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit a JOIN delegation d ON a.actor_id = d.delegate_id \
    WHERE a.action LIKE 'visit_bring_%' AND a.detail = 'for ' || d.lawyer_id";

#[tokio::test]
async fn what_a_delegate_asks_and_takes_back_is_told_to_her_in_whose_name() {
    on_both_engines(async |portal| {
        let scene = Scene::new(&portal).await;
        let ctx = &scene.s.ctx;
        let (ada, visit) = booked(&scene).await;
        let (siv, id) = scene.delegate(&ada, "cy").await;
        let (acting, key) = (Acting::under(&siv, id), ctx.chance.public());
        let asked = ask(ctx, &acting, &visit, &key, &form("interpreter", "polsk")).await.unwrap();
        assert_eq!(asked, Some(Ok(())));
        assert_eq!(withdraw(ctx, &acting, &visit, &key).await.unwrap(), Some(true));
        let log = crate::identity::delegates::of_client(ctx, &ada, &scene.even).await.unwrap();
        let done: Vec<ActDone> = log.iter().map(|act| act.what).collect();
        assert!(done.contains(&ActDone::BringAsked) && done.contains(&ActDone::BringWithdrawn), "{done:?}");
        assert_eq!(scene.count(TRACED).await, 2);
    })
    .await;
}

#[tokio::test]
async fn whoever_opens_the_door_still_reads_what_nobody_answered() {
    on_both_engines(async |portal| {
        let scene = Scene::new(&portal).await;
        let ctx = &scene.s.ctx;
        let (ada, visit) = booked(&scene).await;
        asks(&scene, &ada, &visit, &form("interpreter", "polsk")).await.unwrap().unwrap();
        let hers = crate::visits::booking::visit(ctx, &ada, &visit).await.unwrap().unwrap().visit;
        ctx.clock.set(hers.starts_at.plus_minutes(3));
        assert_eq!(tend(ctx).await.unwrap(), 1);
        let day = unit_day(ctx, &scene.unni, Some("lyngmo"), hers.date).await.unwrap().unwrap();
        let rows = day.slots.into_iter().flat_map(|slot| slot.rows);
        let states: Vec<BringState> = rows.flat_map(|row| row.brings).map(|bring| bring.state).collect();
        assert_eq!(states, [BringState::Lapsed]);
    })
    .await;
}
