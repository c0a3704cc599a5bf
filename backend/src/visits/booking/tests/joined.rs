//! Other adults who come along: by a code, by a yes of their own, and never seen by whoever booked.

use domain::{
    identity::InviteCode,
    visits::booking::joining::{JoinEnd, JoinRefusal, Joining, Told},
};

use super::*;
use crate::visits::booking::joining::{
    Answered, Guest, Invitation, answer, ask, guest, joinings, leave, open, others, take_back,
};

pub const PARTY_SIZE: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM booking_party";
pub const NEWS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'visits.joining'";
pub const NEWS_TO: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'visits.joining' \
    AND payload LIKE '%' || $1 || '%'";
pub const KEPT_CODE: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM visit_invitation WHERE length(code_hash) <> 32";
pub const MEASURE: &str = "UPDATE clearance SET measures = 'glass_wall' WHERE person_id = $1";
pub const EXPIRE: &str = "UPDATE clearance SET valid_to = '2026-09-10' WHERE person_id = $1";

pub(super) async fn asked(
    s: &Stage,
    who: &Citizen,
    booking: &Public<Booking>,
) -> (Public<Invitation>, InviteCode) {
    ask(&s.ctx, who, booking.clone(), s.ctx.chance.public()).await.unwrap().unwrap();
    let last: Guest =
        others(&s.ctx, who, booking).await.unwrap().unwrap().guests.pop().expect("the one asked");
    (last.public, last.code.expect("a code"))
}

async fn comes(s: &Stage, who: &Citizen, code: &InviteCode) -> Public<Invitation> {
    let own = open(&s.ctx, who, &code.shown()).await.unwrap().unwrap();
    assert_eq!(answer(&s.ctx, who, own.clone(), true).await.unwrap(), Some(Answered::Done));
    own
}

async fn told(s: &Stage, who: &Citizen, booking: &Public<Booking>) -> Vec<Told> {
    others(&s.ctx, who, booking).await.unwrap().unwrap().guests.iter().map(|g| g.told).collect()
}

async fn state(s: &Stage, who: &Citizen, own: &Public<Invitation>) -> Joining {
    guest(&s.ctx, who, own).await.unwrap().expect("the guest's").visit.state
}

pub const TO_GUEST: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind IN ('visits.joining', 'visits.text') \
    AND payload LIKE '%' || $1 || '%'";

/// Each as she has chosen, whatever the other has; and by text when the unit cancels at short notice.
#[tokio::test]
async fn a_guest_is_reminded_as_she_has_chosen_and_told_by_text_what_is_off() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let (maja, ruth) = (s.relative("Maja Fjellvik").await, s.relative("Ruth Tangvald").await);
        for (who, choice) in [(&maja, "days"), (&ruth, "day")] {
            s.run(reminding::CHOOSE, args![&who.person, choice]).await;
        }
        let booking = booked(&s, &maja, SATURDAY, 0).await;
        let (_, code) = asked(&s, &maja, &booking).await;
        let to_ruth = async || s.ctx.db.one::<(i64,)>(TO_GUEST, args![ruth.person.as_str()]).await.unwrap().0;
        comes(&s, &ruth, &code).await;
        let begins = visit(&s.ctx, &maja, &booking).await.unwrap().unwrap().visit.starts_at;
        let before = to_ruth().await;
        let table = [(-73, 0, 0), (-72, 1, 0), (-25, 0, 0), (-24, 1, 1), (-23, 0, 1)];
        for (hour, letters, hers) in table {
            s.ctx.clock.set(begins.plus_minutes(60 * hour));
            assert_eq!(remind_due(&s.ctx).await.unwrap(), letters, "at {hour}");
            assert_eq!(remind_due(&s.ctx).await.unwrap(), 0, "once: at {hour}");
            assert_eq!(to_ruth().await - before, hers, "at {hour}");
        }
        // A yes within the hours of the reminder is fresh.
        let (_, late) = asked(&s, &maja, &booking).await;
        let tor = s.relative("Tor Tangvald").await;
        s.run(reminding::CHOOSE, args![&tor.person, "day"]).await;
        comes(&s, &tor, &late).await;
        assert_eq!(remind_due(&s.ctx).await.unwrap(), 0);
        priority::called_off(&s, &booking, StaffReason::Staffing).await;
        assert_eq!(to_ruth().await - before, 3, "a letter and a text");
        assert_eq!(remind_due(&s.ctx).await.unwrap(), 0, "it is off");
    })
    .await;
}

