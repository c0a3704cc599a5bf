//! A leave that ends: told once, in time, and renewed with what is known.

use super::*;

/// Maja may come until this day.
const UNTIL: &str = "2027-09-01";

pub(super) async fn granted(portal: &Portal) -> (Citizen, Public<Application>) {
    let (who, staff) = ready(portal).await;
    let ctx = &portal.ctx;
    let public = submitted(ctx, &who).await;
    let v = seen(ctx, &staff, &public).await.version;
    inmate_answer(ctx, &staff, &public, v, true, day("2026-09-01")).await.unwrap().unwrap();
    let v = seen(ctx, &staff, &public).await.version;
    let police = PoliceOutcome::NoRemark;
    police_answer(ctx, &staff, &public, v, police, day("2026-09-01")).await.unwrap().unwrap();
    let open = seen(ctx, &staff, &public).await;
    let people: Vec<_> = open.people.iter().map(|person| person.clearance.clone()).collect();
    let yes = Decided::Granted { measures: vec![], reason: None, valid_to: day(UNTIL) };
    decide(ctx, &staff, &public, open.version, &people, &yes, Locale::Nb).await.unwrap().unwrap();
    (who, public)
}

async fn told(ctx: &Ctx) -> usize {
    let sql = "SELECT payload FROM outbox WHERE kind = $1 AND payload LIKE '%\"ending\"%'";
    ctx.db.all::<(String,)>(sql, args![LETTER]).await.unwrap().len()
}

fn at(ctx: &Ctx, date: &str) {
    ctx.clock.set(domain::kernel::Instant::of_wall(day(date), domain::kernel::Clock(720)));
}

#[tokio::test]
async fn she_is_told_once_in_time_and_applies_again_with_what_is_known() {
    on_both_engines(async |portal| {
        let (who, public) = granted(&portal).await;
        let ctx = &portal.ctx;
        let ends = async || tracked(ctx, &who, &public).await.unwrap().unwrap().ends;
        // Sixty-one days before: nothing, and no way to renew.
        at(ctx, "2027-07-02");
        assert_eq!((tell_ending(ctx).await.unwrap(), told(ctx).await, ends().await), (0, 0, None));
        assert_eq!(again(ctx, &who, &public).await.unwrap(), None, "too early");
        at(ctx, "2027-07-03");
        assert_eq!(tell_ending(ctx).await.unwrap(), 1);
        let soon = Ends { on: day(UNTIL), over: false, given_up: false, renewed: false };
        assert_eq!(ends().await, Some(soon));
        at(ctx, "2027-07-20");
        assert_eq!((tell_ending(ctx).await.unwrap(), told(ctx).await), (0, 1), "once");
        at(ctx, "2027-09-02");
        assert_eq!(ends().await, Some(Ends { over: true, ..soon }));
        // What she answered stands in the draft, but what the police are asked.
        assert_eq!(again(ctx, &who, &public).await.unwrap(), Some(Again::Begun));
        let known = draft(ctx, &who).await.unwrap();
        assert!(known.get(Step::Police).is_none());
        assert!(matches!(known.get(Step::Whom), Some(Answer::Whom(whom)) if whom.name == "Even  FJELLVIK"));
        assert_eq!(again(ctx, &who, &public).await.unwrap(), Some(Again::UnderWay));
        answer(ctx, &who, Answer::Police).await.unwrap();
        assert_ne!(submitted(ctx, &who).await, public);
        assert_eq!(ends().await, Some(Ends { over: true, renewed: true, ..soon }));
        let other = citizen(ctx, "sivert").await;
        assert_eq!(again(ctx, &other, &public).await.unwrap(), None, "nobody else's");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_of_what_something_newer_stands_for_or_what_has_ended() {
    on_both_engines(async |portal| {
        let (who, public) = granted(&portal).await;
        let ctx = &portal.ctx;
        at(ctx, "2027-09-02");
        assert_eq!(tell_ending(ctx).await.unwrap(), 0, "it is over");
        at(ctx, "2027-08-01");
        assert_eq!(again(ctx, &who, &public).await.unwrap(), Some(Again::Begun));
        answer(ctx, &who, Answer::Police).await.unwrap();
        submitted(ctx, &who).await;
        assert_eq!(tell_ending(ctx).await.unwrap(), 0, "she has applied again");
    })
    .await;
}
