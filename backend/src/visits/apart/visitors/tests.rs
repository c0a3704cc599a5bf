//! Two visitors who must not meet, whomever they visit: full times to both, a doubt to staff, and not a word to either.

use domain::{
    access::Role,
    visits::booking::{Refusal, joining::Told},
};

use super::*;
use crate::{
    testing::{NOON, on_both_engines},
    visits::{
        apart::tests::{book, free, stage, times},
        booking::{self, check_ahead, joining},
    },
};

const DOUBTS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM booking WHERE doubts = 'visitors_apart'";
const TRACES: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action IN ('visitors_apart', 'visitors_meet')";
const REFERENCE: &str = "SELECT reference FROM application WHERE person_id = $1";
const WORD: &str = "De kranglet i porten";

async fn ended(s: &booking::testing::Stage, staff: &Staff) -> Option<bool> {
    let pair = listed(&s.ctx, staff).await.unwrap().unwrap().remove(0).public;
    assert_eq!(end(&s.ctx, staff, &pair).await.unwrap(), Some(true));
    end(&s.ctx, staff, &pair).await.unwrap()
}

#[tokio::test]
async fn the_two_never_come_at_once_and_neither_learns_why() {
    on_both_engines(async |portal| {
        let (s, henrik) = stage(&portal).await;
        let ctx = &s.ctx;
        let (maja, (his, siv)) = (s.relative("Maja Fjellvik").await, s.beside("Siv Utvik").await);
        let (one, other) = (s.public_of(&maja.person).await, s.public_of(&siv.person).await);
        assert_eq!(free(&his, &siv).await, [660, 780]);
        let already = Err(VisitorsRefusal::Already);
        let said = [((&one, &other), Ok(())), ((&one, &other), already), ((&other, &one), already)];
        for (two, expected) in said {
            let kept = keep_apart(ctx, &henrik, two, ApartReason::Conflict, WORD).await.unwrap();
            assert_eq!(kept, expected);
        }
        let pairs = listed(ctx, &henrik).await.unwrap().unwrap();
        assert_eq!((pairs.len(), pairs[0].note.as_deref()), (1, Some(WORD)));
        assert_eq!(ctx.db.one::<(i64,)>(TRACES, vec![]).await.unwrap().0, 2, "one pair, a trace of each");

        let visit = book(&s, &maja, 0).await;
        assert_eq!(free(&his, &siv).await, [780]);
        // Nor does she come along on the very visit, of an inmate whom she may visit too.
        s.grant(&siv.person, &siv.person, "").await;
        joining::ask(ctx, &maja, visit.clone(), ctx.chance.public()).await.unwrap().unwrap();
        let asked = joining::others(ctx, &maja, &visit).await.unwrap().unwrap().guests.remove(0);
        let own = joining::open(ctx, &siv, &asked.code.unwrap().shown()).await.unwrap().unwrap();
        let answered = joining::answer(ctx, &siv, own, true).await.unwrap();
        assert_eq!(answered, Some(joining::Answered::Refused(vec![Refusal::SessionGone])));
        let told = joining::others(ctx, &maja, &visit).await.unwrap().unwrap().guests.remove(0).told;
        assert!(matches!(told, Told::NotAnswered { .. }), "whoever asked learns nothing");

        assert_eq!(ended(&s, &henrik).await, Some(false));
        assert_eq!(free(&his, &siv).await, [660, 780]);
        // Booked at once, and kept apart only then: it comes to the list of work, of both, until it is ended.
        book(&his, &siv, 0).await;
        let kept = keep_apart(ctx, &henrik, (&one, &other), ApartReason::Safety, "").await.unwrap();
        assert_eq!(kept, Ok(()));
        ctx.clock.set(NOON.plus_days(4));
        check_ahead(ctx).await.unwrap();
        assert_eq!(ctx.db.one::<(i64,)>(DOUBTS, vec![]).await.unwrap().0, 2);
        ended(&s, &henrik).await;
        check_ahead(ctx).await.unwrap();
        assert_eq!(ctx.db.one::<(i64,)>(DOUBTS, vec![]).await.unwrap().0, 0);
        ctx.clock.set(NOON);
    })
    .await;
}

#[tokio::test]
async fn a_company_of_the_two_has_no_time() {
    on_both_engines(async |portal| {
        let (s, henrik) = stage(&portal).await;
        let ctx = &s.ctx;
        let (his, siv) = s.beside("Siv Utvik").await;
        let child = his.child(&siv, "Ask Utvik", "2020-05-11").await;
        let (hers, ask) = (s.public_of(&siv.person).await, s.public_of(&child).await);
        let company = vec![hers.clone(), ask.clone()];
        booking::choose_party(ctx, &siv, his.inmate_public.clone(), company).await.unwrap().unwrap();
        assert_eq!(times(&his, &siv).await, [660, 780]);
        keep_apart(ctx, &henrik, (&hers, &ask), ApartReason::Safety, "").await.unwrap().unwrap();
        assert_eq!(times(&his, &siv).await, [0_u16; 0]);
        assert_eq!(free(&his, &siv).await, [660, 780], "without him");
        assert_eq!(find(ctx, &henrik, "utvik").await.unwrap().len(), 2, "both may come");
    })
    .await;
}

#[tokio::test]
async fn t02_only_those_whose_work_it_is_and_in_their_units() {
    on_both_engines(async |portal| {
        let (s, henrik) = stage(&portal).await;
        let ctx = &s.ctx;
        let (maja, (_, siv)) = (s.relative("Maja Fjellvik").await, s.beside("Siv Utvik").await);
        let (one, other) = (s.public_of(&maja.person).await, s.public_of(&siv.person).await);
        let (reference,): (String,) = ctx.db.one(REFERENCE, args![&maja.person]).await.unwrap();
        for text in [reference.as_str(), "maja", "FJELLVIK"] {
            let found = find(ctx, &henrik, text).await.unwrap();
            assert_eq!(found.iter().map(|one| &one.public).collect::<Vec<_>>(), [&one], "{text}");
        }
        assert_eq!(find(ctx, &henrik, "%").await.unwrap(), []);
        let two = (&one, &other);
        let foreign = s.staff(Role::CaseOfficer, portal.unit("storaasen").await).await;
        let gate = s.staff(Role::GateOfficer, s.unit.clone()).await;
        for (staff, refusal) in [(&foreign, VisitorsRefusal::NoUnit), (&gate, VisitorsRefusal::Hidden)] {
            let kept = keep_apart(ctx, staff, two, ApartReason::Safety, "").await.unwrap();
            assert_eq!(kept, Err(refusal));
            assert_eq!(find(ctx, staff, "maja").await.unwrap(), []);
        }
        let herself = keep_apart(ctx, &henrik, (&one, &one), ApartReason::Safety, "").await.unwrap();
        assert_eq!(herself, Err(VisitorsRefusal::Herself));
        let long = keep_apart(ctx, &henrik, two, ApartReason::Safety, &"x".repeat(201)).await.unwrap();
        assert_eq!(long, Err(VisitorsRefusal::Note(TextError::TooLong)));
        keep_apart(ctx, &henrik, two, ApartReason::Safety, "").await.unwrap().unwrap();
        let pair = listed(ctx, &henrik).await.unwrap().unwrap().remove(0).public;
        assert_eq!(listed(ctx, &foreign).await.unwrap(), Some(vec![]));
        assert_eq!(listed(ctx, &gate).await.unwrap(), None);
        for staff in [&foreign, &gate] {
            assert_eq!(end(ctx, staff, &pair).await.unwrap(), None);
        }
    })
    .await;
}