#[tokio::test]
async fn a_guest_comes_by_a_yes_and_whoever_booked_sees_that_alone() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let (maja, ruth) = (s.relative("Maja Fjellvik").await, s.relative("Ruth Tangvald").await);
        let booking = booked(&s, &maja, SATURDAY, 0).await;
        let key = s.ctx.chance.public();
        for _ in 0..2 {
            ask(&s.ctx, &maja, booking.clone(), key.clone()).await.unwrap().unwrap();
        }
        let seen = others(&s.ctx, &maja, &booking).await.unwrap().unwrap();
        assert_eq!(seen.guests.len(), 1, "the same form twice asks once");
        let code = seen.guests[0].code.clone().expect("a code");
        assert_eq!(seen.guests[0].told, Told::NotAnswered { until: NOON.plus_days(2) });
        assert_eq!(count(&s.ctx, KEPT_CODE).await, 0, "a hash is kept");
        assert!(joinings(&s.ctx, &ruth).await.unwrap().is_empty());

        let own = open(&s.ctx, &ruth, &code.shown().to_lowercase()).await.unwrap().unwrap();
        assert_eq!(open(&s.ctx, &ruth, &code.shown()).await.unwrap().unwrap(), own, "typed again");
        let still = others(&s.ctx, &maja, &booking).await.unwrap().unwrap();
        assert_eq!(still, seen, "that the code was typed shows nowhere");
        let page = guest(&s.ctx, &ruth, &own).await.unwrap().unwrap();
        assert_eq!(
            (page.visit.booker_name.as_str(), page.visit.inmate_name.as_str(), page.against.len()),
            ("Maja Fjellvik", "Even Fjellvik", 0)
        );
        for _ in 0..2 {
            assert_eq!(answer(&s.ctx, &ruth, own.clone(), true).await.unwrap(), Some(Answered::Done));
        }
        assert_eq!(answer(&s.ctx, &ruth, own.clone(), false).await.unwrap(), Some(Answered::Over));
        assert_eq!(told(&s, &maja, &booking).await, [Told::CanCome]);
        assert_eq!((count(&s.ctx, PARTY_SIZE).await, count(&s.ctx, NEWS).await), (2, 1));
        let hers = visit(&s.ctx, &maja, &booking).await.unwrap().unwrap();
        assert_eq!(hers.people.len(), 1, "no name of the other");
        assert_eq!(visit(&s.ctx, &ruth, &booking).await.unwrap(), None, "it is not the guest's to change");
        assert_eq!(joinings(&s.ctx, &ruth).await.unwrap().len(), 1);

        for _ in 0..2 {
            assert_eq!(leave(&s.ctx, &ruth, own.clone()).await.unwrap(), Some(true));
        }
        assert_eq!(told(&s, &maja, &booking).await, [Told::CannotCome]);
        assert_eq!((count(&s.ctx, PARTY_SIZE).await, count(&s.ctx, NEWS).await), (1, 2));
        assert_eq!(state(&s, &ruth, &own).await, Joining::Ended(JoinEnd::Guest));
    })
    .await;
}

#[tokio::test]
async fn who_let_a_code_pass_unanswered_can_come_by_another() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let (maja, ruth) = (s.relative("Maja Fjellvik").await, s.relative("Ruth Tangvald").await);
        let booking = booked(&s, &maja, SATURDAY, 0).await;
        let (_, first) = asked(&s, &maja, &booking).await;
        let passed = open(&s.ctx, &ruth, &first.shown()).await.unwrap().unwrap();
        s.ctx.clock.set(NOON.plus_minutes(5));
        let (_, second) = asked(&s, &maja, &booking).await;
        let typed = open(&s.ctx, &ruth, &second.shown()).await.unwrap();
        assert_eq!(typed, Err(JoinRefusal::Code), "she can still answer the first");
        s.ctx.clock.set(NOON.plus_days(3));
        let (_, third) = asked(&s, &maja, &booking).await;
        comes(&s, &ruth, &third).await;
        assert_eq!(state(&s, &ruth, &passed).await, Joining::Declined);
        let answers = [Told::CannotCome, Told::CannotCome, Told::CanCome];
        assert_eq!(told(&s, &maja, &booking).await, answers);
    })
    .await;
}

