use domain::{
    access::StaffMember,
    visits::booking::{
        PlanForm, ProposalState, Verdict,
        plan_forms::{BlockForm, RulesForm},
        proposal::WatchForm,
    },
};

use super::*;
use crate::{args, work};

/// Two of them have signed in, at units of their own choice.
async fn admin(portal: &Portal, name: &str, unit: &Id<Unit>) -> Staff {
    let staff = Staff { name: name.to_owned(), ..officer(portal, Role::UnitAdmin, unit) };
    let public: Public<StaffMember> = portal.ctx.chance.public();
    let values = args![&staff.staff, &public, &staff.name, portal.ctx.now()];
    portal.ctx.db.write(Say(values)).await.unwrap();
    staff
}

struct Say(Vec<crate::db::Value>);

impl crate::db::Command for Say {
    type Out = ();

    async fn run(&self, tx: &mut crate::db::Tx) -> crate::Result<()> {
        tx.later(MEMBER, self.0.clone()).await
    }
}

pub const MEMBER: &str = "INSERT INTO staff_member (id, public_id, name, created_at) VALUES ($1, $2, $3, $4)";

fn closing() -> PlanForm {
    let text = |text: &str| text.to_owned();
    PlanForm::Close(BlockForm {
        unit: text("lyngmo"),
        on_day: text("12"),
        on_month: text("9"),
        on_year: text("2026"),
        reason: text("kurs"),
    })
}

/// Looks, says yes: saved, or proposed as this.
async fn asks(ctx: &Ctx, staff: &Staff, form: &PlanForm) -> Option<Public<Proposal>> {
    let change = form.change(ctx.now().date()).unwrap();
    let found = preview(ctx, staff, "lyngmo", &change).await.unwrap().unwrap().unwrap();
    let done =
        carry_out(ctx, staff, "lyngmo", (form, change), &found.shown()).await.unwrap().unwrap().unwrap();
    match done {
        Carried::Saved => None,
        Carried::Proposed(public) => Some(public),
    }
}

/// As the page shows it to her now, and her answer.
async fn answers(ctx: &Ctx, staff: &Staff, public: &Public<Proposal>, verdict: Verdict) -> Answer<()> {
    let view = proposal(ctx, staff, public).await.unwrap()?;
    let shown = view.now.map(|found| found.shown()).unwrap_or_default();
    answer(ctx, staff, public, verdict, &shown).await.unwrap()
}

async fn closed(ctx: &Ctx) -> i64 {
    count(ctx, CLOSED).await
}

pub const CLOSED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM blocked_date";

/// One visit is booked on the 12th, and one touched visit is enough.
async fn staged(portal: &Portal) -> (Stage, Staff, Staff) {
    let stage = Stage::new(&portal.ctx, portal.unit("lyngmo").await).await;
    let maja = stage.relative("Maja Fjellvik").await;
    let asked = held(&stage, &maja, "2026-09-12").await;
    confirm(&portal.ctx, &maja, asked).await.unwrap().unwrap();
    put_watch(&portal.ctx, &Actor::System, &stage.unit, 1, "test").await.unwrap();
    let astrid = admin(portal, "Astrid Multedugg", &stage.unit).await;
    let tora = admin(portal, "Tora Heggstein", &stage.unit).await;
    (stage, astrid, tora)
}

