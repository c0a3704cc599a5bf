//! Two who must not meet: their visitors see full times, staff alone know why.

use domain::{access::Role, kernel::CivilDate, visits::booking::Offer};

use super::*;
use crate::{
    testing::{NOON, Portal, on_both_engines},
    visits::booking::{self, check_ahead, staff_visit, testing::Stage},
};

const SATURDAY: &str = "2026-09-19";
pub const SAME_ROOM: &str = "UPDATE visit_session SET capacity = 4";
pub const DOUBTS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM booking WHERE doubts = 'apart'";
pub const TRACES: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action IN ('kept_apart', 'no_longer_apart')";

pub(super) async fn stage(portal: &Portal) -> (Stage, Staff) {
    let s = Stage::new(&portal.ctx, portal.unit("lyngmo").await).await;
    s.run(SAME_ROOM, vec![]).await;
    let staff = s.staff(Role::CaseOfficer, s.unit.clone()).await;
    (s, staff)
}

fn inside(s: &Stage) -> Public<Inmate> {
    Public::parse(s.inmate_public.as_str()).unwrap()
}

async fn chosen(s: &Stage, who: &crate::ctx::Citizen) {
    let own = s.public_of(&who.person).await;
    booking::choose_party(&s.ctx, who, s.inmate_public.clone(), vec![own]).await.unwrap().unwrap();
}

/// Minutes after midnight of the day's free times.
pub(super) async fn free(s: &Stage, who: &crate::ctx::Citizen) -> Vec<u16> {
    chosen(s, who).await;
    times(s, who).await
}

/// As they are for the company that she has chosen.
pub(super) async fn times(s: &Stage, who: &crate::ctx::Citizen) -> Vec<u16> {
    let day = CivilDate::parse_iso(SATURDAY).unwrap();
    let days = booking::available(&s.ctx, who).await.unwrap().unwrap().days;
    match days.into_iter().find(|d| d.date == day).unwrap().offer {
        Offer::Free(times) => times.into_iter().map(|time| time.start.0).collect(),
        Offer::None(_) => vec![],
    }
}

pub(super) async fn book(
    s: &Stage,
    who: &crate::ctx::Citizen,
    at: usize,
) -> Public<domain::visits::booking::Booking> {
    chosen(s, who).await;
    let day = CivilDate::parse_iso(SATURDAY).unwrap();
    let days = booking::available(&s.ctx, who).await.unwrap().unwrap().days;
    let Offer::Free(times) = days.into_iter().find(|d| d.date == day).unwrap().offer else {
        panic!("a free time")
    };
    booking::hold(&s.ctx, who, times[at].public.clone()).await.unwrap().unwrap();
    let hold = booking::draft(&s.ctx, who).await.unwrap().unwrap().hold.unwrap().hold.public;
    booking::confirm(&s.ctx, who, hold).await.unwrap().unwrap()
}

#[tokio::test]
async fn those_kept_apart_are_never_there_at_once_and_nobody_learns_why() {
    on_both_engines(async |portal| {
        let (s, henrik) = stage(&portal).await;
        let (maja, (his, siv)) = (s.relative("Maja Fjellvik").await, s.beside("Siv Utvik").await);
        assert_eq!(free(&his, &siv).await, [660, 780]);
        let (one, another) = (inside(&s), inside(&his));
        let two = (&one, &another);
        for _ in 0..2 {
            assert_eq!(keep_apart(&s.ctx, &henrik, two, ApartReason::Threats).await.unwrap(), Ok(()));
        }
        let back = (two.1, two.0);
        assert_eq!(keep_apart(&s.ctx, &henrik, back, ApartReason::Safety).await.unwrap(), Ok(()));
        assert_eq!(s.ctx.db.one::<(i64,)>(TRACES, vec![]).await.unwrap().0, 2, "one pair, a trace of each");
        let page = open(&s.ctx, &henrik, two.0, LookReason::HandleCase).await.unwrap().unwrap();
        assert_eq!((page.pairs.len(), page.pairs[0].reason), (1, ApartReason::Threats));
        assert_eq!(page.pairs[0].other_name.as_deref(), Some("Inmate of Siv Utvik"));

        // At eleven there is room, and he who must not be met is there; an hour after it nobody meets.
        book(&s, &maja, 0).await;
        assert_eq!(free(&his, &siv).await, [780]);
        chosen(&his, &siv).await;
        let other = s.relative("Ruth Tangvald").await;
        assert_eq!(free(&s, &other).await, Vec::<u16>::new(), "the week of the inmate is used");
        // Who was shown it before is refused as by a full time.
        let pair = &page.pairs[0].public;
        assert_eq!(end(&s.ctx, &henrik, two.1, pair).await.unwrap(), Some(true));
        assert_eq!(end(&s.ctx, &henrik, two.1, pair).await.unwrap(), Some(false));
        assert_eq!(free(&his, &siv).await, [660, 780]);

        // Booked at once, and kept apart only then: it comes to the list of work, of both.
        let hers = book(&his, &siv, 0).await;
        assert_eq!(keep_apart(&s.ctx, &henrik, two, ApartReason::OneCase).await.unwrap(), Ok(()));
        s.ctx.clock.set(NOON.plus_days(4));
        check_ahead(&s.ctx).await.unwrap();
        assert_eq!(s.ctx.db.one::<(i64,)>(DOUBTS, vec![]).await.unwrap().0, 2);
        let seen = staff_visit(&s.ctx, &henrik, &hers).await.unwrap().expect("a visit of the unit");
        drop(seen);
        s.ctx.clock.set(NOON);
    })
    .await;
}

#[tokio::test]
async fn t02_only_those_whose_work_it_is_and_in_their_units() {
    on_both_engines(async |portal| {
        let (s, henrik) = stage(&portal).await;
        let (his, _) = s.beside("Siv Utvik").await;
        let (one, another) = (inside(&s), inside(&his));
        let two = (&one, &another);
        let elsewhere = portal.unit("storaasen").await;
        let foreign = s.staff(Role::CaseOfficer, elsewhere).await;
        let gate = s.staff(Role::GateOfficer, s.unit.clone()).await;
        for staff in [&foreign, &gate] {
            let kept = keep_apart(&s.ctx, staff, two, ApartReason::Safety).await.unwrap();
            assert_eq!(kept, Err(ApartRefusal::Hidden));
            assert_eq!(open(&s.ctx, staff, two.0, LookReason::HandleCase).await.unwrap(), None);
        }
        let himself = (two.0, two.0);
        let kept = keep_apart(&s.ctx, &henrik, himself, ApartReason::Safety).await.unwrap();
        assert_eq!(kept, Err(ApartRefusal::Himself));
        assert_eq!(keep_apart(&s.ctx, &henrik, two, ApartReason::Safety).await.unwrap(), Ok(()));
        let page = open(&s.ctx, &henrik, two.0, LookReason::HandleCase).await.unwrap().unwrap();
        for staff in [&foreign, &gate] {
            assert_eq!(end(&s.ctx, staff, two.0, &page.pairs[0].public).await.unwrap(), None);
        }
    })
    .await;
}