#[tokio::test]
async fn t06_a_code_is_a_wrong_one_for_everybody_to_whom_the_visit_is_nothing() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let (maja, ruth) = (s.relative("Maja Fjellvik").await, s.relative("Ruth Tangvald").await);
        let (_, stranger) = s.beside("Siv Utvik").await;
        let late = s.relative("Lars Utvik").await;
        s.run(EXPIRE, args![&late.person]).await;
        let booking = booked(&s, &maja, SATURDAY, 0).await;
        let (invitation, code) = asked(&s, &maja, &booking).await;
        let typed = async |who: &Citizen, text: &str| open(&s.ctx, who, text).await.unwrap().err();
        let wrong = Some(JoinRefusal::Code);
        for who in [&maja, &stranger, &late] {
            assert_eq!(typed(who, &code.shown()).await, wrong, "{}", who.name);
        }
        assert_eq!(typed(&ruth, "0000-0000-0000-0000").await, wrong);
        assert_eq!(typed(&ruth, "").await, wrong);
        // Nobody else finds it by its address, and whoever booked does not answer it.
        for who in [&maja, &stranger, &ruth] {
            assert_eq!(guest(&s.ctx, who, &invitation).await.unwrap(), None);
            assert_eq!(answer(&s.ctx, who, invitation.clone(), true).await.unwrap(), None);
            assert_eq!(leave(&s.ctx, who, invitation.clone()).await.unwrap(), None);
        }
        assert_eq!(take_back(&s.ctx, &ruth, invitation.clone()).await.unwrap(), Err(JoinRefusal::Hidden));
        let asks = ask(&s.ctx, &ruth, booking.clone(), s.ctx.chance.public()).await.unwrap();
        assert_eq!(asks, Err(JoinRefusal::Hidden));
        assert_eq!(others(&s.ctx, &ruth, &booking).await.unwrap(), None);
        // Too late it is a wrong one for whoever could come, too, and the seat is free.
        s.ctx.clock.set(NOON.plus_days(2));
        assert_eq!(typed(&ruth, &code.shown()).await, wrong);
        assert_eq!(told(&s, &maja, &booking).await, [Told::CannotCome]);
        s.ctx.clock.set(NOON);
        // Used up.
        let own = comes(&s, &ruth, &code).await;
        let siv = s.relative("Siv Fjellvik").await;
        assert_eq!(typed(&siv, &code.shown()).await, wrong);
        assert_eq!(take_back(&s.ctx, &maja, own.clone()).await.unwrap(), Ok(()));
        assert_eq!(state(&s, &ruth, &own).await, Joining::Ended(JoinEnd::Booker));
        assert_eq!(count_of(&s, &ruth).await, 1, "the guest is told");
        // A guest whose leave is gone finds nothing of what was not answered.
        let (_, code) = asked(&s, &maja, &booking).await;
        let own = open(&s.ctx, &siv, &code.shown()).await.unwrap().unwrap();
        s.run(WITHDRAW, args![&siv.person]).await;
        assert_eq!(guest(&s.ctx, &siv, &own).await.unwrap(), None);
        let said = answer(&s.ctx, &siv, own, true).await.unwrap();
        assert!(matches!(said, Some(Answered::Refused(_))), "{said:?}");
    })
    .await;
}

async fn count_of(s: &Stage, who: &Citizen) -> i64 {
    s.ctx.db.one::<(i64,)>(NEWS_TO, args![&who.person]).await.unwrap().0
}