#[tokio::test]
async fn what_touches_many_waits_for_another_who_is_not_who_asked() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let (stage, astrid, tora) = staged(&portal).await;
        let waits = asks(ctx, &astrid, &closing()).await.expect("it waits");
        assert_eq!(asks(ctx, &astrid, &closing()).await, Some(waits.clone()), "a double click");
        assert_eq!(closed(ctx).await, 0, "nothing is saved");
        let yes = || Verdict::Yes(None);
        assert_eq!(answers(ctx, &astrid, &waits, yes()).await, Some(Err(PlanRefusal::Own)));
        let reader = officer(&portal, Role::CaseOfficer, &stage.unit);
        let elsewhere = officer(&portal, Role::UnitAdmin, &Id::new("x"));
        for other in [&reader, &elsewhere] {
            assert_eq!(answer(ctx, other, &waits, yes(), "").await.unwrap(), None);
            assert_eq!(proposal(ctx, other, &waits).await.unwrap(), None);
        }
        assert_eq!(withdraw(ctx, &tora, &waits).await.unwrap(), None, "another's");
        for (who, expected) in [(&astrid, 0), (&tora, 1)] {
            assert_eq!(work::waiting(ctx, who).await.unwrap().count, expected, "{}", who.name);
        }
        assert_eq!(answer(ctx, &tora, &waits, yes(), "").await.unwrap(), Some(Err(PlanRefusal::More)));
        assert_eq!(closed(ctx).await, 0, "she was not shown what it touches");
        assert_eq!(answers(ctx, &tora, &waits, yes()).await, Some(Ok(())));
        assert_eq!(closed(ctx).await, 1);
        assert_eq!(doubts_on(ctx, &tora, "2026-09-12").await, [Doubt::Closed]);
        assert_eq!(answers(ctx, &tora, &waits, yes()).await, Some(Err(PlanRefusal::Answered)));
        let seen = plan(ctx, &astrid, None).await.unwrap().unwrap().proposals;
        let seen: Vec<_> = seen.iter().map(|p| (p.state, p.decider.as_deref(), p.is_own)).collect();
        assert_eq!(seen, [(ProposalState::Approved, Some("Tora Heggstein"), true)]);
        // Proposed, approved, and the day closed by her who approved.
        assert_eq!(count(ctx, TRACES).await, 3);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_answer_at_once_one_is_heard() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let (stage, astrid, tora) = staged(&portal).await;
        let third = admin(&portal, "Ingvild Lauvås", &stage.unit).await;
        let waits = asks(ctx, &astrid, &closing()).await.expect("it waits");
        let (one, other) = tokio::join!(
            answers(ctx, &tora, &waits, Verdict::Yes(None)),
            answers(ctx, &third, &waits, Verdict::No("for mange".into()))
        );
        let heard = [&one, &other].into_iter().filter(|done| **done == Some(Ok(()))).count();
        let late =
            [&one, &other].into_iter().filter(|done| **done == Some(Err(PlanRefusal::Answered))).count();
        assert_eq!((heard, late), (1, 1), "{one:?} {other:?}");
        assert_eq!(closed(ctx).await, i64::from(one == Some(Ok(()))));
    })
    .await;
}

#[tokio::test]
async fn what_has_changed_since_is_shown_to_who_approves_and_may_be_too_much() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let (stage, astrid, tora) = staged(&portal).await;
        let other = Stage::new(ctx, stage.unit.clone()).await;
        let waits = asks(ctx, &astrid, &closing()).await.expect("it waits");
        let before = proposal(ctx, &tora, &waits).await.unwrap().unwrap();
        let shown = before.now.unwrap().shown();
        assert_eq!(before.more, 0);
        let eirik = other.relative("Eirik Fjellvik").await;
        let asked = held(&other, &eirik, "2026-09-12").await;
        confirm(ctx, &eirik, asked).await.unwrap().unwrap();
        let yes = Verdict::Yes(Some("Avtalt".into()));
        let early = answer(ctx, &tora, &waits, yes.clone(), &shown).await.unwrap();
        assert_eq!((early, closed(ctx).await), (Some(Err(PlanRefusal::More)), 0));
        assert_eq!(proposal(ctx, &tora, &waits).await.unwrap().unwrap().more, 1);
        // Somebody closes the day for another reason meanwhile.
        block_day(ctx, &Actor::System, &stage.unit, day("2026-09-12"), "flytting").await.unwrap();
        assert_eq!(answers(ctx, &tora, &waits, yes.clone()).await, Some(Err(PlanRefusal::ClosedBefore)));
        assert_eq!(open_day(ctx, &astrid, "lyngmo", day("2026-09-12")).await.unwrap(), Some(Ok(())));
        assert_eq!(answers(ctx, &tora, &waits, yes).await, Some(Ok(())));
        let view = proposal(ctx, &astrid, &waits).await.unwrap().unwrap().proposed;
        assert_eq!(view.word.as_deref(), Some("Avtalt"));
    })
    .await;
}

