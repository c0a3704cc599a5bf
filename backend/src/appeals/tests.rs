pub(crate) mod stage;

use domain::{
    access::Role,
    appeals::{AppealForm, Level, Outcome, ReasonForm, Refusal, RulingForm, State, WaitForm},
    kernel::{Instant, Locale},
};
use stage::Stage;

use super::*;
use crate::{outbox, testing::on_both_engines};

fn reason(version: i64, words: &str) -> ReasonForm {
    ReasonForm { version: version.to_string(), words: words.into() }
}

fn ruling(version: i64, outcome: &str) -> RulingForm {
    RulingForm {
        version: version.to_string(),
        outcome: outcome.into(),
        reason: "Kontroll er nok.".into(),
        basis: "forvaltningsloven § 34".into(),
    }
}

fn refused<T: std::fmt::Debug>(done: Done<T>) -> Refusal {
    match done {
        Err(Undone::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn codes<T: std::fmt::Debug>(done: Done<T>) -> Vec<String> {
    match done {
        Err(Undone::Fields(errors)) => errors.iter().map(|e| format!("{} {}", e.field, e.code)).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn from_refusal_to_a_case_that_is_decided_anew() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let ctx = &s.ctx;
        let (case, decision) = s.refused(&s.maja).await;
        let found = target(ctx, &s.maja, &decision).await.unwrap().unwrap();
        assert_eq!((found.outcome.as_str(), found.deadline, found.standing), ("refused", None, None));
        assert_eq!(target(ctx, &s.ingrid, &decision).await.unwrap(), None, "another's is not there");

        s.open(&case).await;
        let id = s.sent(&decision).await;
        let mine = appeal(ctx, &s.maja, &id).await.unwrap().unwrap();
        assert_eq!(mine.target.deadline.unwrap().last_day().iso(), "2026-09-08");
        assert_eq!((mine.words.disagree.as_str(), mine.late, mine.state.code()), ("Det er feil.", false, "sent"));
        assert_eq!(mine.due_at, Some(ctx.now().plus_days(14)));
        assert!(appeal(ctx, &s.ingrid, &id).await.unwrap().is_none());

        // Where it was decided.
        assert_eq!(desk(ctx, &s.region).await.unwrap().len(), 0, "it is not the region's yet");
        assert_eq!(desk(ctx, &s.far).await.unwrap().len(), 0);
        assert!(opened(ctx, &s.region, &id).await.unwrap().is_none());
        let v = opened(ctx, &s.officer, &id).await.unwrap().unwrap().version;
        take(ctx, &s.officer, &id, v).await.unwrap().unwrap();
        assert_eq!(refused(take(ctx, &s.officer, &id, v).await.unwrap()), Refusal::Stale);
        assert_eq!(codes(forward(ctx, &s.officer, &id, &reason(v + 1, " ")).await.unwrap()), ["statement empty"]);
        forward(ctx, &s.officer, &id, &reason(v + 1, "Vi står på det.")).await.unwrap().unwrap();
        let mine = appeal(ctx, &s.maja, &id).await.unwrap().unwrap();
        assert_eq!(mine.statement.unwrap().1, "Vi står på det.");
        assert_eq!(mine.looks.len(), 1, "she sees who has looked");

        // The level above.
        let open = opened(ctx, &s.region, &id).await.unwrap().unwrap();
        assert!(open.may_decide && !open.may_prepare && !open.own_work);
        let v = open.version;
        assert_eq!(refused(decide(ctx, &s.officer, &id, &ruling(v, "upheld"), Locale::Nb).await.unwrap()), Refusal::Hidden);
        assert_eq!(refused(decide(ctx, &s.region, &id, &ruling(v, "too_late"), Locale::Nb).await.unwrap()), Refusal::NotLate);
        decide(ctx, &s.region, &id, &ruling(v, "changed"), Locale::Nb).await.unwrap().unwrap();
        let mine = appeal(ctx, &s.maja, &id).await.unwrap().unwrap();
        let said = mine.ruling.unwrap();
        assert_eq!((said.outcome, said.level, said.reason.as_str()), (Outcome::Changed, Level::Region, "Kontroll er nok."));
        assert_eq!(s.count("SELECT CAST(COUNT(*) AS BIGINT) FROM decision WHERE appeal_of IS NOT NULL AND level = 'region'").await, 1);

        // It takes effect where it lives, once.
        s.work().await;
        s.work().await;
        assert_eq!(s.stage(&case).await, "awaiting_decision");
        assert_eq!(s.granted().await, 0, "no grant is invented");
        assert_eq!(s.ruling(&case).await.unwrap().reason, "Kontroll er nok.");
        let again = s.refuse_again(&case).await;
        assert_ne!(again, decision);
        assert_eq!(s.stage(&case).await, "decided");
        assert!(target(ctx, &s.maja, &again).await.unwrap().is_some(), "the new one can be appealed");
        assert_eq!(target(ctx, &s.maja, &decision).await.unwrap(), None, "the old one stands no more");
        assert!(s.ruling(&case).await.is_none(), "it is decided anew");
    })
    .await;
}

#[tokio::test]
async fn who_decided_or_prepared_decides_no_appeal() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let ctx = &s.ctx;
        let (_, decision) = s.refused(&s.maja).await;
        let id = s.sent(&decision).await;
        forward(ctx, &s.colleague, &id, &reason(1, "Vi står på det.")).await.unwrap().unwrap();
        for (who, expected) in [(&s.officer, Refusal::SamePerson), (&s.colleague, Refusal::SamePerson)] {
            let both =
                crate::ctx::Staff { roles: vec![Role::CaseOfficer, Role::AppealOfficer], ..who.clone() };
            let open = opened(ctx, &both, &id).await.unwrap().unwrap();
            assert!(open.own_work);
            let did = decide(ctx, &both, &id, &ruling(open.version, "upheld"), Locale::Nb).await.unwrap();
            assert_eq!(refused(did), expected);
        }
        decide(ctx, &s.region, &id, &ruling(2, "upheld"), Locale::Nb).await.unwrap().unwrap();
        s.work().await;
        assert_eq!(
            s.count("SELECT CAST(COUNT(*) AS BIGINT) FROM decision WHERE superseded_at IS NOT NULL").await,
            0
        );
        assert_eq!(refused(withdraw(ctx, &s.maja, &id).await.unwrap()), Refusal::MovedOn);
    })
    .await;
}

