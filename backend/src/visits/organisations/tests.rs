mod company;

use domain::{
    access::{Area, Role},
    visits::{
        booking::{Doubt, HeldFor, SessionKind, Template},
        organisations::{AnswerForm, AskForm, OrganisationTask, PersonForm, RegisterForm, TaskForm, TaskNo},
    },
};

use super::*;
use crate::{
    ctx::{Actor, Staff},
    identity::delegates::{Acting, Right},
    testing::{Portal, number_of, on_both_engines},
    visits::{
        booking::{
            counsel::{
                self, Wish,
                tests::{Scene, signed_in},
            },
            day as unit_day,
            testing::template,
            visit as own,
        },
        sessions::{NewTemplate, put_template, tend},
    },
};

const NUMBER: &str = "889640782";
const LETTERS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'visits.organisation'";
const TRACES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action LIKE 'organisation_%'";
const ROWS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM organisation";

/// The scene of lawyers with a room for organisations, Wednesdays at two.
async fn scene(portal: &Portal) -> Scene {
    let scene = Scene::new(portal).await;
    let meeting = Template {
        kind: SessionKind::Lawyer,
        held_for: HeldFor::Organisation,
        room: "Møterom".into(),
        ..template(3, 840, 1)
    };
    let new = NewTemplate { unit: scene.s.unit.clone(), template: meeting };
    put_template(&scene.s.ctx, &Actor::System, new).await.unwrap();
    tend(&scene.s.ctx).await.unwrap();
    scene
}

fn form(kind: &str, watch: &str) -> RegisterForm {
    let text = str::to_owned;
    RegisterForm {
        unit: text("lyngmo"),
        organisation: text(NUMBER),
        name: text("Tilsynet"),
        kind: text(kind),
        watch: text(watch),
        to_day: text("31"),
        to_month: text("12"),
        to_year: text("2026"),
        contact: text("Kari Leder"),
        number: number_of("kari").expose().into(),
    }
}

fn until(day: &str, month: &str) -> TaskForm {
    TaskForm { to_day: day.into(), to_month: month.into(), to_year: "2026".into(), ..TaskForm::default() }
}

async fn registered(scene: &Scene, form: &RegisterForm) -> Public<Organisation> {
    match register(&scene.s.ctx, &scene.unni, form).await.unwrap() {
        Ok(Registered::Done(of)) => of,
        other => panic!("{other:?}"),
    }
}

async fn citizen(scene: &Scene, subject: &str) -> Citizen {
    signed_in(&scene.s.ctx, Area::Citizen, subject, Level::High).await.citizen().unwrap().clone()
}

fn acting(who: &Citizen, of: &Public<Organisation>) -> Acting {
    Acting { who: who.clone(), right: Right::Organisation(of.clone()) }
}

/// Starts of the rooms that are free for her on the first day; none: he is nobody for her.
async fn free(scene: &Scene, who: &Citizen, of: &Public<Organisation>) -> Option<Vec<(String, u16)>> {
    let found = counsel::rooms(&scene.s.ctx, acting(who, of), &scene.even).await.unwrap()?;
    let first = found.days.first().map(|(day, rooms)| rooms.iter().map(|r| (day.iso(), r.start.0)).collect());
    Some(first.unwrap_or_default())
}

async fn books(
    scene: &Scene,
    who: &Citizen,
    of: &Public<Organisation>,
) -> Public<domain::visits::booking::Booking> {
    let ctx = &scene.s.ctx;
    let days = counsel::rooms(ctx, acting(who, of), &scene.even).await.unwrap().unwrap().days;
    let session = days[0].1[0].public.clone();
    let (inmate, key) = (scene.even.clone(), ctx.chance.public());
    let wish = Wish { inmate, session, key, instead: None, with: vec![] };
    counsel::book_under(ctx, acting(who, of), wish).await.unwrap().unwrap().unwrap()
}

