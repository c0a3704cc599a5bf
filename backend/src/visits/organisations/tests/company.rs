//! Several people of one organisation on one visit.

use domain::visits::{
    booking::{Booking, Refusal, Session, StaffReason},
    organisations::OrganisationPerson,
};

use super::*;
use crate::visits::booking::{
    Target, cancel_by_unit, check_ahead, counsel::company, my_visits, visit_or_along,
};

const TOLD: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'visits.booking' AND payload LIKE '%' || $1 || '%'";
const BOOKER_TOLD: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'visits.joining'";
const LEFT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'visit_company_left'";
const NAMED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'visit_company_named'";
const FOUND: &str = "SELECT doubts FROM booking WHERE state = 'booked'";
const APART: &str = "INSERT INTO visitor_apart (id, public_id, unit_id, person_a, person_b, reason, staff_id, since) \
    VALUES ('apart', 'apart', $1, $2, $3, 'conflict', $4, 1)";

/// Named by the first of its people, and signed in.
async fn named(scene: &Scene, kari: &Citizen, of: &Public<Organisation>, subject: &str) -> Citizen {
    let new = PersonForm {
        name: subject.into(),
        number: number_of(subject).expose().into(),
        to_day: "1".into(),
        to_month: "12".into(),
        to_year: "2026".into(),
        ..PersonForm::default()
    };
    add(&scene.s.ctx, &Adder::Lead(kari.clone()), of, &new).await.unwrap().unwrap().unwrap();
    citizen(scene, subject).await
}

/// The organisation with somebody to meet, the first of its people, and a colleague who has opened its page.
async fn two(scene: &Scene, kind: &str) -> (Public<Organisation>, Citizen, Citizen) {
    let ctx = &scene.s.ctx;
    let of = registered(scene, &form(kind, "none")).await;
    write_task(ctx, &scene.unni, (&of, &scene.even), &until("31", "12")).await.unwrap().unwrap().unwrap();
    let kari = citizen(scene, "kari").await;
    let ola = named(scene, &kari, &of, "ola").await;
    seen(ctx, &ola, &of).await.unwrap();
    (of, kari, ola)
}

/// And one more, with the two who can be chosen.
async fn three(scene: &Scene) -> (Public<Organisation>, [Citizen; 3], [[Public<OrganisationPerson>; 1]; 2]) {
    let (of, kari, ola) = two(scene, "child_welfare").await;
    let eva = named(scene, &kari, &of, "eva").await;
    seen(&scene.s.ctx, &eva, &of).await.unwrap();
    let chosen = [[of_name(scene, &kari, &of, "ola").await], [of_name(scene, &kari, &of, "eva").await]];
    (of, [kari, ola, eva], chosen)
}

/// The first free time.
async fn first(scene: &Scene, who: &Citizen, of: &Public<Organisation>) -> Session {
    let free = counsel::rooms(&scene.s.ctx, acting(who, of), &scene.even).await.unwrap().unwrap();
    free.days[0].1[0].clone()
}

async fn choices(
    scene: &Scene,
    who: &Citizen,
    of: &Public<Organisation>,
    like: Option<&Public<Booking>>,
) -> company::Choices {
    let session = first(scene, who, of).await;
    let found = company::choices(&scene.s.ctx, &acting(who, of), &scene.even, (&session, like)).await;
    found.unwrap().expect("a room")
}

async fn names(scene: &Scene, who: &Citizen, of: &Public<Organisation>) -> Vec<String> {
    let people = choices(scene, who, of, None).await.people;
    people.into_iter().filter(|one| one.stands).map(|one| one.name).collect()
}

async fn of_name(
    scene: &Scene,
    kari: &Citizen,
    of: &Public<Organisation>,
    name: &str,
) -> Public<OrganisationPerson> {
    let people = my_one(&scene.s.ctx, kari, of).await.unwrap().unwrap().people;
    people.into_iter().find(|one| one.name == name).expect("one of its people").public
}

