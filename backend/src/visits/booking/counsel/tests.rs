use domain::{
    access::{Area, Role},
    identity::{MandateKind, NewMandate},
    visits::booking::{CancelRefusal, Doubt, SessionKind, Template},
};

use super::*;
use crate::{
    ctx::{Actor, Staff},
    identity::{
        arrival::{Arrival, welcome},
        delegates, mandates, sessions as signed,
    },
    testing::{Portal, number_of, on_both_engines},
    visits::{
        booking::{
            Target, cancel, day as unit_day, my_visits,
            testing::{Stage, template},
            visit as own,
        },
        sessions::{NewTemplate, put_template, tend},
    },
};

pub(in crate::visits) struct Scene {
    pub s: Stage,
    pub unni: Staff,
    pub even: Public<Inmate>,
}

impl Scene {
    /// A relatives' unit with one private room, Wednesday and Thursday at nine, and one on Saturday at eleven.
    pub async fn new(portal: &Portal) -> Self {
        let s = Stage::new(&portal.ctx, portal.unit("lyngmo").await).await;
        for (weekday, start, capacity) in [(3, 540, 1), (4, 540, 2), (6, 660, 1)] {
            let room = |room: &str| Template {
                kind: SessionKind::Lawyer,
                room: room.into(),
                ..template(weekday, start, capacity)
            };
            let new = NewTemplate { unit: s.unit.clone(), template: room("Advokatrom") };
            put_template(&s.ctx, &Actor::System, new).await.unwrap();
        }
        tend(&s.ctx).await.unwrap();
        let even = Public::parse(s.inmate_public.as_str()).unwrap();
        let unni = signed_in(&s.ctx, Area::Staff, "unni", Level::High).await.staff().unwrap().clone();
        Self { s, unni, even }
    }

    pub async fn lawyer(&self, subject: &str, to: &str) -> (Citizen, Public<mandates::MandateRow>) {
        let who = self.listed(subject).await;
        (who, self.mandate(subject, &self.even, to).await)
    }

    /// Whom the register lists, without a mandate.
    async fn listed(&self, subject: &str) -> Citizen {
        let who =
            signed_in(&self.s.ctx, Area::Citizen, subject, Level::High).await.citizen().unwrap().clone();
        self.s.run(LISTED, args![&who.person, self.s.ctx.now()]).await;
        who
    }

    async fn mandate(&self, subject: &str, of: &Public<Inmate>, to: &str) -> Public<mandates::MandateRow> {
        let day = |text| CivilDate::parse_iso(text).unwrap();
        let new = NewMandate {
            number: number_of(subject),
            name: subject.into(),
            kind: MandateKind::Appointment,
            valid_from: day("2026-09-01"),
            valid_to: day(to),
        };
        mandates::register(&self.s.ctx, &self.unni, of, new).await.unwrap().unwrap()
    }

    async fn free(&self, who: &Citizen) -> Vec<(String, Public<VisitSession>)> {
        let found = rooms(&self.s.ctx, who, &self.even).await.unwrap().unwrap().days;
        found.into_iter().map(|(day, rooms)| (day.iso(), rooms[0].public.clone())).collect()
    }

    pub async fn on(&self, who: &Citizen, day: &str) -> Public<VisitSession> {
        self.free(who).await.into_iter().find(|(on, _)| on == day).unwrap().1
    }

    pub async fn book(&self, who: &Citizen, session: &Public<VisitSession>) -> book::Booked {
        let key = self.s.ctx.chance.public();
        book(&self.s.ctx, who, &self.even, session, &key).await.unwrap()
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        self.s.ctx.db.one::<(i64,)>(sql, vec![]).await.unwrap().0
    }
}

pub(in crate::visits) async fn signed_in(ctx: &Ctx, area: Area, subject: &str, level: Level) -> Actor {
    let staff = area == Area::Staff;
    let arrival = Arrival {
        area,
        issuer: "https://id.example".into(),
        subject: subject.into(),
        sid: None,
        number: (!staff).then(|| number_of(subject)),
        name: subject.into(),
        birth_date: None,
        level,
        fresh_at: None,
        roles: if staff { vec![Role::CaseOfficer] } else { vec![] },
        units: if staff { vec!["lyngmo".into(), "havn".into()] } else { vec![] },
        id_token: "hint".into(),
        previous: None,
    };
    let token = welcome(ctx, arrival).await.unwrap();
    signed::find(ctx, area, &token).await.unwrap().unwrap().actor
}

