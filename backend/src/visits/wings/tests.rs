//! A time that is not for his wing is not there, and what was booked in it before is told to staff.

use domain::{
    access::Role,
    kernel::CivilDate,
    visits::booking::{
        Offer, PlanForm, Refusal, Touch, Verdict, VisitSession, plan::PlanRefusal, wings::TimeWingsForm,
    },
};

use super::*;
use crate::{
    ctx::Citizen,
    testing::{NOON, Portal, on_both_engines},
    visits::{
        booking::{
            self, check_ahead,
            testing::{Stage, template},
        },
        sessions::{Answer, Carried, add_time, answer, carry_out, preview, proposal, put_watch},
    },
};

const SATURDAY: &str = "2026-09-19";
const TIME_AT: &str = "SELECT public_id FROM visit_template WHERE start_minute = $1";
const SESSION_AT: &str =
    "SELECT public_id FROM visit_session WHERE start_minute = $1 AND date = '2026-09-19'";
const DOUBTS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM booking WHERE doubts = 'time_wing'";
const TRACES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action IN ('wing_put', 'wing_ended', 'time_wings', 'inmate_wing')";

/// With the wings A and B.
async fn scene(portal: &Portal) -> (Stage, Staff, [Public<Wing>; 2]) {
    let s = Stage::new(&portal.ctx, portal.unit("lyngmo").await).await;
    let astrid = s.staff(Role::UnitAdmin, s.unit.clone()).await;
    for (code, name) in [("A", "Avdeling A"), ("B", "Gamle B"), ("B", "Avdeling B")] {
        let put = put(&s.ctx, &astrid, "lyngmo", (code.into(), name.into())).await.unwrap();
        assert_eq!(put, Some(()), "{name}");
    }
    let wings = listed(&s).await;
    let names: Vec<&str> = wings.iter().map(|wing| wing.name.as_str()).collect();
    assert_eq!(names, ["Avdeling A", "Avdeling B"], "a code that is there gets the new name");
    let [a, b] = [0, 1].map(|n: usize| wings[n].public.clone());
    (s, astrid, [a, b])
}

async fn listed(s: &Stage) -> Vec<UnitWing> {
    of_unit(&mut From::Db(&s.ctx.db), &s.unit).await.unwrap().all
}

async fn time(s: &Stage, start: i64) -> Public<Template> {
    Public::parse(&s.ctx.db.one::<(String,)>(TIME_AT, args![start]).await.unwrap().0).unwrap()
}

async fn for_wings(s: &Stage, staff: &Staff, start: i64, which: ForWings, wing: &Public<Wing>) {
    let new = TimeWings { time: time(s, start).await, choice: choice(which, Some(wing)) };
    assert_eq!(saved(s, staff, new).await, Some(Ok(0)));
}

fn choice(which: ForWings, wing: Option<&Public<Wing>>) -> WingsChoice {
    WingsChoice { which, wings: wing.into_iter().cloned().collect() }
}

/// As the form holds it.
fn typed(seen: &str, new: &TimeWings) -> PlanForm {
    PlanForm::Wings(TimeWingsForm {
        time: new.time.to_string(),
        seen: seen.to_owned(),
        which: new.choice.which.code().to_owned(),
        wings: new.choice.wings.iter().map(ToString::to_string).collect(),
    })
}

async fn seen(s: &Stage, time: &Public<Template>) -> String {
    of_unit(&mut From::Db(&s.ctx.db), &s.unit).await.unwrap().seen(time)
}

/// Looks at what it touches, and says yes: how many visits.
async fn saved(s: &Stage, staff: &Staff, new: TimeWings) -> Answer<usize> {
    let form = typed(&seen(s, &new.time).await, &new);
    let change = form.change(s.ctx.now().date()).unwrap();
    match preview(&s.ctx, staff, "lyngmo", &change).await.unwrap()? {
        Err(refusal) => Some(Err(refusal)),
        Ok(found) => {
            let asked = (&form, change);
            let done = carry_out(&s.ctx, staff, "lyngmo", asked, &found.shown()).await.unwrap()?;
            assert_eq!(done, Ok(Carried::Saved));
            Some(Ok(found.visits.len()))
        }
    }
}

async fn lives_in(s: &Stage, staff: &Staff, wing: Option<&Public<Wing>>) {
    let inmate = Public::parse(s.inmate_public.as_str()).unwrap();
    assert_eq!(put_inmate(&s.ctx, staff, &inmate, wing).await.unwrap(), Some(true));
    let seen = of_inmate(&s.ctx, staff, &inmate).await.unwrap().unwrap();
    assert_eq!((seen.wings.len(), seen.now.as_ref()), (2, wing));
}