async fn doubts(scene: &Scene) -> Vec<Doubt> {
    let on = CivilDate::parse_iso("2026-09-02").unwrap();
    let day = unit_day(&scene.s.ctx, &scene.unni, Some("lyngmo"), on).await.unwrap().unwrap();
    day.slots.into_iter().flat_map(|slot| slot.rows).flat_map(|row| row.doubts).collect()
}

#[tokio::test]
async fn whoever_comes_for_one_books_its_rooms_and_no_lawyers() {
    on_both_engines(async |portal| {
        let scene = scene(&portal).await;
        let (ctx, unni) = (&scene.s.ctx, &scene.unni);
        let of = registered(&scene, &form("child_welfare", "seen")).await;
        let kari = citizen(&scene, "kari").await;
        assert_eq!(mine(ctx, &kari).await.unwrap()[0].name, "Tilsynet");
        assert_eq!(free(&scene, &kari, &of).await, None, "nobody to meet yet");
        write_task(ctx, unni, (&of, &scene.even), &until("1", "11")).await.unwrap().unwrap().unwrap();
        assert_eq!(free(&scene, &kari, &of).await, Some(vec![("2026-09-02".into(), 840)]));
        let booking = books(&scene, &kari, &of).await;
        assert_eq!(free(&scene, &kari, &of).await, Some(vec![("2026-09-09".into(), 840)]));
        let visit = own(ctx, &kari, &booking).await.unwrap().unwrap();
        assert_eq!(visit.organisation, Some((of.clone(), "Tilsynet".into())));
        let on = CivilDate::parse_iso("2026-09-02").unwrap();
        let day = unit_day(ctx, unni, Some("lyngmo"), on).await.unwrap().unwrap();
        let row = day.slots.iter().flat_map(|slot| &slot.rows).next().unwrap();
        assert_eq!(
            (row.organisation.as_deref(), &row.measures[..]),
            (Some("Tilsynet"), &[Measure::Observation][..])
        );
        assert_eq!(row.doubts, vec![]);
        assert_eq!(
            counsel::again(ctx, &kari, &visit).await.unwrap().map(|(_, day)| day.iso()),
            Some("2026-09-09".into())
        );
        assert_eq!(counsel::ahead(ctx, &kari).await.unwrap()[0].organisation, Some(of.clone()));
        // A lawyer's rooms and those of organisations are not each other's.
        let (ada, _) = scene.lawyer("ada", "2026-12-31").await;
        let hers = counsel::rooms(ctx, &ada, &scene.even).await.unwrap().unwrap().days;
        assert!(hers.iter().flat_map(|(_, rooms)| rooms).all(|room| room.held_for == HeldFor::Counsel));
        let low = Citizen { level: Level::Substantial, ..kari };
        assert_eq!((mine(ctx, &low).await.unwrap(), free(&scene, &low, &of).await), (vec![], None));
    })
    .await;
}

#[tokio::test]
async fn what_is_missing_of_the_three_lets_nobody_in_and_is_found_on_the_day() {
    on_both_engines(async |portal| {
        let scene = scene(&portal).await;
        let (ctx, unni) = (&scene.s.ctx, &scene.unni);
        let of = registered(&scene, &form("health", "none")).await;
        let (kari, by) = (citizen(&scene, "kari").await, Adder::Staff(unni.clone()));
        let form_to = until("31", "12");
        let task = || write_task(ctx, unni, (&of, &scene.even), &form_to);
        task().await.unwrap().unwrap().unwrap();
        books(&scene, &kari, &of).await;
        assert_eq!(doubts(&scene).await, vec![]);
        let gone = vec![Doubt::NotCleared(kari.person.clone())];

        let one = opened(ctx, unni, &of).await.unwrap().unwrap();
        end_task(ctx, unni, &one.tasks[0].public).await.unwrap().unwrap();
        assert_eq!((doubts(&scene).await, free(&scene, &kari, &of).await), (gone.clone(), None));
        task().await.unwrap().unwrap().unwrap();
        assert_eq!(doubts(&scene).await, vec![]);

        end_person(ctx, &by, &of, &one.people[0].public).await.unwrap().unwrap();
        assert_eq!((doubts(&scene).await, free(&scene, &kari, &of).await), (gone.clone(), None));
        assert_eq!(mine(ctx, &kari).await.unwrap(), vec![]);
        registered(&scene, &form("health", "none")).await;
        assert_eq!((scene.count(ROWS).await, doubts(&scene).await), (1, vec![]), "the same, again");

        assert_eq!(end(ctx, unni, &of, "lyngmo").await.unwrap(), Ok(true));
        assert_eq!((doubts(&scene).await, free(&scene, &kari, &of).await), (gone, Some(vec![])));
        assert_eq!(end(ctx, unni, &of, "lyngmo").await.unwrap(), Ok(false));
    })
    .await;
}

