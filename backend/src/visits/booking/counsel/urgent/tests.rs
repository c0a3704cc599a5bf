use domain::visits::booking::{SessionKind, Template, urgent::UrgentNo};

use super::{super::tests::Scene, *};
use crate::{
    ctx::Citizen,
    identity::delegates,
    testing::on_both_engines,
    visits::{
        booking::{counsel::rooms, day as unit_day, testing::template, visit as own},
        sessions::{NewTemplate, put_template, tend as expand},
    },
};

const LETTERS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'visits.urgent'";
const TO_THE_UNIT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'visits.urgent_waiting'";
const TRACES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action LIKE 'urgent_%'";
const BOOKINGS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM booking WHERE state = 'booked'";
const OPEN: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM urgent_room WHERE state = 'open'";

/// A telephone hour on Tuesdays at one, in an hour from now: too near for a lawyer to book.
async fn scene(portal: &crate::testing::Portal) -> Scene {
    let scene = Scene::new(portal).await;
    let by_phone = Template {
        kind: SessionKind::Lawyer,
        way: Way::Phone,
        room: "Telefon".into(),
        ..template(2, 780, 1)
    };
    let new = NewTemplate { unit: scene.s.unit.clone(), template: by_phone };
    put_template(&scene.s.ctx, &Actor::System, new).await.unwrap();
    expand(&scene.s.ctx).await.unwrap();
    scene
}

/// Until a day of September and an hour.
fn form(way: &str, day: &str, clock: &str) -> UrgentForm {
    UrgentForm {
        reason: "custody".into(),
        way: way.into(),
        by_day: day.into(),
        by_month: "9".into(),
        by_year: "2026".into(),
        clock: clock.into(),
        ..UrgentForm::default()
    }
}

async fn asks(scene: &Scene, who: impl Into<Acting>, form: &UrgentForm) -> Public<Urgent> {
    let key = scene.s.ctx.chance.public();
    assert_eq!(ask(&scene.s.ctx, who, (&scene.even, &key), form).await.unwrap(), Some(Ok(())));
    key
}

async fn state(scene: &Scene, who: &Citizen) -> Option<UrgentState> {
    page(&scene.s.ctx, who, &scene.even).await.unwrap().unwrap().last.map(|asked| asked.state)
}

#[tokio::test]
async fn the_unit_books_a_time_that_is_too_near_for_her_and_it_is_a_visit_like_others() {
    on_both_engines(async |portal| {
        let scene = scene(&portal).await;
        let (ctx, unni) = (&scene.s.ctx, &scene.unni);
        let (ada, _) = scene.lawyer("ada", "2026-12-31").await;
        let free = rooms(ctx, &ada, &scene.even).await.unwrap().unwrap().days;
        assert!(free.iter().all(|(day, _)| day.iso().as_str() > "2026-09-01"), "nothing today");

        let key = ctx.chance.public();
        for _ in 0..2 {
            let asked = ask(ctx, &ada, (&scene.even, &key), &form("any", "2", "10.00")).await.unwrap();
            assert_eq!(asked, Some(Ok(())));
        }
        asks(&scene, &ada, &form("room", "2", "10.00")).await;
        assert_eq!((scene.count(OPEN).await, scene.count(TO_THE_UNIT).await), (1, 1), "one that is open");
        let shown = staff_urgent(ctx, unni, &key).await.unwrap().unwrap();
        let ways: Vec<(String, Way)> = shown.choices.iter().map(|c| (c.date.iso(), c.way)).collect();
        assert_eq!(ways, [("2026-09-01".into(), Way::Phone), ("2026-09-02".into(), Way::Room)]);
        assert_eq!((shown.lawyer.as_str(), shown.stands), ("ada", true));

        let near = How::Book(shown.choices[0].public.clone());
        let Some(Answered::Booked(booking)) = answer(ctx, unni, &key, near.clone()).await.unwrap() else {
            panic!("booked")
        };
        assert_eq!(answer(ctx, unni, &key, near).await.unwrap(), Some(Answered::Over));
        assert_eq!(state(&scene, &ada).await, Some(UrgentState::Booked));
        let seen = own(ctx, &ada, &booking).await.unwrap().unwrap();
        assert_eq!((seen.way, seen.visit.date.iso().as_str()), (Way::Phone, "2026-09-01"));
        let day = unit_day(ctx, unni, Some("lyngmo"), seen.visit.date).await.unwrap().unwrap();
        let row = day.slots.into_iter().flat_map(|slot| slot.rows).next().unwrap();
        assert_eq!((row.way, row.guests[0].name.as_str()), (Way::Phone, "ada"));
        assert_eq!(
            (scene.count(BOOKINGS).await, scene.count(LETTERS).await),
            (1, 0),
            "the booking's own letter"
        );
        assert_eq!(scene.count(TRACES).await, 2);

        // Cancelled, there is nothing booked any more, and she may ask again.
        let target = crate::visits::booking::Target { public: booking, version: seen.version };
        let off = crate::visits::booking::cancel(ctx, &ada, target).await.unwrap();
        assert_eq!((off, state(&scene, &ada).await), (Some(Ok(())), None));
        let again = asks(&scene, &ada, &form("phone", "1", "14.00")).await;
        let times = staff_urgent(ctx, unni, &again).await.unwrap().unwrap().choices;
        let near = How::Book(times[0].public.clone());
        assert!(matches!(answer(ctx, unni, &again, near).await.unwrap(), Some(Answered::Booked(_))));

        // The place is taken and he is there: nobody else's urgent time is that one.
        let (bo, _) = scene.lawyer("bo", "2026-12-31").await;
        let his = asks(&scene, &bo, &form("phone", "1", "14.00")).await;
        let shown = staff_urgent(ctx, unni, &his).await.unwrap().unwrap();
        assert_eq!(shown.choices, vec![]);
        let gone = ctx.chance.public();
        assert_eq!(answer(ctx, unni, &his, How::Book(gone)).await.unwrap(), Some(Answered::Gone));
    })
    .await;
}

