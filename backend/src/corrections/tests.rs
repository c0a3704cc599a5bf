use domain::{
    corrections::{AskForm, Outcome, PassForm, Refusal, SettleForm, State},
    kernel::{Instant, Public},
};

use super::*;
use crate::{
    appeals::tests::stage::Stage,
    args,
    ctx::{Citizen, Ctx, Staff},
    looks,
    testing::on_both_engines,
    wiring,
};

fn form(ctx: &Ctx, wrong: &str) -> AskForm {
    ctx.clock.set(Instant(ctx.now().micros() + 1));
    let key: FormKey = ctx.chance.public();
    AskForm {
        key: key.to_string(),
        wish: "correct".into(),
        about: "visits".into(),
        wrong: wrong.into(),
        right: "Søster".into(),
        unit: "lyngmo".into(),
    }
}

fn answer(version: i64, outcome: &str, words: &str) -> SettleForm {
    SettleForm { version: version.to_string(), outcome: outcome.into(), words: words.into() }
}

fn to(version: i64, unit: &str) -> PassForm {
    PassForm { version: version.to_string(), unit: unit.into() }
}

async fn sent(ctx: &Ctx, who: &Citizen) -> Public<CorrectionMark> {
    send(ctx, who, &form(ctx, "Det står kjæreste.")).await.unwrap().unwrap()
}

async fn hers(ctx: &Ctx, who: &Citizen, id: &Public<CorrectionMark>) -> Correction {
    correction(ctx, who, id).await.unwrap().unwrap()
}

async fn version(ctx: &Ctx, staff: &Staff, id: &Public<CorrectionMark>) -> i64 {
    opened(ctx, staff, id).await.unwrap().unwrap().version
}

const JOBS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind LIKE 'corrections.%'";

#[tokio::test]
async fn from_what_is_wrong_to_the_answer() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (ctx, maja, officer) = (&stage.ctx, &stage.maja, &stage.officer);
        let id = sent(ctx, maja).await;
        let mine = hers(ctx, maja, &id).await;
        assert_eq!(mine.asked.wrong, "Det står kjæreste.");
        assert_eq!(mine.asked.right.as_deref(), Some("Søster"));
        assert_eq!(mine.unit_name, "lyngmo fengsel");
        // 1 September and three weeks: the 22nd is in time, the 23rd is not.
        let last = Instant(mine.due_at.unwrap().micros() - 1).date();
        assert_eq!(last.iso(), "2026-09-22");
        assert_eq!(stage.count(JOBS).await, 2, "a word to her, and one to the unit");

        let rows = desk(ctx, officer).await.unwrap().unwrap();
        assert_eq!((rows.len(), rows[0].public.clone()), (1, id.clone()));
        let open = opened(ctx, officer, &id).await.unwrap().unwrap();
        assert_eq!((open.person.as_str(), open.own_work), ("maja Fjellvik", false));
        take(ctx, officer, &id, open.version).await.unwrap().unwrap();
        assert_eq!(hers(ctx, maja, &id).await.state.code(), "taken");
        let v = version(ctx, officer, &id).await;
        settle(ctx, officer, &id, &answer(v, "partly", "Rettet i søknaden.")).await.unwrap().unwrap();
        let mine = hers(ctx, maja, &id).await;
        assert!(matches!(mine.state, State::Settled { outcome: Outcome::Partly, .. }));
        assert_eq!(mine.answer.unwrap().words, "Rettet i søknaden.");
        assert_eq!(mine.due_at, None);
        assert_eq!(mine.looks.len(), 2, "each opening is a look");
        assert!(mine.looks.iter().all(|look| look.about == looks::About::Correction));
        let told = wiring::held::looks(ctx, maja).await.unwrap();
        assert_eq!(told.iter().filter(|look| look.about == looks::About::Correction).count(), 2);
        assert_eq!(stage.count(JOBS).await, 3, "she is told that there is something new");
    })
    .await;
}