async fn book(
    scene: &Scene,
    (who, of): (&Citizen, &Public<Organisation>),
    with: &[Public<OrganisationPerson>],
    instead: Option<&Public<Booking>>,
) -> std::result::Result<Public<Booking>, Vec<Refusal>> {
    let ctx = &scene.s.ctx;
    let session = first(scene, who, of).await.public;
    let (inmate, key) = (scene.even.clone(), ctx.chance.public());
    let wish = Wish { inmate, session, key, instead: instead.cloned(), with: with.to_vec() };
    counsel::book_under(ctx, acting(who, of), wish).await.unwrap().unwrap()
}

async fn told(scene: &Scene, event: &str) -> i64 {
    let code = format!("\"{event}\"");
    scene.s.ctx.db.one::<(i64,)>(TOLD, args![&code]).await.unwrap().0
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

#[tokio::test]
async fn two_come_together_each_sees_it_and_one_steps_down() {
    on_both_engines(async |portal| {
        let scene = scene(&portal).await;
        let ctx = &scene.s.ctx;
        let (of, kari, ola) = two(&scene, "child_welfare").await;
        let eva = named(&scene, &kari, &of, "eva").await;
        assert_eq!(
            names(&scene, &kari, &of).await,
            ["ola"],
            "who has not opened its page is told of to nobody"
        );
        seen(ctx, &Citizen { level: Level::Substantial, ..eva.clone() }, &of).await.unwrap();
        assert_eq!(names(&scene, &kari, &of).await, ["ola"]);
        seen(ctx, &eva, &ctx.chance.public()).await.unwrap();
        assert_eq!(names(&scene, &kari, &of).await, ["ola"], "the page of another organisation");
        for _ in 0..2 {
            seen(ctx, &eva, &of).await.unwrap();
        }
        assert_eq!(sorted(names(&scene, &kari, &of).await), ["eva", "ola"]);
        let with = [of_name(&scene, &kari, &of, "ola").await, of_name(&scene, &kari, &of, "eva").await];
        let twice = [&with[..], &with[..1]].concat();
        let booked = book(&scene, (&kari, &of), &twice, None).await.unwrap();
        assert_eq!((told(&scene, "booked").await, scene.count(NAMED).await), (3, 2));

        // Hers, as others of hers; the page of whoever booked stays her own.
        let visit = own(ctx, &kari, &booked).await.unwrap().unwrap();
        assert!(!visit.visit.along);
        let people = visit.people.into_iter().map(|(name, _)| name).collect();
        assert_eq!(sorted(people), ["eva", "kari", "ola"]);
        assert!(own(ctx, &ola, &booked).await.unwrap().is_none());
        let mine = my_visits(ctx, &ola).await.unwrap();
        assert_eq!((mine.len(), mine[0].along, &mine[0].public), (1, true, &booked));
        let along = visit_or_along(ctx, &ola, &booked).await.unwrap().expect("she comes along");
        assert_eq!((along.people.len(), along.visit.along), (3, true));
        assert_eq!(counsel::ahead(ctx, &ola).await.unwrap()[0].organisation, Some(of.clone()));
        let low = Citizen { level: Level::Substantial, ..ola.clone() };
        assert!(visit_or_along(ctx, &low, &booked).await.unwrap().is_none());
        assert!(my_visits(ctx, &low).await.unwrap().is_empty());
        let stranger = citizen(&scene, "berit").await;
        assert!(visit_or_along(ctx, &stranger, &booked).await.unwrap().is_none());

        let on = CivilDate::parse_iso("2026-09-02").unwrap();
        let day = unit_day(ctx, &scene.unni, Some("lyngmo"), on).await.unwrap().unwrap();
        let row = day.slots.iter().flat_map(|slot| &slot.rows).next().unwrap();
        assert_eq!((row.guests.len(), row.doubts.len()), (3, 0));

        for (who, expected) in
            [(&stranger, None), (&kari, None), (&low, None), (&ola, Some(true)), (&ola, None)]
        {
            assert_eq!(company::leave(ctx, who, &booked).await.unwrap(), expected);
        }
        let visit = own(ctx, &kari, &booked).await.unwrap().unwrap();
        assert_eq!(visit.people.len(), 2);
        assert_eq!(visit.stepped_down, ["ola"], "whoever booked sees who cannot");
        assert!(my_visits(ctx, &ola).await.unwrap().is_empty());
        assert!(company::off(ctx, &ola, &booked).await.unwrap().is_none(), "she did that herself");
        assert_eq!((scene.count(BOOKER_TOLD).await, scene.count(LEFT).await), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn whoever_cannot_come_is_named_without_a_why_and_nothing_is_booked() {
    on_both_engines(async |portal| {
        let scene = scene(&portal).await;
        let (ctx, unni) = (&scene.s.ctx, &scene.unni);
        let (of, kari, ola) = two(&scene, "volunteer").await;
        let with = [of_name(&scene, &kari, &of, "ola").await];
        let cannot = Err(vec![Refusal::Colleague(ola.person.clone())]);

        scene.s.run("UPDATE rule SET value = '1' WHERE key = 'organisations.people'", vec![]).await;
        let found = book(&scene, (&kari, &of), &with, None).await;
        assert_eq!(found, Err(vec![Refusal::TooMany { most: 1 }]));
        scene.s.run("UPDATE rule SET value = '2' WHERE key = 'organisations.people'", vec![]).await;

        // They must not meet each other.
        let (a, b) = if kari.person.as_str() < ola.person.as_str() { (&kari, &ola) } else { (&ola, &kari) };
        scene.s.run(APART, args![&scene.s.unit, &a.person, &b.person, &unni.staff]).await;
        assert_eq!(book(&scene, (&kari, &of), &with, None).await, cannot);
        scene.s.run("DELETE FROM visitor_apart", vec![]).await;

        // He is on another visit of its own at the time.
        let second = Template {
            kind: SessionKind::Lawyer,
            held_for: HeldFor::Organisation,
            room: "Møterom 2".into(),
            ..template(3, 840, 1)
        };
        let new = NewTemplate { unit: scene.s.unit.clone(), template: second };
        put_template(ctx, &Actor::System, new).await.unwrap();
        tend(ctx).await.unwrap();
        let (beside, _) = scene.s.beside("Siv Utvik").await;
        let siv: Public<Inmate> = Public::parse(beside.inmate_public.as_str()).unwrap();
        write_task(ctx, unni, (&of, &siv), &until("31", "12")).await.unwrap().unwrap().unwrap();
        let free = counsel::rooms(ctx, acting(&ola, &of), &siv).await.unwrap().unwrap().days;
        let (session, key) = (free[0].1[0].public.clone(), ctx.chance.public());
        let wish = Wish { inmate: siv, session, key, instead: None, with: vec![] };
        counsel::book_under(ctx, acting(&ola, &of), wish).await.unwrap().unwrap().unwrap();
        assert_eq!(first(&scene, &kari, &of).await.room, "Møterom 2");
        assert_eq!(book(&scene, (&kari, &of), &with, None).await, cannot);

        // An id of nobody, and one who is named no more.
        let nobody: Public<OrganisationPerson> = ctx.chance.public();
        let found = book(&scene, (&kari, &of), &[nobody], None).await;
        assert!(
            matches!(&found, Err(refusals) if matches!(refusals[..], [Refusal::Colleague(_)])),
            "{found:?}"
        );
        let lead = Adder::Lead(kari.clone());
        assert_eq!(end_person(ctx, &lead, &of, &with[0]).await.unwrap(), Ok(true));
        assert!(names(&scene, &kari, &of).await.is_empty());
        assert_eq!(book(&scene, (&kari, &of), &with, None).await, cannot);
        let people = choices(&scene, &kari, &of, None).await.people;
        assert_eq!(people[0].name, "ola", "her name is known to the page that tells it");
        assert_eq!(scene.count(NAMED).await, 0);
        book(&scene, (&kari, &of), &[], None).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn another_time_keeps_the_company_each_is_told_and_the_nightly_check_finds_who_may_come_no_more() {
    on_both_engines(async |portal| {
        let scene = scene(&portal).await;
        let (ctx, unni) = (&scene.s.ctx, &scene.unni);
        let (of, kari, ola) = two(&scene, "child_welfare").await;
        let with = [of_name(&scene, &kari, &of, "ola").await];
        let booked = book(&scene, (&kari, &of), &with, None).await.unwrap();
        assert_eq!(choices(&scene, &kari, &of, Some(&booked)).await.before, with);
        assert!(
            choices(&scene, &ola, &of, Some(&booked)).await.before.is_empty(),
            "a visit of somebody else"
        );
        let moved = book(&scene, (&kari, &of), &with, Some(&booked)).await.unwrap();
        assert_eq!((told(&scene, "booked").await, told(&scene, "cancelled").await), (4, 2));
        let mine = my_visits(ctx, &ola).await.unwrap();
        assert_eq!((mine.len(), &mine[0].public), (2, &moved));
        assert!(mine[1].cancelled.is_some());
        assert_eq!(company::leave(ctx, &ola, &booked).await.unwrap(), Some(false), "it does not take place");

        // What ends one of them is found, whoever booked.
        check_ahead(ctx).await.unwrap();
        let doubts = async || ctx.db.one::<(String,)>(FOUND, vec![]).await.unwrap().0;
        assert_eq!(doubts().await, "");
        end_person(ctx, &Adder::Lead(kari.clone()), &of, &with[0]).await.unwrap().unwrap();
        check_ahead(ctx).await.unwrap();
        assert_eq!(doubts().await, "not_cleared");
        assert!(choices(&scene, &kari, &of, Some(&moved)).await.before.is_empty());

        let version = own(ctx, &kari, &moved).await.unwrap().unwrap().version;
        let target = Target { public: moved.clone(), version };
        cancel_by_unit(ctx, unni, target, StaffReason::Illness).await.unwrap().unwrap().unwrap();
        assert_eq!(told(&scene, "cancelled_by_unit").await, 2);
        assert!(my_visits(ctx, &ola).await.unwrap().iter().all(|visit| visit.cancelled.is_some()));
    })
    .await;
}

/// As whoever booked saw the page, and what she wants.
async fn change(
    scene: &Scene,
    (who, of): (&Citizen, &Public<Organisation>),
    booking: &Public<Booking>,
    (shown, with): (&[Public<OrganisationPerson>], &[Public<OrganisationPerson>]),
) -> Option<std::result::Result<(), Vec<Refusal>>> {
    let wanted = company::Wanted { booking: booking.clone(), shown: shown.to_vec(), with: with.to_vec() };
    company::change(&scene.s.ctx, &acting(who, of), wanted).await.unwrap()
}

async fn comes(scene: &Scene, kari: &Citizen, booking: &Public<Booking>) -> Vec<String> {
    let visit = own(&scene.s.ctx, kari, booking).await.unwrap().unwrap();
    sorted(visit.people.into_iter().map(|(name, _)| name).collect())
}

const OFF: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'visit_company_off'";

#[tokio::test]
async fn whoever_booked_takes_colleagues_off_and_along_and_each_is_told() {
    on_both_engines(async |portal| {
        let scene = scene(&portal).await;
        let ctx = &scene.s.ctx;
        let (of, [kari, ola, eva], [o, e]) = three(&scene).await;
        let hers = (&kari, &of);
        let booked = book(&scene, hers, &o, None).await.unwrap();
        let found = company::coming(ctx, &acting(&kari, &of), &booked).await.unwrap().expect("it is hers");
        assert_eq!((found.before, found.people.len()), (o.to_vec(), 2));
        assert!(company::coming(ctx, &acting(&ola, &of), &booked).await.unwrap().is_none());
        assert_eq!(
            change(&scene, (&ola, &of), &booked, (&o, &e)).await,
            None,
            "whoever comes along changes nothing"
        );

        // Another one instead: she has the letter of a booking, he reads that he is not to turn up.
        for _ in 0..2 {
            assert_eq!(change(&scene, hers, &booked, (&o, &e)).await, Some(Ok(())));
            assert_eq!(comes(&scene, &kari, &booked).await, ["eva", "kari"]);
        }
        assert_eq!((told(&scene, "booked").await, scene.count(NAMED).await), (3, 2));
        assert_eq!((scene.count(BOOKER_TOLD).await, scene.count(OFF).await), (1, 1));
        let mine = my_visits(ctx, &ola).await.unwrap();
        assert_eq!((mine.len(), mine[0].off), (1, true));
        assert!(visit_or_along(ctx, &ola, &booked).await.unwrap().is_none(), "nothing of the visit is his");
        let off = company::off(ctx, &ola, &booked).await.unwrap().expect("he was taken off");
        assert_eq!(off.at, ctx.now());
        let low = Citizen { level: Level::Substantial, ..ola.clone() };
        assert!(company::off(ctx, &low, &booked).await.unwrap().is_none());
        assert!(company::off(ctx, &eva, &booked).await.unwrap().is_none());
        assert!(counsel::ahead(ctx, &ola).await.unwrap().is_empty());
        let seen_by_kari = own(ctx, &kari, &booked).await.unwrap().unwrap();
        assert!(seen_by_kari.stepped_down.is_empty(), "she did that herself");

        // A box that was ticked before brings nobody back who has stepped down meanwhile.
        assert_eq!(company::leave(ctx, &eva, &booked).await.unwrap(), Some(true));
        assert_eq!(change(&scene, hers, &booked, (&e, &e)).await, Some(Ok(())));
        assert_eq!(comes(&scene, &kari, &booked).await, ["kari"]);
        // On purpose it does, and then nothing is left of the old.
        assert_eq!(change(&scene, hers, &booked, (&[], &[&o[..], &e[..]].concat())).await, Some(Ok(())));
        assert_eq!(comes(&scene, &kari, &booked).await, ["eva", "kari", "ola"]);
        assert!(company::off(ctx, &ola, &booked).await.unwrap().is_none());
        assert!(!my_visits(ctx, &ola).await.unwrap()[0].off);
    })
    .await;
}

#[tokio::test]
async fn a_change_of_the_company_is_refused_whole_and_one_who_is_named_no_more_is_taken_off() {
    on_both_engines(async |portal| {
        let scene = scene(&portal).await;
        let ctx = &scene.s.ctx;
        let (of, [kari, ola, _], [o, e]) = three(&scene).await;
        let (hers, both) = ((&kari, &of), [&o[..], &e[..]].concat());
        let booked = book(&scene, hers, &o, None).await.unwrap();
        scene.s.run("UPDATE rule SET value = '2' WHERE key = 'organisations.people'", vec![]).await;
        let refused = change(&scene, hers, &booked, (&o, &both)).await;
        assert_eq!(refused, Some(Err(vec![Refusal::TooMany { most: 2 }])));
        assert_eq!(comes(&scene, &kari, &booked).await, ["kari", "ola"]);
        scene.s.run("UPDATE rule SET value = '4' WHERE key = 'organisations.people'", vec![]).await;

        // Who is named no more stands on the page as long as she comes, and is taken off.
        end_person(ctx, &Adder::Lead(kari.clone()), &of, &o[0]).await.unwrap().unwrap();
        let found = company::coming(ctx, &acting(&kari, &of), &booked).await.unwrap().unwrap();
        assert_eq!(found.before, o);
        let cannot = Some(Err(vec![Refusal::Colleague(ola.person.clone())]));
        assert_eq!(change(&scene, hers, &booked, (&o, &both)).await, cannot);
        check_ahead(ctx).await.unwrap();
        let doubts = async || ctx.db.one::<(String,)>(FOUND, vec![]).await.unwrap().0;
        assert_eq!(doubts().await, "not_cleared");
        assert_eq!(change(&scene, hers, &booked, (&o, &e)).await, Some(Ok(())));
        check_ahead(ctx).await.unwrap();
        assert_eq!(doubts().await, "", "the doubt goes with him");

        // Too late to bring somebody, not to say that nobody comes along; and nothing once it has begun.
        let begins: (i64,) = ctx.db.one("SELECT starts_at FROM booking", vec![]).await.unwrap();
        ctx.clock.set(Instant(begins.0 - 60));
        assert_eq!(change(&scene, hers, &booked, (&e, &[])).await, Some(Ok(())));
        assert_eq!(change(&scene, hers, &booked, (&[], &e)).await, Some(Err(vec![Refusal::Window])));
        ctx.clock.set(Instant(begins.0));
        assert_eq!(change(&scene, hers, &booked, (&[], &e)).await, Some(Err(vec![Refusal::Started])));
        assert!(company::coming(ctx, &acting(&kari, &of), &booked).await.unwrap().is_none());
    })
    .await;
}