/// Minutes after midnight of the day's free times; none: the day has no times at all.
async fn free(s: &Stage, who: &Citizen) -> Option<Vec<u16>> {
    let own = s.public_of(&who.person).await;
    booking::choose_party(&s.ctx, who, s.inmate_public.clone(), vec![own]).await.unwrap().unwrap();
    let day = CivilDate::parse_iso(SATURDAY).unwrap();
    let days = booking::available(&s.ctx, who).await.unwrap().unwrap().days;
    days.into_iter().find(|d| d.date == day).map(|day| match day.offer {
        Offer::Free(times) => times.into_iter().map(|time| time.start.0).collect(),
        Offer::None(_) => vec![],
    })
}

async fn held(s: &Stage, who: &Citizen, start: i64) -> std::result::Result<(), Vec<Refusal>> {
    let (public,): (String,) = s.ctx.db.one(SESSION_AT, args![start]).await.unwrap();
    let public: Public<VisitSession> = Public::parse(&public).unwrap();
    booking::hold(&s.ctx, who, public).await.unwrap()
}

#[tokio::test]
async fn a_time_for_other_wings_is_not_there_and_one_who_moves_is_told_of_to_staff() {
    on_both_engines(async |portal| {
        let (s, astrid, [a, b]) = scene(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        assert_eq!(free(&s, &maja).await, Some(vec![660, 780]));
        for_wings(&s, &astrid, 660, ForWings::Only, &a).await;
        assert_eq!(free(&s, &maja).await, Some(vec![780]), "he is in no wing");
        assert_eq!(held(&s, &maja, 660).await, Err(vec![Refusal::SessionGone]));
        lives_in(&s, &astrid, Some(&a)).await;
        assert_eq!(free(&s, &maja).await, Some(vec![660, 780]));
        for_wings(&s, &astrid, 780, ForWings::Not, &b).await;
        assert_eq!(free(&s, &maja).await, Some(vec![660, 780]));
        lives_in(&s, &astrid, Some(&b)).await;
        assert_eq!(free(&s, &maja).await, None, "as if there were no times");

        lives_in(&s, &astrid, Some(&a)).await;
        free(&s, &maja).await;
        assert_eq!(held(&s, &maja, 660).await, Ok(()));
        let hold = booking::draft(&s.ctx, &maja).await.unwrap().unwrap().hold.unwrap().hold.public;
        lives_in(&s, &astrid, None).await;
        let refused = booking::confirm(&s.ctx, &maja, hold.clone()).await.unwrap();
        assert_eq!(refused, Err(vec![Refusal::SessionGone]), "he has moved meanwhile");
        lives_in(&s, &astrid, Some(&a)).await;
        booking::confirm(&s.ctx, &maja, hold).await.unwrap().unwrap();
        s.ctx.clock.set(NOON.plus_days(4));
        check_ahead(&s.ctx).await.unwrap();
        assert_eq!(s.ctx.db.one::<(i64,)>(DOUBTS, vec![]).await.unwrap().0, 0);
        lives_in(&s, &astrid, Some(&b)).await;
        check_ahead(&s.ctx).await.unwrap();
        assert_eq!(s.ctx.db.one::<(i64,)>(DOUBTS, vec![]).await.unwrap().0, 1);
        // Nothing of it once the time is for all again.
        let all = TimeWings { time: time(&s, 660).await, choice: choice(ForWings::All, None) };
        assert_eq!(saved(&s, &astrid, all).await, Some(Ok(0)));
        check_ahead(&s.ctx).await.unwrap();
        assert_eq!(s.ctx.db.one::<(i64,)>(DOUBTS, vec![]).await.unwrap().0, 0);
        s.ctx.clock.set(NOON);
    })
    .await;
}

#[tokio::test]
async fn a_wing_that_is_used_stays_and_its_words_are_told_of_the_time() {
    on_both_engines(async |portal| {
        let (s, astrid, [a, b]) = scene(&portal).await;
        for_wings(&s, &astrid, 660, ForWings::Not, &a).await;
        lives_in(&s, &astrid, Some(&b)).await;
        let wings = of_unit(&mut From::Db(&s.ctx.db), &s.unit).await.unwrap();
        let (which, named) = wings.of_time(&time(&s, 660).await);
        assert_eq!((which, named.len(), named[0].name.as_str()), (ForWings::Not, 1, "Avdeling A"));
        assert_eq!(wings.of_time(&time(&s, 780).await), (ForWings::All, vec![]));
        for wing in [&a, &b] {
            assert_eq!(end(&s.ctx, &astrid, wing).await.unwrap(), Some(false));
        }
        lives_in(&s, &astrid, None).await;
        for _ in 0..2 {
            assert_eq!(end(&s.ctx, &astrid, &b).await.unwrap(), Some(true));
        }
        assert_eq!(listed(&s).await.len(), 1);
        let inmate = Public::parse(s.inmate_public.as_str()).unwrap();
        assert_eq!(put_inmate(&s.ctx, &astrid, &inmate, Some(&b)).await.unwrap(), Some(false));
        let gone = TimeWings { time: time(&s, 660).await, choice: choice(ForWings::Only, Some(&b)) };
        assert_eq!(saved(&s, &astrid, gone).await, Some(Err(PlanRefusal::WingGone)));
        assert_eq!(s.ctx.db.one::<(i64,)>(TRACES, vec![]).await.unwrap().0, 7);
    })
    .await;
}

#[tokio::test]
async fn a_new_time_is_for_its_wings_from_the_first_moment() {
    on_both_engines(async |portal| {
        let (s, astrid, [a, b]) = scene(&portal).await;
        let maja = s.relative("Maja Fjellvik").await;
        lives_in(&s, &astrid, Some(&a)).await;
        let only = |wing: &Public<Wing>| WingsChoice { which: ForWings::Only, wings: vec![wing.clone()] };
        let add = async |start, wings| {
            let new = (template(6, start, 3), wings);
            add_time(&s.ctx, &astrid, "lyngmo", new).await.unwrap().unwrap()
        };
        let hers = add(960, only(&a)).await.unwrap();
        assert!(add(1080, only(&b)).await.is_ok());
        assert_eq!(free(&s, &maja).await, Some(vec![660, 780, 960]));
        assert_eq!(add(960, only(&a)).await, Ok(hers), "the second click of a double click");
        // The same hour and room for others is another time, which meets the first.
        assert_eq!(add(960, only(&b)).await, Err(PlanRefusal::Clash));
        assert_eq!(end(&s.ctx, &astrid, &b).await.unwrap(), Some(false));
        let elsewhere = only(&Public::parse(&"0".repeat(26)).unwrap());
        assert_eq!(add(1200, elsewhere).await, Err(PlanRefusal::WingGone));
        assert_eq!(
            s.ctx.db.one::<(i64,)>(TRACES, vec![]).await.unwrap().0,
            6,
            "three wings put, where he lives, two times"
        );
        let there = of_unit(&mut From::Db(&s.ctx.db), &s.unit).await.unwrap();
        assert_eq!(there.of_time(&time(&s, 1080).await).1, [&listed(&s).await[1]]);
        assert!(s.ctx.db.optional::<(String,)>(TIME_AT, args![1200]).await.unwrap().is_none());
    })
    .await;
}

/// Maja's visit to him, who lives in A, is booked at eleven.
async fn booked(s: &Stage, astrid: &Staff, a: &Public<Wing>) {
    let maja = s.relative("Maja Fjellvik").await;
    lives_in(s, astrid, Some(a)).await;
    free(s, &maja).await;
    assert_eq!(held(s, &maja, 660).await, Ok(()));
    let hold = booking::draft(&s.ctx, &maja).await.unwrap().unwrap().hold.unwrap().hold.public;
    booking::confirm(&s.ctx, &maja, hold).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_visit_that_would_fit_no_more_is_shown_first_and_one_more_is_shown_anew() {
    on_both_engines(async |portal| {
        let (s, astrid, [a, b]) = scene(&portal).await;
        booked(&s, &astrid, &a).await;
        let (ctx, eleven) = (&s.ctx, time(&s, 660).await);
        let to = |which, wing| TimeWings { time: eleven.clone(), choice: choice(which, Some(wing)) };
        let change = |seen: &str, new: &TimeWings| typed(seen, new).change(ctx.now().date()).unwrap();
        let now = seen(&s, &eleven).await;
        let for_b = to(ForWings::Only, &b);
        let found = preview(ctx, &astrid, "lyngmo", &change(&now, &for_b)).await.unwrap().unwrap().unwrap();
        let touched: Vec<_> = found.visits.iter().map(|(_, touch)| *touch).collect();
        assert_eq!((touched, found.needs_second), (vec![Touch::Wing], false));
        for (which, wing) in [(ForWings::Only, &a), (ForWings::Not, &b)] {
            let fits = change(&now, &to(which, wing));
            let found = preview(ctx, &astrid, "lyngmo", &fits).await.unwrap().unwrap().unwrap();
            assert!(found.visits.is_empty(), "{which:?}");
        }
        // Nobody has seen it: it is not saved.
        let asked = (&typed(&now, &for_b), change(&now, &for_b));
        let unseen = carry_out(ctx, &astrid, "lyngmo", asked, "").await.unwrap();
        assert_eq!(unseen, Some(Err(PlanRefusal::More)));
        assert_eq!(seen(&s, &eleven).await, now);
        assert_eq!(saved(&s, &astrid, for_b.clone()).await, Some(Ok(1)));
        ctx.clock.set(NOON.plus_days(4));
        check_ahead(ctx).await.unwrap();
        assert_eq!(ctx.db.one::<(i64,)>(DOUBTS, vec![]).await.unwrap().0, 1);
        ctx.clock.set(NOON);
        assert_eq!(saved(&s, &astrid, for_b).await, Some(Ok(0)), "it is like that already");
        let late = change(&now, &to(ForWings::Not, &b));
        let late = preview(ctx, &astrid, "lyngmo", &late).await.unwrap();
        assert_eq!(late, Some(Err(PlanRefusal::Stale)), "she saw a time for all");
        let elsewhere = TimeWings { time: ctx.chance.public(), choice: choice(ForWings::All, None) };
        assert_eq!(saved(&s, &astrid, elsewhere).await, Some(Err(PlanRefusal::Stale)));
    })
    .await;
}

#[tokio::test]
async fn where_another_is_asked_a_time_stays_for_all_until_her_yes() {
    on_both_engines(async |portal| {
        let (s, astrid, [a, b]) = scene(&portal).await;
        booked(&s, &astrid, &a).await;
        put_watch(&s.ctx, &Actor::System, &s.unit, 1, "test").await.unwrap();
        let tora = s.staff(Role::UnitAdmin, s.unit.clone()).await;
        let (ctx, eleven) = (&s.ctx, time(&s, 660).await);
        let now = seen(&s, &eleven).await;
        let new = TimeWings { time: eleven.clone(), choice: choice(ForWings::Not, Some(&a)) };
        let form = typed(&now, &new);
        let change = form.change(ctx.now().date()).unwrap();
        let found = preview(ctx, &astrid, "lyngmo", &change).await.unwrap().unwrap().unwrap();
        assert!(found.needs_second);
        let done = carry_out(ctx, &astrid, "lyngmo", (&form, change), &found.shown()).await.unwrap();
        let Some(Ok(Carried::Proposed(public))) = done else { panic!("it waits: {done:?}") };
        assert_eq!(seen(&s, &eleven).await, now, "nothing is saved");
        let own = answer(ctx, &astrid, &public, Verdict::Yes(None), &found.shown()).await.unwrap();
        assert_eq!(own, Some(Err(PlanRefusal::Own)));
        let view = proposal(ctx, &tora, &public).await.unwrap().unwrap();
        let shown = view.now.unwrap().shown();
        assert_eq!(shown, found.shown());
        let yes = answer(ctx, &tora, &public, Verdict::Yes(None), &shown).await.unwrap();
        assert_eq!(yes, Some(Ok(())));
        let wings = of_unit(&mut From::Db(&ctx.db), &s.unit).await.unwrap();
        assert!(wings.is_for(&eleven, &new.choice));
        // What fits everybody waits for nobody.
        let all = TimeWings { time: eleven, choice: choice(ForWings::Not, Some(&b)) };
        assert_eq!(saved(&s, &astrid, all).await, Some(Ok(0)));
    })
    .await;
}

#[tokio::test]
async fn t02_only_those_whose_work_it_is_and_in_their_units() {
    on_both_engines(async |portal| {
        let (s, _, [a, _]) = scene(&portal).await;
        let foreign = s.staff(Role::UnitAdmin, portal.unit("storaasen").await).await;
        let gate = s.staff(Role::GateOfficer, s.unit.clone()).await;
        let inmate = Public::parse(s.inmate_public.as_str()).unwrap();
        for staff in [&foreign, &gate] {
            let name = ("C".to_owned(), "Avdeling C".to_owned());
            assert_eq!(put(&s.ctx, staff, "lyngmo", name).await.unwrap(), None);
            assert_eq!(end(&s.ctx, staff, &a).await.unwrap(), None);
            let new = TimeWings { time: time(&s, 660).await, choice: choice(ForWings::Only, Some(&a)) };
            assert_eq!(saved(&s, staff, new).await, None);
            assert_eq!(of_inmate(&s.ctx, staff, &inmate).await.unwrap(), None);
            assert_eq!(put_inmate(&s.ctx, staff, &inmate, Some(&a)).await.unwrap(), None);
        }
        // An officer says where he lives, and does not plan.
        let henrik = s.staff(Role::CaseOfficer, s.unit.clone()).await;
        assert_eq!(end(&s.ctx, &henrik, &a).await.unwrap(), None);
        lives_in(&s, &henrik, Some(&a)).await;
    })
    .await;
}