#[tokio::test]
async fn a_no_and_a_silence_are_told_and_what_she_took_back_is_not() {
    on_both_engines(async |portal| {
        let scene = scene(&portal).await;
        let (ctx, unni) = (&scene.s.ctx, &scene.unni);
        let (ada, _) = scene.lawyer("ada", "2026-12-31").await;
        let wrong = ctx.chance.public();
        let far = ask(ctx, &ada, (&scene.even, &wrong), &form("any", "12", "10.00")).await.unwrap();
        assert!(matches!(far, Some(Err(Unasked::Form(_)))), "{far:?}");

        let first = asks(&scene, &ada, &form("any", "2", "10.00")).await;
        assert!(withdraw(ctx, &ada, (&scene.even, &first)).await.unwrap());
        assert!(!withdraw(ctx, &ada, (&scene.even, &first)).await.unwrap());
        assert_eq!(state(&scene, &ada).await, None);
        let no = How::Refuse(UrgentNo::NoTime);
        assert_eq!(answer(ctx, unni, &first, no.clone()).await.unwrap(), Some(Answered::Over));

        let second = asks(&scene, &ada, &form("any", "2", "10.00")).await;
        assert_eq!(answer(ctx, unni, &second, no).await.unwrap(), Some(Answered::Refused));
        assert_eq!(state(&scene, &ada).await, Some(UrgentState::Refused(UrgentNo::NoTime)));
        assert_eq!(scene.count(LETTERS).await, 1);

        asks(&scene, &ada, &form("any", "1", "12.30")).await;
        assert_eq!(tend(ctx).await.unwrap(), 0);
        ctx.clock.set(crate::testing::NOON.plus_minutes(30));
        assert_eq!((tend(ctx).await.unwrap(), tend(ctx).await.unwrap()), (1, 0));
        assert_eq!((scene.count(LETTERS).await, scene.count(BOOKINGS).await), (2, 0));
        ctx.clock.set(crate::testing::NOON);
    })
    .await;
}

#[tokio::test]
async fn t01_t02_only_his_lawyer_asks_and_only_his_unit_answers() {
    on_both_engines(async |portal| {
        let scene = scene(&portal).await;
        let (ctx, unni) = (&scene.s.ctx, &scene.unni);
        let (ada, mandate) = scene.lawyer("ada", "2026-12-31").await;
        let key = asks(&scene, &ada, &form("any", "2", "10.00")).await;
        let maja = scene.s.relative("Maja Fjellvik").await;
        let (any, other) = (form("any", "2", "10.00"), ctx.chance.public());
        assert_eq!(page(ctx, &maja, &scene.even).await.unwrap(), None);
        assert_eq!(ask(ctx, &maja, (&scene.even, &other), &any).await.unwrap(), None);
        assert!(!withdraw(ctx, &maja, (&scene.even, &key)).await.unwrap(), "not hers");
        let foreign = crate::ctx::Staff { units: vec![portal.unit("storaasen").await], ..unni.clone() };
        let gate = crate::ctx::Staff { roles: vec![domain::access::Role::GateOfficer], ..unni.clone() };
        for staff in [&foreign, &gate] {
            assert_eq!(staff_urgent(ctx, staff, &key).await.unwrap(), None);
            let no = How::Refuse(UrgentNo::NoTime);
            assert_eq!(answer(ctx, staff, &key, no).await.unwrap(), None);
        }
        // Of a mandate that ends today there is nothing tomorrow.
        let (bo, _) = scene.lawyer("bo", "2026-09-01").await;
        let his = asks(&scene, &bo, &form("any", "2", "10.00")).await;
        let shown = staff_urgent(ctx, unni, &his).await.unwrap().unwrap();
        let days: Vec<String> = shown.choices.iter().map(|c| c.date.iso()).collect();
        assert_eq!(days, ["2026-09-01"]);
        // Whose mandate has ended is booked nothing.
        let time = staff_urgent(ctx, unni, &key).await.unwrap().unwrap().choices[0].public.clone();
        crate::identity::mandates::end(ctx, unni, &mandate).await.unwrap().unwrap();
        let shown = staff_urgent(ctx, unni, &key).await.unwrap().unwrap();
        assert_eq!((shown.stands, shown.choices.len()), (false, 0));
        assert_eq!(answer(ctx, unni, &key, How::Book(time)).await.unwrap(), Some(Answered::Gone));
    })
    .await;
}