#[tokio::test]
async fn nobody_answers_or_it_is_taken_back_and_nothing_is_changed() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let (_, astrid, tora) = staged(&portal).await;
        let first = asks(ctx, &astrid, &closing()).await.expect("it waits");
        assert_eq!(withdraw(ctx, &astrid, &first).await.unwrap(), Some(Ok(())));
        let second = asks(ctx, &astrid, &closing()).await.expect("another one");
        assert_ne!(first, second);
        assert_eq!(answers(ctx, &tora, &second, Verdict::No("vent".into())).await, Some(Ok(())));
        let third = asks(ctx, &astrid, &closing()).await.expect("a third");
        ctx.clock.set(NOON.plus_days(7));
        let view = proposal(ctx, &tora, &third).await.unwrap().unwrap();
        assert_eq!(view.proposed.state, ProposalState::Lapsed, "before the worker comes");
        assert_eq!(answers(ctx, &tora, &third, Verdict::Yes(None)).await, Some(Err(PlanRefusal::Answered)));
        for _ in 0..2 {
            tend(ctx).await.unwrap();
        }
        assert_eq!(count(ctx, LAPSED).await, 1);
        assert_eq!(closed(ctx).await, 0);
    })
    .await;
}

pub const LAPSED: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'plan_lapsed' AND actor_kind = 'system'";

#[tokio::test]
async fn to_be_asked_less_often_is_asked_of_another_and_more_often_is_not() {
    on_both_engines(async |portal| {
        let ctx = &portal.ctx;
        let (stage, astrid, tora) = staged(&portal).await;
        let watch = |seen: &str, at_least: &str| {
            PlanForm::Watch(WatchForm {
                unit: "lyngmo".into(),
                seen: seen.into(),
                at_least: at_least.into(),
                source: "Lokal instruks 4.9".into(),
            })
        };
        let off = asks(ctx, &astrid, &watch("1", "0")).await.expect("it waits");
        assert_eq!(plan(ctx, &astrid, None).await.unwrap().unwrap().watch, 1);
        assert_eq!(answers(ctx, &tora, &off, Verdict::Yes(None)).await, Some(Ok(())));
        assert_eq!(plan(ctx, &astrid, None).await.unwrap().unwrap().watch, 0);
        assert_eq!(asks(ctx, &astrid, &closing()).await, None, "saved by herself");
        assert_eq!(asks(ctx, &astrid, &watch("0", "5")).await, None);
        let late = watch("0", "9").change(ctx.now().date()).unwrap();
        let late = preview(ctx, &astrid, "lyngmo", &late).await.unwrap();
        assert_eq!(late, Some(Err(PlanRefusal::Stale)), "she saw another number");
        // Rules that begin tomorrow begin too soon when they are approved the day after.
        put_watch(ctx, &Actor::System, &stage.unit, 1, "test").await.unwrap();
        let rules = rules_of(ctx, &stage.unit).await.unwrap();
        let text = |text: &str| text.to_owned();
        let strict = PlanForm::Rules(RulesForm {
            unit: text("lyngmo"),
            seen: stamp(&rules),
            first_day: text("2"),
            last_day: text("28"),
            per_week: text("0"),
            per_month: text("0"),
            join_hours: text("48"),
            approval: text("never"),
            people: text("3"),
            arrive_before: text("15"),
            latest_arrival: text("30"),
            from_day: text("2"),
            from_month: text("9"),
            from_year: text("2026"),
            source: text("test"),
            ..RulesForm::default()
        });
        let waits = asks(ctx, &astrid, &strict).await.expect("it waits");
        ctx.clock.set(NOON.plus_days(1));
        let view = proposal(ctx, &tora, &waits).await.unwrap().unwrap();
        assert_eq!((view.change, view.now), (None, Err(PlanRefusal::Stale)));
        assert_eq!(answers(ctx, &tora, &waits, Verdict::Yes(None)).await, Some(Err(PlanRefusal::Stale)));
        assert_eq!(rules_of(ctx, &stage.unit).await.unwrap(), rules);
    })
    .await;
}