const LISTED: &str = "INSERT INTO lawyer (person_id, asked_at, verified_at, holds_to, source) \
    VALUES ($1, $2, $2, '2099-12-31', 'test')";
const BOOKINGS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM booking WHERE state = 'booked'";
const TAKEN: &str = "SELECT CAST(SUM(taken) AS BIGINT) FROM visit_session WHERE kind = 'lawyer'";

#[tokio::test]
async fn a_room_for_tomorrow_is_booked_once_and_takes_nothing_from_the_family() {
    on_both_engines(async |portal| {
        let scene = Scene::new(&portal).await;
        let ctx = &scene.s.ctx;
        let (ada, mandate) = scene.lawyer("ada", "2026-12-31").await;
        let free = scene.free(&ada).await;
        assert_eq!(free[0].0, "2026-09-02", "tomorrow, which is too soon for relatives");
        assert_eq!(free.last().unwrap().0, "2026-09-26", "no further than the unit lets book");
        let tomorrow = free[0].1.clone();
        let chosen = room(ctx, &ada, &scene.even, &tomorrow).await.unwrap().unwrap();
        assert_eq!((chosen.client.name.as_str(), chosen.refusals), ("Even Fjellvik", vec![]));
        let key = ctx.chance.public();
        let mut booked = vec![];
        for _ in 0..2 {
            booked.push(book(ctx, &ada, &scene.even, &tomorrow, &key).await.unwrap().unwrap().unwrap());
        }
        assert_eq!(booked[0], booked[1], "the second click");
        assert_eq!((scene.count(BOOKINGS).await, scene.count(TAKEN).await), (1, 1));
        let next = &ahead(ctx, &ada).await.unwrap()[0];
        assert_eq!((next.booking.clone(), next.start.0), (booked[0].clone(), 540));
        assert!(scene.free(&ada).await.iter().all(|(on, _)| on != "2026-09-02"));
        let letters = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'visits.booking'";
        assert_eq!(scene.count(letters).await, 1);

        // The week's one visit is still the family's.
        let maja = scene.s.relative("Maja Fjellvik").await;
        let own_id = scene.s.public_of(&maja.person).await;
        crate::visits::booking::choose_party(ctx, &maja, scene.s.inmate_public.clone(), vec![own_id])
            .await
            .unwrap()
            .unwrap();
        let days = crate::visits::booking::available(ctx, &maja).await.unwrap().unwrap().days;
        let saturday = days.iter().find(|day| day.date.iso() == "2026-09-05").unwrap();
        let domain::visits::booking::Offer::Free(times) = &saturday.offer else { panic!("{saturday:?}") };
        assert!(times.iter().all(|time| time.kind == SessionKind::Open), "no private room among them");

        // The unit's day has it, with nothing ordered and nothing to settle, until the mandate is ended.
        let look = async || {
            let day = unit_day(ctx, &scene.unni, Some("lyngmo"), chosen.session.as_ref().unwrap().date);
            let slots = day.await.unwrap().unwrap().slots;
            slots.into_iter().find(|slot| !slot.rows.is_empty()).unwrap().rows.remove(0)
        };
        scene.s.run(CONTROL, args![&scene.s.inmate]).await;
        let row = look().await;
        assert_eq!((row.kind, row.guests[0].name.as_str()), (SessionKind::Lawyer, "ada"));
        assert_eq!(
            (row.measures, row.doubts),
            (vec![], vec![]),
            "nobody listens, whatever a court has ordered"
        );
        mandates::end(ctx, &scene.unni, &mandate).await.unwrap().unwrap();
        assert_eq!(look().await.doubts, [Doubt::NotCleared(ada.person.clone())]);

        let visit = own(ctx, &ada, &booked[0]).await.unwrap().unwrap();
        let target = || Target { public: booked[0].clone(), version: visit.version };
        let low = Citizen { level: Level::Substantial, ..ada.clone() };
        assert!(
            own(ctx, &low, &booked[0]).await.unwrap().is_none(),
            "whose lawyer she is is told high alone"
        );
        assert!(my_visits(ctx, &low).await.unwrap().is_empty() && ahead(ctx, &low).await.unwrap().is_empty());
        assert_eq!(cancel(ctx, &low, target()).await.unwrap(), None);
        assert_eq!(my_visits(ctx, &ada).await.unwrap().len(), 1);
        assert_eq!(cancel(ctx, &ada, target()).await.unwrap(), Some(Ok(())));
        assert_eq!(cancel(ctx, &ada, target()).await.unwrap(), Some(Err(CancelRefusal::Already)));
        assert_eq!((scene.count(BOOKINGS).await, scene.count(TAKEN).await), (0, 0), "and is free at once");
    })
    .await;
}