#[tokio::test]
async fn twice_is_once_and_one_stands_at_a_time() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let ctx = &s.ctx;
        let (_, decision) = s.refused(&s.maja).await;
        let form = s.form("Det er feil.");
        let first = send(ctx, &s.maja, &decision, &form).await.unwrap().unwrap();
        assert_eq!(send(ctx, &s.maja, &decision, &form).await.unwrap().unwrap(), first, "a double click");
        let other = s.form("Også dette.");
        assert_eq!(refused(send(ctx, &s.maja, &decision, &other).await.unwrap()), Refusal::Already);
        withdraw(ctx, &s.maja, &first).await.unwrap().unwrap();
        assert_eq!(refused(withdraw(ctx, &s.maja, &first).await.unwrap()), Refusal::MovedOn);
        let second = send(ctx, &s.maja, &decision, &other).await.unwrap().unwrap();
        assert_ne!(first, second);
        assert_eq!(mine(ctx, &s.maja).await.unwrap().len(), 2);
        assert_eq!(refused(send(ctx, &s.ingrid, &decision, &s.form("x")).await.unwrap()), Refusal::Hidden);
        assert_eq!(refused(withdraw(ctx, &s.ingrid, &second).await.unwrap()), Refusal::Hidden);
    })
    .await;
}

#[tokio::test]
async fn a_late_one_says_why_and_is_looked_at_all_the_same() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let ctx = &s.ctx;
        let (case, decision) = s.refused(&s.maja).await;
        s.open(&case).await;
        let end = target(ctx, &s.maja, &decision).await.unwrap().unwrap().deadline.unwrap().end;
        ctx.clock.set(Instant(end.micros() - 1));
        assert!(!target(ctx, &s.maja, &decision).await.unwrap().unwrap().is_late(ctx.now()));
        ctx.clock.set(end);
        let form = s.form("Det er feil.");
        assert_eq!(codes(send(ctx, &s.maja, &decision, &form).await.unwrap()), ["late_reason empty"]);
        let late = AppealForm { late_reason: "Jeg lå på sykehus.".into(), ..form };
        let id = send(ctx, &s.maja, &decision, &late).await.unwrap().unwrap();
        let sent = appeal(ctx, &s.maja, &id).await.unwrap().unwrap();
        assert!(sent.late && sent.words.late_reason.as_deref() == Some("Jeg lå på sykehus."));
        assert!(desk(ctx, &s.officer).await.unwrap()[0].late);
        forward(ctx, &s.officer, &id, &reason(1, "Den kom for sent.")).await.unwrap().unwrap();
        decide(ctx, &s.region, &id, &ruling(2, "too_late"), Locale::Nb).await.unwrap().unwrap();
        assert_eq!(
            appeal(ctx, &s.maja, &id).await.unwrap().unwrap().ruling.unwrap().outcome.code(),
            "too_late"
        );
    })
    .await;
}