/// Every state, and what each event makes of it, on rows.
#[tokio::test]
async fn each_event_in_each_state_does_what_the_table_says() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (ctx, maja, officer) = (&stage.ctx, &stage.maja, &stage.officer);
        let moved = Err(Undone::Refused(Refusal::MovedOn));
        for (state, may) in [("sent", true), ("taken", true), ("settled", false)] {
            for event in ["take", "pass", "settle", "withdraw"] {
                let id = sent(ctx, maja).await;
                let v = version(ctx, officer, &id).await;
                match state {
                    "taken" => take(ctx, officer, &id, v).await.unwrap().unwrap(),
                    "settled" => {
                        settle(ctx, officer, &id, &answer(v, "done", "Rettet.")).await.unwrap().unwrap();
                    }
                    _ => {}
                }
                let v = version(ctx, officer, &id).await;
                let did = match event {
                    "take" => take(ctx, &stage.colleague, &id, v).await.unwrap(),
                    "pass" => pass(ctx, officer, &id, &to(v, "intake")).await.unwrap(),
                    "settle" => settle(ctx, officer, &id, &answer(v, "refused", "Nei.")).await.unwrap(),
                    _ => withdraw(ctx, maja, &id).await.unwrap(),
                };
                let wanted = if may { Ok(()) } else { moved.clone() };
                assert_eq!(did, wanted, "{event} of one that is {state}");
            }
        }
        // One that was taken back was never theirs.
        let id = sent(ctx, maja).await;
        withdraw(ctx, maja, &id).await.unwrap().unwrap();
        assert!(opened(ctx, officer, &id).await.unwrap().is_none());
        assert_eq!(take(ctx, officer, &id, 2).await.unwrap(), Err(Undone::Refused(Refusal::Hidden)));
        assert_eq!(withdraw(ctx, maja, &id).await.unwrap(), moved);
    })
    .await;
}

#[tokio::test]
async fn it_is_nobody_elses_and_twice_is_once() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (ctx, maja) = (&stage.ctx, &stage.maja);
        let typed = form(ctx, "Det står kjæreste.");
        let id = send(ctx, maja, &typed).await.unwrap().unwrap();
        assert_eq!(send(ctx, maja, &typed).await.unwrap().unwrap(), id, "the same form again");
        assert_eq!(mine(ctx, maja).await.unwrap().len(), 1);
        let hidden = Err(Undone::Refused(Refusal::Hidden));
        assert!(correction(ctx, &stage.ingrid, &id).await.unwrap().is_none());
        assert_eq!(withdraw(ctx, &stage.ingrid, &id).await.unwrap(), hidden);
        for other in [&stage.far, &stage.controller, &stage.region] {
            assert!(opened(ctx, other, &id).await.unwrap().is_none());
            assert_eq!(take(ctx, other, &id, 1).await.unwrap(), hidden);
            assert_eq!(pass(ctx, other, &id, &to(1, "intake")).await.unwrap(), hidden);
            let no = settle(ctx, other, &id, &answer(1, "refused", "Nei.")).await.unwrap();
            assert_eq!(no, hidden);
        }
        assert!(desk(ctx, &stage.controller).await.unwrap().is_none(), "it is not her duty");
        assert!(desk(ctx, &stage.far).await.unwrap().unwrap().is_empty());
        let looked = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE subject_kind = 'correction' AND action = 'look'";
        assert_eq!(stage.count(looked).await, 0, "who may not see it leaves no look");
        let stale = take(ctx, &stage.officer, &id, 7).await.unwrap();
        assert_eq!(stale, Err(Undone::Refused(Refusal::Stale)));
    })
    .await;
}

#[tokio::test]
async fn what_names_no_unit_is_sorted_at_the_intake() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let ctx = &stage.ctx;
        for unit in ["", "nowhere"] {
            let form = AskForm { unit: unit.into(), ..form(ctx, "Hvor?") };
            let id = send(ctx, &stage.maja, &form).await.unwrap().unwrap();
            assert_eq!(hers(ctx, &stage.maja, &id).await.unit_name, "intake fengsel", "{unit:?}");
            assert!(opened(ctx, &stage.officer, &id).await.unwrap().is_none());
        }
        let empty = send(ctx, &stage.maja, &AskForm { wrong: String::new(), ..form(ctx, "") }).await.unwrap();
        assert!(matches!(empty, Err(Undone::Fields(_))));
    })
    .await;
}

