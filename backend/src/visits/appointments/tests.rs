//! Elsewhere: the time looks full to whoever books, a lawyer too; staff alone know.

use domain::{
    access::Role,
    kernel::Clock,
    visits::booking::{Offer, engaged::Appointment as Wish},
};

use super::*;
use crate::{
    ctx::Citizen,
    testing::{NOON, on_both_engines},
    visits::booking::{self, check_ahead, testing::Stage},
};

const SATURDAY: &str = "2026-09-19";
pub const DOUBTS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM booking WHERE doubts = 'engaged'";
pub const TRACES: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action IN ('appointment_set', 'appointment_off')";
pub const DECIDED: &str = "INSERT INTO custody_decision (id, source, key, inmate_id, version, kind, change, at, until_at) \
    VALUES ($1, 'case', $1, $2, 1, $3, $4, $5, $6)";

fn saturday() -> CivilDate {
    CivilDate::parse_iso(SATURDAY).unwrap()
}

/// From and to, in minutes after midnight of the Saturday.
fn at(from: u16, to: u16) -> Wish {
    let wall = |minutes| Instant::of_wall(saturday(), Clock(minutes));
    Wish { kind: AppointmentKind::Court, starts_at: wall(from), ends_at: wall(to) }
}

fn key(s: &Stage) -> Public<AppointmentKey> {
    s.ctx.chance.public()
}

async fn times(s: &Stage, who: &Citizen) -> Vec<domain::visits::booking::Session> {
    let own = s.public_of(&who.person).await;
    booking::choose_party(&s.ctx, who, s.inmate_public.clone(), vec![own]).await.unwrap().unwrap();
    let days = booking::available(&s.ctx, who).await.unwrap().unwrap().days;
    match days.into_iter().find(|d| d.date == saturday()).unwrap().offer {
        Offer::Free(times) => times,
        Offer::None(_) => vec![],
    }
}

/// Minutes after midnight of the day's free times.
async fn free(s: &Stage, who: &Citizen) -> Vec<u16> {
    times(s, who).await.into_iter().map(|time| time.start.0).collect()
}

async fn page(s: &Stage, staff: &Staff) -> Option<Opened> {
    let inside = Public::parse(s.inmate_public.as_str()).unwrap();
    open(&s.ctx, staff, &inside, LookReason::HandleCase).await.unwrap()
}

#[tokio::test]
async fn nobody_books_while_he_is_elsewhere_and_what_was_booked_comes_to_the_list() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal.ctx, portal.unit("lyngmo").await).await;
        let henrik = s.staff(Role::CaseOfficer, s.unit.clone()).await;
        let inside: Public<Inmate> = Public::parse(s.inmate_public.as_str()).unwrap();
        let maja = s.relative("Maja Fjellvik").await;
        assert_eq!(free(&s, &maja).await, [660, 780]);

        // In court until half past ten: with half an hour on the way, eleven is free; until eleven, it is not.
        let two = (&inside, &key(&s));
        for _ in 0..2 {
            assert_eq!(set(&s.ctx, &henrik, two, at(540, 630)).await.unwrap(), Some(()));
        }
        assert_eq!(free(&s, &maja).await, [660, 780]);
        assert_eq!(set(&s.ctx, &henrik, (&inside, &key(&s)), at(540, 660)).await.unwrap(), Some(()));
        assert_eq!(free(&s, &maja).await, [780]);
        assert_eq!(s.ctx.db.one::<(i64,)>(TRACES, vec![]).await.unwrap().0, 2, "one form, one appointment");

        // Called off, the time is back; booked then, a new one brings it to the list of work.
        let opened = page(&s, &henrik).await.unwrap();
        assert_eq!(opened.appointments.len(), 2);
        let last = opened.appointments.iter().find(|one| one.until == Some(at(540, 660).ends_at)).unwrap();
        let public = last.public.clone().unwrap();
        assert_eq!(call_off(&s.ctx, &henrik, &inside, &public).await.unwrap(), Some(true));
        assert_eq!(call_off(&s.ctx, &henrik, &inside, &public).await.unwrap(), Some(false));
        let time = times(&s, &maja).await.remove(0);
        booking::hold(&s.ctx, &maja, time.public).await.unwrap().unwrap();
        let hold = booking::draft(&s.ctx, &maja).await.unwrap().unwrap().hold.unwrap().hold.public;
        booking::confirm(&s.ctx, &maja, hold).await.unwrap().unwrap();
        assert_eq!(set(&s.ctx, &henrik, (&inside, &key(&s)), at(690, 720)).await.unwrap(), Some(()));
        let opened = page(&s, &henrik).await.unwrap();
        let met: Vec<usize> = opened.appointments.iter().map(|one| one.visits.len()).collect();
        assert_eq!(met, [0, 1], "the visit that it meets is named");
        s.ctx.clock.set(NOON.plus_days(4));
        check_ahead(&s.ctx).await.unwrap();
        assert_eq!(s.ctx.db.one::<(i64,)>(DOUBTS, vec![]).await.unwrap().0, 1);
        s.ctx.clock.set(NOON);
    })
    .await;
}

#[tokio::test]
async fn a_leave_of_the_case_system_counts_as_one_and_one_that_was_cancelled_does_not() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal.ctx, portal.unit("lyngmo").await).await;
        let henrik = s.staff(Role::CaseOfficer, s.unit.clone()).await;
        let maja = s.relative("Maja Fjellvik").await;
        let (from, until) = (at(600, 700).starts_at, at(600, 700).ends_at);
        s.run(DECIDED, args!["one", &s.inmate, "leave", "cancelled", from, until]).await;
        s.run(DECIDED, args!["two", &s.inmate, "escape", "decided", from, None::<Instant>]).await;
        assert_eq!(free(&s, &maja).await, [660, 780]);
        s.run(DECIDED, args!["three", &s.inmate, "leave", "moved", from, until]).await;
        assert_eq!(free(&s, &maja).await, [780]);
        let opened = page(&s, &henrik).await.unwrap();
        let listed: Vec<_> = opened.appointments.iter().map(|one| (one.public.is_none(), one.kind)).collect();
        assert_eq!(listed, [(true, AppointmentKind::Leave)]);
        // Without an end an interruption is until further notice.
        s.run(DECIDED, args!["four", &s.inmate, "interruption", "decided", from, None::<Instant>]).await;
        assert_eq!(free(&s, &maja).await, Vec::<u16>::new());
    })
    .await;
}

#[tokio::test]
async fn t02_only_those_whose_work_it_is_and_in_their_units() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal.ctx, portal.unit("lyngmo").await).await;
        let henrik = s.staff(Role::CaseOfficer, s.unit.clone()).await;
        let inside: Public<Inmate> = Public::parse(s.inmate_public.as_str()).unwrap();
        let elsewhere = portal.unit("storaasen").await;
        let foreign = s.staff(Role::CaseOfficer, elsewhere).await;
        let gate = s.staff(Role::GateOfficer, s.unit.clone()).await;
        assert_eq!(set(&s.ctx, &henrik, (&inside, &key(&s)), at(540, 600)).await.unwrap(), Some(()));
        let public = page(&s, &henrik).await.unwrap().appointments[0].public.clone().unwrap();
        for staff in [&foreign, &gate] {
            assert_eq!(set(&s.ctx, staff, (&inside, &key(&s)), at(540, 600)).await.unwrap(), None);
            assert_eq!(call_off(&s.ctx, staff, &inside, &public).await.unwrap(), None);
            assert_eq!(page(&s, staff).await, None);
        }
    })
    .await;
}