const CONTROL: &str = "INSERT INTO restriction (id, inmate_id, court_order, kind, valid_from, valid_to) \
    VALUES ('r', $1, '26-1', 'visit_control', '2026-08-01', '2026-12-01')";

#[tokio::test]
async fn two_at_once_get_one_place_and_nobody_is_in_two_rooms() {
    on_both_engines(async |portal| {
        let scene = Scene::new(&portal).await;
        let ctx = &scene.s.ctx;
        let (ada, _) = scene.lawyer("ada", "2026-12-31").await;
        let (bo, _) = scene.lawyer("bo", "2026-09-03").await;
        let tomorrow = scene.on(&ada, "2026-09-02").await;
        let (first, second) = tokio::join!(scene.book(&ada, &tomorrow), scene.book(&bo, &tomorrow));
        let (won, lost): (Vec<_>, Vec<_>) = [first, second].into_iter().flatten().partition(Result::is_ok);
        assert_eq!((won.len(), lost), (1, vec![Err(vec![Refusal::SessionGone])]));
        // On Thursday there are two rooms, and one inmate.
        let thursday = scene.on(&ada, "2026-09-03").await;
        scene.book(&ada, &thursday).await.unwrap().unwrap();
        assert_eq!(
            scene.book(&bo, &thursday).await,
            Some(Err(vec![Refusal::SessionGone])),
            "he is with another"
        );
        let at = room(ctx, &ada, &scene.even, &thursday).await.unwrap().unwrap();
        let starts_at = at.session.unwrap().starts_at;
        assert_eq!(at.refusals, [Refusal::Overlap { at: starts_at }], "she is told of her own");
        assert!(scene.free(&bo).await.is_empty(), "nothing after his mandate");
        // A family's time, and an id that is none.
        let (open,): (String,) = ctx.db.one(OPEN, vec![]).await.unwrap();
        for id in [Public::parse(&open).unwrap(), ctx.chance.public()] {
            assert_eq!(scene.book(&ada, &id).await, Some(Err(vec![Refusal::SessionGone])));
        }
        assert_eq!((scene.count(BOOKINGS).await, scene.count(TAKEN).await), (2, 2));
    })
    .await;
}

const OPEN: &str = "SELECT public_id FROM visit_session WHERE kind = 'open' AND date = '2026-09-12' LIMIT 1";

#[tokio::test]
async fn t01_whoever_is_not_his_lawyer_today_gets_what_a_stranger_gets() {
    on_both_engines(async |portal| {
        let mut scene = Scene::new(&portal).await;
        let ctx = &scene.s.ctx.clone();
        let havn = portal.unit("havn").await;
        let other = portal.inmate("Odd Bjerkelund", "1980-01-01", &havn).await;
        let (other,): (String,) =
            ctx.db.one("SELECT public_id FROM inmate WHERE id = $1", args![&other]).await.unwrap();
        scene.unni = signed_in(ctx, Area::Staff, "unni", Level::High).await.staff().unwrap().clone();
        let (ada, _) = scene.lawyer("ada", "2026-12-31").await;
        let tomorrow = scene.on(&ada, "2026-09-02").await;
        let (ended, mandate) = scene.lawyer("dina", "2026-12-31").await;
        mandates::end(ctx, &scene.unni, &mandate).await.unwrap().unwrap();
        let of_another = scene.listed("another").await;
        scene.mandate("another", &Public::parse(&other).unwrap(), "2026-12-31").await;
        let unlisted =
            signed_in(ctx, Area::Citizen, "unlisted", Level::High).await.citizen().unwrap().clone();
        scene.mandate("unlisted", &scene.even, "2026-12-31").await;
        let relative = Citizen { level: Level::High, ..scene.s.relative("Maja Fjellvik").await };
        let all = [
            ("without a mandate", scene.listed("none").await),
            ("an ended one", ended),
            ("another's lawyer", of_another),
            ("not in the register", unlisted),
            ("a relative", relative),
            ("below the high level", Citizen { level: Level::Substantial, ..ada.clone() }),
        ];
        for (what, who) in all {
            assert_eq!(rooms(ctx, &who, &scene.even).await.unwrap(), None, "{what}");
            assert!(room(ctx, &who, &scene.even, &tomorrow).await.unwrap().is_none(), "{what}");
            assert_eq!(scene.book(&who, &tomorrow).await, None, "{what}");
        }
        assert_eq!((scene.count(BOOKINGS).await, scene.count(TAKEN).await), (0, 0));
        scene.book(&ada, &tomorrow).await.unwrap().unwrap();
        assert_eq!(scene.count(BOOKINGS).await, 1, "what could not fail would prove nothing");
    })
    .await;
}