#[tokio::test]
async fn passed_on_it_is_the_other_units_and_she_is_not_told_whose() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (ctx, maja, officer, far) = (&stage.ctx, &stage.maja, &stage.officer, &stage.far);
        let id = sent(ctx, maja).await;
        let due = hers(ctx, maja, &id).await.due_at;
        let v = version(ctx, officer, &id).await;
        take(ctx, officer, &id, v).await.unwrap().unwrap();
        for nowhere in ["lyngmo", "nowhere"] {
            let no = pass(ctx, officer, &id, &to(v + 1, nowhere)).await.unwrap();
            assert!(matches!(no, Err(Undone::Fields(_))), "{nowhere}: {no:?}");
        }
        let told = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'corrections.waiting'";
        let before = stage.count(told).await;
        pass(ctx, officer, &id, &to(v + 1, "havn")).await.unwrap().unwrap();
        assert_eq!(stage.count(told).await, before + 1, "the other unit hears of it");
        assert!(opened(ctx, officer, &id).await.unwrap().is_none(), "it is no longer theirs");
        let open = opened(ctx, far, &id).await.unwrap().unwrap();
        assert_eq!((open.unit_name.as_str(), open.own_work), ("havn fengsel", false));
        settle(ctx, far, &id, &answer(open.version, "done", "Rettet.")).await.unwrap().unwrap();

        let mine = hers(ctx, maja, &id).await;
        assert_eq!(mine.unit_name, "lyngmo fengsel");
        assert_eq!((mine.state.code(), open.correction.due_at), ("settled", due), "the clock went on");
        let units = |looks: &[looks::Look]| looks.iter().map(|l| l.unit_name.clone()).collect::<Vec<_>>();
        let expected = [None, Some("lyngmo fengsel".to_owned())];
        assert_eq!(units(&mine.looks), expected, "whose the second look was is not told");
        assert_eq!(units(&held::looks(ctx, maja).await.unwrap()), expected);
        let all = format!("{:?}", held::held(ctx, maja).await.unwrap());
        assert!(all.contains("lyngmo fengsel") && !all.contains("havn"), "{all}");
    })
    .await;
}

#[tokio::test]
async fn the_unit_is_reminded_once_before_the_clock_ends() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let ctx = &stage.ctx;
        let id = sent(ctx, &stage.maja).await;
        let done = sent(ctx, &stage.ingrid).await;
        let v = version(ctx, &stage.officer, &done).await;
        settle(ctx, &stage.officer, &done, &answer(v, "done", "Rettet.")).await.unwrap().unwrap();
        let start = ctx.now();
        ctx.clock.set(start.plus_days(16));
        assert_eq!(remind_due(ctx).await.unwrap(), 0, "six days are left");
        ctx.clock.set(start.plus_days(17));
        assert_eq!(remind_due(ctx).await.unwrap(), 1);
        assert_eq!(remind_due(ctx).await.unwrap(), 0, "once");
        let told = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'corrections.waiting'";
        assert_eq!(stage.count(told).await, 3, "two came in, one is near its end");
        assert!(hers(ctx, &stage.maja, &id).await.state.is_open());
    })
    .await;
}

#[tokio::test]
async fn the_letter_is_neutral_and_her_words_are_sealed() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (ctx, maja) = (&stage.ctx, &stage.maja);
        let id = sent(ctx, maja).await;
        stage.work().await;
        let failed =
            "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind LIKE 'corrections.%' AND done_at IS NULL";
        assert_eq!(stage.count(failed).await, 0, "each kind is somebody's");
        let (body,): (Vec<u8>,) = ctx.db.one("SELECT body FROM correction", args![]).await.unwrap();
        assert!(!String::from_utf8_lossy(&body).contains("kjæreste"));
        let all = wiring::held::held(ctx, maja).await.unwrap();
        let hers = all.iter().find(|section| section.topic == crate::held::Topic::Corrections).unwrap();
        assert_eq!(hers.things.len(), 1);
        assert!(correction(ctx, maja, &id).await.unwrap().is_some());
    })
    .await;
}

/// An open request keeps what is old of hers; an answered one goes by its own term.
#[tokio::test]
async fn while_it_is_open_nothing_of_hers_is_old() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (ctx, maja) = (&stage.ctx, &stage.maja);
        stage.refused(maja).await;
        let id = sent(ctx, maja).await;
        let applications = "SELECT CAST(COUNT(*) AS BIGINT) FROM application";
        let start = ctx.now();
        ctx.clock.set(start.plus_days(3_700));
        wiring::keeping::tonight(ctx).await.unwrap();
        assert_eq!(stage.count(applications).await, 1, "it is old, and a request is open");
        let v = version(ctx, &stage.officer, &id).await;
        settle(ctx, &stage.officer, &id, &answer(v, "done", "Rettet.")).await.unwrap().unwrap();
        ctx.clock.set(start.plus_days(3_701));
        wiring::keeping::tonight(ctx).await.unwrap();
        assert_eq!(stage.count(applications).await, 0);
        let corrections = "SELECT CAST(COUNT(*) AS BIGINT) FROM correction";
        ctx.clock.set(start.plus_days(3_700 + 1_094));
        wiring::keeping::tonight(ctx).await.unwrap();
        assert_eq!(stage.count(corrections).await, 1, "it is young");
        ctx.clock.set(start.plus_days(3_700 + 1_097));
        wiring::keeping::tonight(ctx).await.unwrap();
        assert_eq!(stage.count(corrections).await, 0);
    })
    .await;
}