const IN_HER_NAME: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit a JOIN delegation d ON a.actor_id = d.delegate_id \
    WHERE a.action LIKE 'urgent_%' AND a.detail = 'for ' || d.lawyer_id";
const TO_HER: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox o JOIN delegation d ON o.payload LIKE '%' || d.lawyer_id || '%' \
    WHERE o.kind = 'visits.urgent'";

#[tokio::test]
async fn a_delegate_asks_in_her_name_and_what_comes_of_it_is_hers() {
    on_both_engines(async |portal| {
        let scene = scene(&portal).await;
        let (ctx, unni) = (&scene.s.ctx, &scene.unni);
        let (ada, _) = scene.lawyer("ada", "2026-12-31").await;
        let (siv, id) = scene.delegate(&ada, "cy").await;
        let his = || Acting::under(&siv, id.clone());
        let of = &scene.even;
        assert_eq!(page(ctx, &siv, of).await.unwrap(), None, "no client of his own");
        let first = asks(&scene, his(), &form("any", "2", "10.00")).await;
        // One for both of them, whoever asked.
        asks(&scene, &ada, &form("any", "2", "10.00")).await;
        assert_eq!((scene.count(OPEN).await, state(&scene, &ada).await), (1, Some(UrgentState::Open)));
        assert!(withdraw(ctx, his(), (of, &first)).await.unwrap());
        let told = async || (scene.count(LETTERS).await, scene.count(TO_HER).await);
        assert_eq!(told().await, (1, 1), "what he took back she is told");

        let second = asks(&scene, his(), &form("any", "2", "10.00")).await;
        let shown = staff_urgent(ctx, unni, &second).await.unwrap().unwrap();
        assert_eq!((shown.lawyer.as_str(), shown.by.is_some(), shown.stands), ("ada", true, true));
        let no = How::Refuse(UrgentNo::NoTime);
        assert_eq!(answer(ctx, unni, &second, no).await.unwrap(), Some(Answered::Refused));
        assert_eq!(told().await, (2, 2), "the letter is hers");
        ctx.clock.set(crate::testing::NOON.plus_minutes(1));
        let third = asks(&scene, his(), &form("any", "2", "10.00")).await;
        let time = staff_urgent(ctx, unni, &third).await.unwrap().unwrap().choices[0].public.clone();
        let booked = answer(ctx, unni, &third, How::Book(time)).await.unwrap();
        let Some(Answered::Booked(booking)) = booked else { panic!("booked") };
        assert!(own(ctx, &ada, &booking).await.unwrap().is_some(), "the visit is hers");
        let last = page(ctx, his(), of).await.unwrap().unwrap().last.unwrap();
        assert_eq!((last.state, last.booking), (UrgentState::Booked, Some(booking)));

        let log = delegates::of_client(ctx, &ada, of).await.unwrap();
        let done = |what| log.iter().filter(|act| act.what == what).count();
        assert_eq!((done(ActDone::UrgentAsked), done(ActDone::UrgentWithdrawn)), (3, 1));
        assert_eq!(scene.count(IN_HER_NAME).await, 4);
        ctx.clock.set(crate::testing::NOON);
    })
    .await;
}

#[tokio::test]
async fn t02_who_is_no_delegate_for_the_client_any_more_asks_and_takes_back_nothing() {
    on_both_engines(async |portal| {
        let scene = scene(&portal).await;
        let ctx = &scene.s.ctx;
        let (ada, mandate) = scene.lawyer("ada", "2026-12-31").await;
        let (siv, id) = scene.delegate(&ada, "cy").await;
        let his = || Acting::under(&siv, id.clone());
        let (any, of) = (form("any", "2", "10.00"), &scene.even);
        let key = asks(&scene, his(), &any).await;
        let (bo, _) = scene.lawyer("bo", "2026-12-31").await;
        let (other, elsewhere) = (ctx.chance.public(), ctx.chance.public());
        let strangers = [Acting::under(&bo, id.clone()), Acting::under(&siv, elsewhere)];
        for acting in strangers {
            assert_eq!(page(ctx, acting.clone(), of).await.unwrap(), None);
            assert_eq!(ask(ctx, acting.clone(), (of, &other), &any).await.unwrap(), None);
            assert!(!withdraw(ctx, acting, (of, &key)).await.unwrap());
        }
        let another = ctx.chance.public();
        assert!(!withdraw(ctx, his(), (&another, &key)).await.unwrap(), "of another client");
        crate::identity::mandates::end(ctx, &scene.unni, &mandate).await.unwrap().unwrap();
        assert_eq!(ask(ctx, his(), (of, &other), &any).await.unwrap(), None);
        assert!(!withdraw(ctx, his(), (of, &key)).await.unwrap());
        assert!(withdraw(ctx, &ada, (of, &key)).await.unwrap(), "she herself may");
    })
    .await;
}