const TRACED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit a JOIN delegation d ON a.actor_id = d.delegate_id \
    AND a.detail = 'for ' || d.lawyer_id WHERE a.subject_kind = 'booking'";
const TO_HER: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox o JOIN delegation d ON o.payload LIKE '%' || d.lawyer_id || '%' \
    WHERE o.kind = 'visits.booking'";
const CANCELLED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM booking WHERE state = 'cancelled'";

impl Scene {
    /// Whom ada lets act for her, with his yes.
    pub async fn delegate(&self, ada: &Citizen, subject: &str) -> (Citizen, Public<DelegationMark>) {
        let ctx = &self.s.ctx;
        let who = signed_in(ctx, Area::Citizen, subject, Level::High).await.citizen().unwrap().clone();
        let new = domain::messages::NewDelegate {
            name: subject.into(),
            label: "fullmektig".into(),
            firm: "Ada & co".into(),
            clients: vec![self.even.to_string()],
            valid_to: CivilDate::parse_iso("2026-09-30").unwrap(),
        };
        let (id, code) = delegates::name(ctx, ada, &ctx.chance.public(), &new).await.unwrap().unwrap();
        delegates::open(ctx, &who, code.expose()).await.unwrap().unwrap();
        delegates::answer(ctx, &who, &id, true).await.unwrap().unwrap();
        (who, id)
    }

    async fn book_under(
        &self,
        acting: &Acting,
        session: &Public<VisitSession>,
        instead: Option<&Public<Booking>>,
    ) -> book::Booked {
        let (ctx, inmate) = (&self.s.ctx, self.even.clone());
        let (session, instead, key) = (session.clone(), instead.cloned(), ctx.chance.public());
        let wish = Wish { inmate, session, key, instead, with: vec![] };
        super::book_under(ctx, acting.clone(), wish).await.unwrap()
    }
}