#[tokio::test]
async fn a_ban_is_in_the_way_of_an_authority_where_the_order_says_so_and_of_volunteers_always() {
    on_both_engines(async |portal| {
        let scene = scene(&portal).await;
        let (ctx, unni) = (&scene.s.ctx, &scene.unni);
        let of = registered(&scene, &form("consulate", "none")).await;
        let others = RegisterForm {
            organisation: "974760673".into(),
            name: "Visitors".into(),
            ..form("volunteer", "heard")
        };
        let others = registered(&scene, &others).await;
        let kari = citizen(&scene, "kari").await;
        for of in [&of, &others] {
            write_task(ctx, unni, (of, &scene.even), &until("31", "12")).await.unwrap().unwrap().unwrap();
        }
        let ordered = async |authorities: i64| {
            scene.s.run("DELETE FROM restriction", vec![]).await;
            scene.s.run(BAN, args![&scene.s.inmate, authorities]).await;
        };
        books(&scene, &kari, &of).await;
        ordered(0).await;
        assert_eq!(free(&scene, &kari, &of).await.unwrap(), vec![("2026-09-09".into(), 840)]);
        assert_eq!((free(&scene, &kari, &others).await, doubts(&scene).await), (Some(vec![]), vec![]));
        ordered(1).await;
        assert_eq!(
            (free(&scene, &kari, &of).await, doubts(&scene).await),
            (Some(vec![]), vec![Doubt::Banned])
        );
        // Whom a court has somebody listen to is told it before she books.
        scene.s.run("UPDATE restriction SET kind = 'visit_control', authorities = 0", vec![]).await;
        for (of, expected) in [(&of, vec![]), (&others, vec![Measure::Listening])] {
            let days = counsel::rooms(ctx, acting(&kari, of), &scene.even).await.unwrap().unwrap().days;
            let session = &days[0].1[0].public;
            let chosen = counsel::room(ctx, acting(&kari, of), &scene.even, session).await.unwrap().unwrap();
            assert_eq!(chosen.client.measures, expected);
        }
    })
    .await;
}

const BAN: &str = "INSERT INTO restriction (id, inmate_id, court_order, kind, valid_from, valid_to, authorities) \
    VALUES ('ban', $1, 'x', 'visit_ban', '2026-09-01', '2026-12-31', $2)";

/// She who has another unit too.
async fn with_havn(scene: &Scene, portal: &Portal) -> Staff {
    Staff { units: vec![scene.s.unit.clone(), portal.unit("havn").await], ..scene.unni.clone() }
}

fn asking(unit: &str) -> AskForm {
    let text = str::to_owned;
    AskForm { unit: text(unit), name: text("Even Fjellvik"), why: text("Tilsyn"), ..AskForm::default() }
}

fn yes(inmate: &Public<Inmate>) -> AnswerForm {
    let TaskForm { to_day, to_month, to_year, .. } = until("31", "12");
    AnswerForm {
        answer: "yes".into(),
        inmate: inmate.to_string(),
        to_day,
        to_month,
        to_year,
        ..AnswerForm::default()
    }
}