#[tokio::test]
async fn seats_are_kept_and_given_back() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        let child = s.child(&maja, "Ask Fjellvik", "2020-03-01").await;
        let booking = booked(&s, &maja, SATURDAY, 0).await;
        let (first, _) = asked(&s, &maja, &booking).await;
        let (_, code) = asked(&s, &maja, &booking).await;
        let full = Err(JoinRefusal::Full { most: 3 });
        assert_eq!(ask(&s.ctx, &maja, booking.clone(), s.ctx.chance.public()).await.unwrap(), full);
        assert_eq!(take_back(&s.ctx, &maja, first.clone()).await.unwrap(), Ok(()));
        assert_eq!(take_back(&s.ctx, &maja, first).await.unwrap(), Err(JoinRefusal::MovedOn));
        let (_, _) = asked(&s, &maja, &booking).await;
        assert_eq!(told(&s, &maja, &booking).await.len(), 2, "what was taken back is not shown");

        // The people of the same time are changed: the seats of the others count, and stay.
        let ruth = s.relative("Ruth Tangvald").await;
        let own = comes(&s, &ruth, &code).await;
        let seen = visit(&s.ctx, &maja, &booking).await.unwrap().unwrap();
        let target = Target { public: booking.clone(), version: seen.version };
        begin_change(&s.ctx, &maja, target).await.unwrap().unwrap().unwrap();
        assert_eq!(draft(&s.ctx, &maja).await.unwrap().unwrap().people.len(), 1, "no name of the other");
        let both = vec![s.public_of(&maja.person).await, s.public_of(&child).await];
        choose_party(&s.ctx, &maja, s.inmate_public.clone(), both).await.unwrap().unwrap();
        let at = |times: Vec<Session>| times.into_iter().map(|t| t.start.0).collect::<Vec<_>>();
        assert_eq!(
            at(free(&s.ctx, &maja, SATURDAY).await),
            [780],
            "two, and two seats more, at her own time"
        );
        s.ctx.clock.set(NOON.plus_days(3));
        assert_eq!(at(free(&s.ctx, &maja, SATURDAY).await), [660, 780], "one was not answered in time");
        let hold = held(&s.ctx, &maja, SATURDAY, 0).await;
        confirm(&s.ctx, &maja, hold).await.unwrap().unwrap();
        assert_eq!(count(&s.ctx, PARTY_SIZE).await, 3);
        assert_eq!(state(&s, &ruth, &own).await, Joining::Coming);

        // Another time is another question.
        let seen = visit(&s.ctx, &maja, &booking).await.unwrap().unwrap();
        let target = Target { public: booking.clone(), version: seen.version };
        begin_change(&s.ctx, &maja, target).await.unwrap().unwrap().unwrap();
        let hold = held(&s.ctx, &maja, SATURDAY, 1).await;
        confirm(&s.ctx, &maja, hold).await.unwrap().unwrap();
        assert_eq!((count(&s.ctx, PARTY_SIZE).await, count_of(&s, &ruth).await), (2, 1));
        assert_eq!(state(&s, &ruth, &own).await, Joining::Ended(JoinEnd::Moved));
        assert!(told(&s, &maja, &booking).await.is_empty());
        s.ctx.clock.set(NOON);
    })
    .await;
}