#[tokio::test]
async fn a_delegate_books_moves_and_cancels_in_his_own_name_for_her_who_comes() {
    on_both_engines(async |portal| {
        let scene = Scene::new(&portal).await;
        let ctx = &scene.s.ctx;
        let (ada, _) = scene.lawyer("ada", "2026-12-31").await;
        let (siv, id) = scene.delegate(&ada, "cy").await;
        let acting = Acting::under(&siv, id.clone());
        let free = rooms(ctx, acting.clone(), &scene.even).await.unwrap().unwrap();
        assert_eq!(Some(free), rooms(ctx, &ada, &scene.even).await.unwrap(), "the rooms that she would see");
        let (first, other) = (scene.on(&ada, "2026-09-02").await, scene.on(&ada, "2026-09-03").await);
        let booked = scene.book_under(&acting, &first, None).await.unwrap().unwrap();
        let hers = own(ctx, &ada, &booked).await.unwrap().expect("it is hers");
        assert_eq!(hers.people[0].0, "ada", "she is who comes");
        assert_eq!(ahead(ctx, &ada).await.unwrap()[0].by.as_deref(), Some("cy"));
        assert_eq!(ahead_under(ctx, &siv, &id).await.unwrap().len(), 1);
        assert!(
            own(ctx, &siv, &booked).await.unwrap().is_none()
                && my_visits(ctx, &siv).await.unwrap().is_empty()
        );
        let day = CivilDate::parse_iso("2026-09-02").unwrap();
        let day = unit_day(ctx, &scene.unni, Some("lyngmo"), day).await.unwrap().unwrap();
        let row = day.slots.into_iter().find(|slot| !slot.rows.is_empty()).unwrap().rows.remove(0);
        assert_eq!((row.delegate.as_deref(), row.guests[0].name.as_str()), (Some("cy"), "ada"));
        let door = crate::visits::booking::staff_visit(ctx, &scene.unni, &booked).await.unwrap().unwrap();
        assert_eq!(door.row.delegate.as_deref(), Some("cy"), "and whoever opens the door is told");

        // Another time takes its place in one step; a taken one leaves it as it was.
        let moved = scene.book_under(&acting, &other, Some(&booked)).await.unwrap().unwrap();
        assert_eq!(
            (scene.count(BOOKINGS).await, scene.count(TAKEN).await, scene.count(CANCELLED).await),
            (1, 1, 1)
        );
        assert_eq!(scene.book_under(&acting, &first, Some(&booked)).await, Some(Err(vec![Refusal::Started])));
        let gone = ctx.chance.public();
        assert_eq!(
            scene.book_under(&acting, &gone, Some(&moved)).await,
            Some(Err(vec![Refusal::SessionGone]))
        );
        assert_eq!((scene.count(BOOKINGS).await, scene.count(TAKEN).await), (1, 1));

        let (inmate, visit) = visit_under(ctx, &acting, &moved).await.unwrap().unwrap();
        assert_eq!((inmate, visit.visit.inmate_name.as_str()), (scene.even.clone(), "Even Fjellvik"));
        let target = |version| Target { public: moved.clone(), version };
        let stale = cancel_under(ctx, &acting, target(visit.version + 1)).await.unwrap();
        assert_eq!(stale, Some(Err(CancelRefusal::Stale)));
        assert_eq!(cancel_under(ctx, &acting, target(visit.version)).await.unwrap(), Some(Ok(())));
        assert_eq!(
            cancel_under(ctx, &acting, target(visit.version)).await.unwrap(),
            Some(Err(CancelRefusal::Already))
        );
        assert_eq!((scene.count(BOOKINGS).await, scene.count(TAKEN).await), (0, 0));
        // Booked, moved (which is both), cancelled: a line each in her log, a trace with both, a letter to her.
        let log = delegates::of_client(ctx, &ada, &scene.even).await.unwrap();
        assert!(log.len() == 4 && log.iter().all(|act| act.by == "cy"), "{log:?}");
        assert_eq!((scene.count(TRACED).await, scene.count(TO_HER).await), (4, 4));
        assert!(delegates::of_client(ctx, &siv, &scene.even).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn t01_whoever_is_not_her_delegate_now_gets_what_a_stranger_gets() {
    on_both_engines(async |portal| {
        let scene = Scene::new(&portal).await;
        let ctx = &scene.s.ctx.clone();
        let (ada, mandate) = scene.lawyer("ada", "2026-12-31").await;
        let (bo, _) = scene.lawyer("bo", "2026-12-31").await;
        let (siv, id) = scene.delegate(&ada, "cy").await;
        let (of_bo, his) = scene.delegate(&bo, "dag").await;
        let (gone, ended) = scene.delegate(&ada, "eli").await;
        delegates::end(ctx, &ada, &ended, domain::identity::EndedBy::Lawyer).await.unwrap().unwrap();
        let day = scene.on(&ada, "2026-09-02").await;
        let acting = Acting::under(&siv, id.clone());
        let booked = scene.book_under(&acting, &day, None).await.unwrap().unwrap();
        let version = visit_under(ctx, &acting, &booked).await.unwrap().unwrap().1.version;
        let relative = Citizen { level: Level::High, ..scene.s.relative("Maja Fjellvik").await };
        let low = Citizen { level: Level::Substantial, ..siv.clone() };
        let mut all = vec![
            ("another's delegate, in her name", Acting::under(&of_bo, id.clone())),
            ("an ended one", Acting::under(&gone, ended)),
            ("an ended one, by another's id", Acting::under(&gone, id.clone())),
            ("the lawyer, as a delegate", Acting::under(&ada, id.clone())),
            ("a relative", Acting::under(&relative, id.clone())),
            ("below the high level", Acting::under(&low, id.clone())),
            ("no delegation at all", Acting::under(&siv, ctx.chance.public())),
            ("a delegate as a lawyer", Acting::from(&siv)),
        ];
        let tried = async |what: &str, acting: &Acting| {
            assert_eq!(rooms(ctx, acting.clone(), &scene.even).await.unwrap(), None, "{what}");
            assert!(room(ctx, acting.clone(), &scene.even, &day).await.unwrap().is_none(), "{what}");
            assert_eq!(scene.book_under(acting, &day, None).await, None, "{what}");
            assert_eq!(scene.book_under(acting, &day, Some(&booked)).await, None, "{what}");
            assert!(visit_under(ctx, acting, &booked).await.unwrap().is_none(), "{what}");
            let target = Target { public: booked.clone(), version };
            assert_eq!(cancel_under(ctx, acting, target).await.unwrap(), None, "{what}");
        };
        for (what, acting) in &all {
            tried(what, acting).await;
        }
        // His lawyer has the same client; her booking is another's all the same.
        let theirs = Acting::under(&of_bo, his);
        assert!(rooms(ctx, theirs.clone(), &scene.even).await.unwrap().is_some());
        assert!(visit_under(ctx, &theirs, &booked).await.unwrap().is_none());
        let target = || Target { public: booked.clone(), version };
        assert_eq!(cancel_under(ctx, &theirs, target()).await.unwrap(), None);
        assert_eq!(scene.book_under(&theirs, &day, Some(&booked)).await, None);
        // What ends her mandate ends his way with it.
        mandates::end(ctx, &scene.unni, &mandate).await.unwrap().unwrap();
        all.clear();
        tried("no mandate", &acting).await;
        assert!(ahead_under(ctx, &siv, &id).await.unwrap().is_empty());
        assert_eq!(
            (scene.count(BOOKINGS).await, scene.count(CANCELLED).await),
            (1, 0),
            "and nothing has changed"
        );
    })
    .await;
}

#[tokio::test]
async fn the_same_hour_again_is_the_next_free_one_of_its_weekday() {
    on_both_engines(async |portal| {
        let scene = Scene::new(&portal).await;
        let ctx = &scene.s.ctx;
        let (ada, _) = scene.lawyer("ada", "2026-12-31").await;
        let first = scene.on(&ada, "2026-09-02").await;
        let booked = scene.book(&ada, &first).await.unwrap().unwrap();
        let seen = own(ctx, &ada, &booked).await.unwrap().unwrap();
        let (session, date) = again(ctx, &ada, &seen).await.unwrap().expect("a week later it is free");
        assert_eq!((date.iso().as_str(), &session), ("2026-09-09", &scene.on(&ada, "2026-09-09").await));
        // Once that is hers the week after it is next; whose client he is not is told of none.
        scene.book(&ada, &session).await.unwrap().unwrap();
        let (_, date) = again(ctx, &ada, &seen).await.unwrap().unwrap();
        assert_eq!(date.iso(), "2026-09-16");
        let (bo, _) = scene.delegate(&ada, "cy").await;
        assert_eq!(again(ctx, &bo, &seen).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn her_rooms_of_the_unit_are_told_beside_the_free_ones_for_another_client() {
    on_both_engines(async |portal| {
        let scene = Scene::new(&portal).await;
        let ctx = &scene.s.ctx;
        let (ada, _) = scene.lawyer("ada", "2026-12-31").await;
        let (beside, _) = scene.s.beside("Siv Utvik").await;
        let siv = Public::parse(beside.inmate_public.as_str()).unwrap();
        scene.mandate("ada", &siv, "2026-12-31").await;
        let hers = async || rooms(ctx, &ada, &siv).await.unwrap().unwrap().hers;
        assert!(hers().await.is_empty());
        let tomorrow = scene.on(&ada, "2026-09-02").await;
        scene.book(&ada, &tomorrow).await.unwrap().unwrap();
        let told = hers().await;
        let of = |one: &Ahead| (one.inmate == scene.even, one.date.iso(), one.start.0, one.end.0);
        assert_eq!(told.iter().map(of).collect::<Vec<_>>(), [(true, "2026-09-02".to_owned(), 540, 600)]);
        // Another lawyer of the same client learns nothing of it.
        let bo = scene.listed("bo").await;
        scene.mandate("bo", &siv, "2026-12-31").await;
        assert!(rooms(ctx, &bo, &siv).await.unwrap().unwrap().hers.is_empty());
    })
    .await;
}

const FOR_NOBODY: &str = "UPDATE visit_template SET wings = 'only' WHERE kind = 'lawyer' AND weekday = 3";

#[tokio::test]
async fn a_room_that_is_not_for_her_clients_wing_is_not_there() {
    on_both_engines(async |portal| {
        let scene = Scene::new(&portal).await;
        let ctx = &scene.s.ctx;
        let (ada, _) = scene.lawyer("ada", "2026-12-31").await;
        let wednesday = scene.on(&ada, "2026-09-02").await;
        scene.s.run(FOR_NOBODY, vec![]).await;
        let at = room(ctx, &ada, &scene.even, &wednesday).await.unwrap().unwrap();
        assert_eq!((at.session, at.refusals), (None, vec![Refusal::SessionGone]));
        assert_eq!(scene.book(&ada, &wednesday).await, Some(Err(vec![Refusal::SessionGone])));
        let days = rooms(ctx, &ada, &scene.even).await.unwrap().unwrap().days;
        assert!(!days.is_empty() && days.iter().all(|(date, _)| date.weekday() != 3));
    })
    .await;
}