#[tokio::test]
async fn what_is_asked_for_is_answered_by_the_unit_once() {
    on_both_engines(async |portal| {
        let scene = scene(&portal).await;
        let (ctx, unni) = (&scene.s.ctx, &scene.unni);
        let of = registered(&scene, &form("authority", "none")).await;
        let (kari, stranger) = (citizen(&scene, "kari").await, citizen(&scene, "berit").await);
        let key: Public<OrganisationTask> = ctx.chance.public();
        let wrong = ask(ctx, &kari, (&of, &key), &asking("havn")).await.unwrap().unwrap().unwrap_err();
        assert_eq!((wrong[0].field, wrong[0].code), ("unit", "choose"), "a unit that has not cleared it");
        assert_eq!(ask(ctx, &stranger, (&of, &key), &asking("lyngmo")).await.unwrap(), Err(Hidden));
        for _ in 0..2 {
            ask(ctx, &kari, (&of, &key), &asking("lyngmo")).await.unwrap().unwrap().unwrap();
        }
        let page = my_one(ctx, &kari, &of).await.unwrap().unwrap();
        assert_eq!((page.asked.len(), page.asked[0].asked.name.as_str()), (1, "Even Fjellvik"));
        assert_eq!(asked(ctx, unni, &key).await.unwrap().unwrap().asked.why, "Tilsyn");
        let elsewhere = Staff { units: vec![Id::new("nowhere")], ..unni.clone() };
        let controller = Staff { roles: vec![Role::MessageController], ..unni.clone() };
        for other in [&elsewhere, &controller] {
            assert_eq!(asked(ctx, other, &key).await.unwrap(), None);
            assert_eq!(answer(ctx, other, &key, &yes(&scene.even)).await.unwrap(), Err(Hidden));
            assert_eq!(opened(ctx, other, &of).await.unwrap(), None);
        }
        let nobody = answer(ctx, unni, &key, &yes(&ctx.chance.public())).await.unwrap();
        assert!(matches!(nobody, Ok(Answered::Wrong(_))), "{nobody:?}");
        let both = with_havn(&scene, &portal).await;
        let elsewhere = portal.inmate("Tor Haugland", "1985-05-06", &both.units[1]).await;
        let (public,): (String,) =
            ctx.db.one(crate::visits::booking::testing::INMATE_PUBLIC, args![&elsewhere]).await.unwrap();
        let elsewhere = Public::parse(&public).unwrap();
        let uncleared = answer(ctx, &both, &key, &yes(&elsewhere)).await.unwrap();
        assert!(matches!(uncleared, Ok(Answered::Wrong(_))), "a unit that has not cleared it: {uncleared:?}");
        let refused = write_task(ctx, &both, (&of, &elsewhere), &until("31", "12"))
            .await
            .unwrap()
            .unwrap()
            .unwrap_err();
        assert_eq!((refused[0].field, refused[0].code), ("inmate", "uncleared"));
        assert_eq!(answer(ctx, unni, &key, &yes(&scene.even)).await.unwrap(), Ok(Answered::Done));
        assert_eq!(answer(ctx, unni, &key, &yes(&scene.even)).await.unwrap(), Ok(Answered::Over));
        assert!(!withdraw(ctx, &kari, &key).await.unwrap());
        let page = my_one(ctx, &kari, &of).await.unwrap().unwrap();
        assert_eq!((page.asked.len(), page.meets[0].1.as_str()), (0, "Even Fjellvik"));

        let (no, back) = (ctx.chance.public(), ctx.chance.public());
        for key in [&no, &back] {
            ask(ctx, &kari, (&of, key), &asking("lyngmo")).await.unwrap().unwrap().unwrap();
        }
        let refusal = AnswerForm { answer: "no".into(), reason: "no_task".into(), ..AnswerForm::default() };
        assert_eq!(answer(ctx, unni, &no, &refusal).await.unwrap(), Ok(Answered::Done));
        assert!(withdraw(ctx, &kari, &back).await.unwrap());
        let states: Vec<TaskState> = my_one(ctx, &kari, &of)
            .await
            .unwrap()
            .unwrap()
            .asked
            .into_iter()
            .map(|task| task.state)
            .collect();
        assert_eq!(states, [TaskState::Refused(TaskNo::NoTask)]);
        assert_eq!((scene.count(LETTERS).await, scene.count(TRACES).await), (2, 7));
        let things = held(ctx, &kari).await.unwrap();
        assert_eq!(things.len(), 4, "that she comes for it, and what she asked for");
    })
    .await;
}