#[tokio::test]
async fn a_guest_is_judged_alone_and_told_when_it_ends() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let (maja, ruth) = (s.relative("Maja Fjellvik").await, s.relative("Ruth Tangvald").await);
        let booking = booked(&s, &maja, SATURDAY, 0).await;
        let (_, code) = asked(&s, &maja, &booking).await;
        let own = open(&s.ctx, &ruth, &code.shown()).await.unwrap().unwrap();
        s.run(MEASURE, args![&ruth.person]).await;
        let refused = async || match answer(&s.ctx, &ruth, own.clone(), true).await.unwrap() {
            Some(Answered::Refused(refusals)) => codes::<()>(Err(refusals)),
            other => panic!("{other:?}"),
        };
        assert_eq!(refused().await, ["wrong_kind"]);
        assert_eq!(told(&s, &maja, &booking).await, [Told::NotAnswered { until: NOON.plus_days(2) }]);
        s.run(UNMEASURE, args![&ruth.person]).await;
        // Somebody else is visited at the same time.
        let (other, _) = s.beside("Jon Utvik").await;
        other.grant(&ruth.person, &ruth.person, "").await;
        s.run(FREE_PLACES, vec![]).await;
        let elsewhere = booked(&other, &ruth, SATURDAY, 0).await;
        assert_eq!(refused().await, ["overlap"]);
        let version = visit(&s.ctx, &ruth, &elsewhere).await.unwrap().unwrap().version;
        cancel(&s.ctx, &ruth, Target { public: elsewhere, version }).await.unwrap().unwrap().unwrap();
        assert_eq!(answer(&s.ctx, &ruth, own.clone(), true).await.unwrap(), Some(Answered::Done));
        // And from now on the guest's own booking of the same hour meets it.
        alone(&other, &ruth).await;
        assert_eq!(why(&s.ctx, &ruth, SATURDAY).await, None, "the later time is free");
        assert_eq!(free(&s.ctx, &ruth, SATURDAY).await[0].start.0, 780);

        // The leave is given up: the visit stands without the guest.
        let case = crate::visits::clearance::mine(&s.ctx, &ruth).await.unwrap();
        let case = case.into_iter().find(|case| case.inmate_name == "Even Fjellvik").unwrap().public;
        give_up(&s.ctx, &ruth, &case).await.unwrap().unwrap();
        assert_eq!(told(&s, &maja, &booking).await, [Told::CannotCome]);
        assert_eq!(
            (count(&s.ctx, PARTY_SIZE).await, count(&s.ctx, BOOKINGS).await),
            (2, 1),
            "and the one called off"
        );

        // A visit that is called off is called off for the guest.
        let siv = s.relative("Siv Fjellvik").await;
        let (_, code) = asked(&s, &maja, &booking).await;
        let own = comes(&s, &siv, &code).await;
        let version = visit(&s.ctx, &maja, &booking).await.unwrap().unwrap().version;
        cancel(&s.ctx, &maja, Target { public: booking.clone(), version }).await.unwrap().unwrap().unwrap();
        assert_eq!(count_of(&s, &siv).await, 1);
        let seen = guest(&s.ctx, &siv, &own).await.unwrap().unwrap();
        assert_eq!((seen.visit.state, seen.visit.is_booked, seen.over), (Joining::Coming, false, true));
        assert_eq!(leave(&s.ctx, &siv, own).await.unwrap(), Some(false));
        let closed = ask(&s.ctx, &maja, booking, s.ctx.chance.public()).await.unwrap();
        assert_eq!(closed, Err(JoinRefusal::Closed));
    })
    .await;
}

pub const UNMEASURE: &str = "UPDATE clearance SET measures = '' WHERE person_id = $1";
pub const FREE_PLACES: &str = "UPDATE visit_session SET capacity = 5";

#[tokio::test]
async fn f10_twenty_who_ask_and_answer_at_once_never_fill_more_than_the_seats() {
    on_both_engines(async |portal| {
        let s = stage(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        let booking = booked(&s, &maja, SATURDAY, 0).await;
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let (ctx, maja, booking, key) =
                (s.ctx.clone(), maja.clone(), booking.clone(), s.ctx.chance.public());
            tasks.spawn(async move { ask(&ctx, &maja, booking, key).await });
        }
        let made = tasks.join_all().await.into_iter().filter(|asked| matches!(asked, Ok(Ok(())))).count();
        assert_eq!(made, 2, "three people, one of whom is she");
        let guests = others(&s.ctx, &maja, &booking).await.unwrap().unwrap().guests;
        let code = guests[0].code.clone().unwrap();
        let mut several = vec![];
        for n in 0..6 {
            several.push(s.relative(&format!("Guest {n}")).await);
        }
        let mut tasks = tokio::task::JoinSet::new();
        for who in several {
            let (ctx, code) = (s.ctx.clone(), code.shown());
            tasks.spawn(async move {
                match open(&ctx, &who, &code).await {
                    Ok(Ok(own)) => matches!(answer(&ctx, &who, own, true).await, Ok(Some(Answered::Done))),
                    _ => false,
                }
            });
        }
        let came = tasks.join_all().await.into_iter().filter(|came| *came).count();
        assert_eq!((came, count(&s.ctx, PARTY_SIZE).await), (1, 2), "one code is one guest");
    })
    .await;
}