#[tokio::test]
async fn the_unit_changes_its_own_decision_and_says_whether_it_waits() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let ctx = &s.ctx;
        let (case, decision) = s.refused(&s.maja).await;
        let form = AppealForm { waits: "yes".into(), ..s.form("Det er feil.") };
        let id = send(ctx, &s.maja, &decision, &form).await.unwrap().unwrap();
        assert!(desk(ctx, &s.officer).await.unwrap()[0].asks_to_wait);
        let answer = |waits: &str, why: &str, version: i64| WaitForm {
            version: version.to_string(),
            waits: waits.into(),
            why: why.into(),
        };
        assert_eq!(codes(wait(ctx, &s.officer, &id, &answer("no", "", 1)).await.unwrap()), ["why empty"]);
        wait(ctx, &s.officer, &id, &answer("no", "Det haster ikke.", 1)).await.unwrap().unwrap();
        assert_eq!(
            refused(wait(ctx, &s.officer, &id, &answer("yes", "", 2)).await.unwrap()),
            Refusal::NotAsked
        );
        let told = appeal(ctx, &s.maja, &id).await.unwrap().unwrap().waits;
        let why = Some("Det haster ikke.".to_owned());
        assert_eq!(told, WaitAnswer::Answered { granted: false, why, at: ctx.now() });
        assert_eq!(
            refused(change(ctx, &s.far, &id, &reason(2, "x"), Locale::Nb).await.unwrap()),
            Refusal::Hidden
        );
        change(ctx, &s.officer, &id, &reason(2, "Vi tok feil."), Locale::Nb).await.unwrap().unwrap();
        let state = appeal(ctx, &s.maja, &id).await.unwrap().unwrap().state;
        assert_eq!(state, State::Decided { at: ctx.now(), outcome: Outcome::Changed, level: Level::Local });
        s.work().await;
        assert_eq!(s.stage(&case).await, "awaiting_decision");
    })
    .await;
}

#[tokio::test]
async fn words_are_kept_while_she_types_and_sealed_when_sent() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let ctx = &s.ctx;
        let (_, decision) = s.refused(&s.maja).await;
        let fields = crate::drafts::Fields::from([("disagree".to_owned(), "Halvferdig".to_owned())]);
        assert!(keep_draft(ctx, &s.ingrid, &decision, &fields, "0").await.unwrap().is_none());
        keep_draft(ctx, &s.maja, &decision, &fields, "0").await.unwrap().unwrap();
        let draft = writing(ctx, &s.maja, &decision).await.unwrap().unwrap().1.unwrap();
        assert_eq!((draft.fields, draft.version), (fields, 1));
        let form = AppealForm { draft: "1".into(), ..s.form("Hemmelige ord") };
        send(ctx, &s.maja, &decision, &form).await.unwrap().unwrap();
        assert!(writing(ctx, &s.maja, &decision).await.unwrap().unwrap().1.is_none());
        let (body,): (Vec<u8>,) = ctx.db.one("SELECT body FROM appeal", vec![]).await.unwrap();
        assert!(!String::from_utf8_lossy(&body).contains("Hemmelige"), "it is sealed");
        let jobs: Vec<(String,)> = ctx.db.all("SELECT payload FROM outbox", vec![]).await.unwrap();
        assert!(jobs.iter().all(|(payload,)| !payload.contains("Hemmelige")));
    })
    .await;
}

#[tokio::test]
async fn a_letter_goes_back_to_control_with_what_was_decided() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let ctx = &s.ctx;
        let (letter, decision) = s.stopped().await;
        let id = s.sent(&decision).await;
        assert!(opened(ctx, &s.officer, &id).await.unwrap().is_none(), "letters are not her duty");
        forward(ctx, &s.controller, &id, &reason(1, "Vi står på det.")).await.unwrap().unwrap();
        decide(ctx, &s.region, &id, &ruling(2, "sent_back"), Locale::Nb).await.unwrap().unwrap();
        s.work().await;
        s.work().await;
        let state: (String, i64) =
            s.one("SELECT state, CAST(COUNT(*) AS BIGINT) FROM letter GROUP BY state").await;
        assert_eq!(state, ("in_control".to_owned(), 1));
        let shown =
            crate::messages::exchange::desk_letter(ctx, &s.controller, &letter).await.unwrap().unwrap();
        assert_eq!(shown.ruling.unwrap().reason, "Kontroll er nok.");
        let hers = s.exchange().await;
        assert_eq!((hers.letters.len(), hers.letters[0].state.as_str()), (1, "in_control"));
        assert!(hers.letters[0].held_back.is_none());
        s.stop(&letter).await;
        let hers = s.exchange().await;
        assert_eq!(hers.letters.len(), 1, "two decisions are one letter");
        assert_ne!(hers.letters[0].held_back.as_ref().unwrap().decision, decision);
    })
    .await;
}

#[tokio::test]
async fn its_letters_are_neutral_and_its_jobs_are_known() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let (_, decision) = s.refused(&s.maja).await;
        s.work().await;
        s.sent(&decision).await;
        let kinds: Vec<(String,)> = s
            .ctx
            .db
            .all("SELECT kind FROM outbox WHERE done_at IS NULL ORDER BY kind", vec![])
            .await
            .unwrap();
        assert_eq!(kinds, [(NEWS.to_owned(),), (WAITING.to_owned(),)]);
        s.work().await;
        assert_eq!(outbox::backlog(&s.ctx).await.unwrap(), (0, 0, 0));
    })
    .await;
}