#[tokio::test]
async fn the_first_of_its_people_names_the_others_and_nobody_listens_to_an_authority() {
    on_both_engines(async |portal| {
        let scene = scene(&portal).await;
        let (ctx, unni) = (&scene.s.ctx, &scene.unni);
        let wrong = async |form: &RegisterForm| match register(ctx, unni, form).await.unwrap() {
            Ok(Registered::Wrong(errors)) => errors.iter().map(|e| (e.field, e.code)).collect(),
            _ => vec![],
        };
        assert_eq!(wrong(&form("consulate", "heard")).await, [("watch", "unheard")]);
        let of = registered(&scene, &form("consulate", "glass")).await;
        assert_eq!(wrong(&form("volunteer", "heard")).await, [("watch", "unheard")], "what it is stands");
        assert_eq!(wrong(&form("volunteer", "none")).await, [("kind", "other_kind")]);
        let elsewhere = RegisterForm { unit: "nowhere".into(), ..form("consulate", "none") };
        assert_eq!(register(ctx, unni, &elsewhere).await.unwrap(), Err(Hidden));

        let (kari, ola) = (citizen(&scene, "kari").await, citizen(&scene, "ola").await);
        let new = PersonForm {
            name: "Ola".into(),
            number: number_of("ola").expose().into(),
            to_day: "1".into(),
            to_month: "12".into(),
            to_year: "2026".into(),
            ..PersonForm::default()
        };
        assert_eq!(add(ctx, &Adder::Lead(ola.clone()), &of, &new).await.unwrap(), Err(Hidden));
        let lead = Adder::Lead(kari.clone());
        assert!(add(ctx, &lead, &of, &PersonForm::default()).await.unwrap().unwrap().is_err());
        for _ in 0..2 {
            add(ctx, &lead, &of, &new).await.unwrap().unwrap().unwrap();
        }
        let people = my_one(ctx, &kari, &of).await.unwrap().unwrap().people;
        let names: Vec<(&str, bool)> = people.iter().map(|p| (p.name.as_str(), p.leads)).collect();
        assert_eq!(names, [("Kari Leder", true), ("Ola", false)]);
        assert!(my_one(ctx, &ola, &of).await.unwrap().unwrap().people.is_empty(), "not his to see");
        assert_eq!(end_person(ctx, &Adder::Lead(ola), &of, &people[0].public).await.unwrap(), Err(Hidden));
        assert_eq!(end_person(ctx, &lead, &of, &people[0].public).await.unwrap(), Ok(false), "a unit alone");
        let herself = PersonForm { number: number_of("kari").expose().into(), ..new.clone() };
        let refused = add(ctx, &lead, &of, &herself).await.unwrap().unwrap().unwrap_err();
        assert_eq!((refused[0].field, refused[0].code), ("number", "leads"));
        // Cleared by one unit more for a shorter time, she comes as long as before.
        let shorter =
            RegisterForm { unit: "havn".into(), to_month: "10".into(), ..form("consulate", "none") };
        let both = with_havn(&scene, &portal).await;
        assert_eq!(register(ctx, &both, &shorter).await.unwrap(), Ok(Registered::Done(of.clone())));
        let until = my_one(ctx, &kari, &of).await.unwrap().unwrap().mine.valid_to;
        assert_eq!(until.iso(), "2026-12-31");
        assert_eq!(end_person(ctx, &lead, &of, &people[1].public).await.unwrap(), Ok(true));
    })
    .await;
}
