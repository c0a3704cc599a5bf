//! How long each kind is kept, and how often somebody is told.

use domain::{
    access::Role,
    blobs::FileName,
    kernel::{Clock, Instant},
    messages::WorryForm,
};

use super::stage::{Stage, day, written};
use crate::{
    blobs::{self, New, Uploader, testing::pdf},
    ctx::Actor,
    messages::{
        counsel, ending,
        exchange::{self, End},
        inside::Inside,
        looks::{self, LookReason},
        news, officer,
        worry::{self, Step},
    },
    testing::on_both_engines,
};

/// One of each kind, done with; and one of each that waits.
async fn one_of_each(stage: &Stage) -> Inside {
    let who = stage.relative("maja", "2026-12-31").await;
    let unni = stage.staff("unni", Role::CaseOfficer, "lyngmo").await;
    let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
    let duty = stage.staff("duty", Role::DutyOfficer, "lyngmo").await;
    for close in [true, false] {
        let form = domain::messages::ThreadForm {
            key: stage.key().as_str().into(),
            unit: "lyngmo".into(),
            topic: "other".into(),
            words: "Hei".into(),
            ..Default::default()
        };
        let thread = officer::begin(&stage.ctx, &who, &form).await.unwrap().unwrap();
        if close {
            officer::close(&stage.ctx, &who, &thread).await.unwrap().unwrap();
        }
        let key = stage.key().as_str().to_owned();
        exchange::write(&stage.ctx, &who, &stage.inmate_public, &written(&stage.key(), "Kjære Even"))
            .await
            .unwrap()
            .unwrap();
        let note = domain::messages::NoteForm { key, words: "Meldt".into() };
        exchange::report(&stage.ctx, End::Relative(&who, &stage.inmate_public), &note)
            .await
            .unwrap()
            .unwrap();
        let told = WorryForm {
            key: stage.key().as_str().into(),
            unit: "lyngmo".into(),
            name: "Even".into(),
            words: "Han spiser ikke".into(),
            ..Default::default()
        };
        worry::tell(&stage.ctx, &Actor::Anonymous, &told).await.unwrap().unwrap();
    }
    let letter = &exchange::queue(&stage.ctx, &kari, None).await.unwrap().rows[0].public;
    super::exchange::ruled(stage, &kari, letter, "stop", "").await.unwrap();
    let report = &exchange::reports(&stage.ctx, &kari).await.unwrap()[0].public;
    exchange::settle(&stage.ctx, &kari, report).await.unwrap().unwrap();
    let worry = worry::open(&stage.ctx, &duty).await.unwrap()[0].public.clone();
    for step in [Step::Take, Step::Done] {
        worry::act(&stage.ctx, &duty, &worry, step).await.unwrap().unwrap();
    }
    let (ada, _) = stage.lawyer("ada", &unni).await;
    counsel::write(&stage.ctx, &ada, &stage.inmate_public, &written(&stage.key(), "Til retten"))
        .await
        .unwrap()
        .unwrap();
    stage.inside().await
}

/// Kind, how many there are, the days of a rule of the test's own, and how many wait and stay.
const COUNTS: [(&str, &str, i64, i64); 5] = [
    ("worry", "SELECT COUNT(*) FROM worry", 10, 1),
    ("letter", "SELECT COUNT(*) FROM letter", 20, 1),
    ("counsel_message", "SELECT COUNT(*) FROM counsel_message", 30, 0),
    ("exchange_report", "SELECT COUNT(*) FROM exchange_report", 40, 1),
    ("message_thread", "SELECT COUNT(*) FROM message_thread", 50, 1),
];
const OWN_DAYS: &str = "INSERT INTO rule (key, valid_from, value, source) VALUES \
    ('messages.keep_worry_days', '2020-01-02', '10', 'test'), ('messages.keep_letter_days', '2020-01-02', '20', 'test'), \
    ('messages.keep_counsel_days', '2020-01-02', '30', 'test'), ('messages.keep_report_days', '2020-01-02', '40', 'test'), \
    ('messages.keep_thread_days', '2020-01-02', '50', 'test')";

#[tokio::test]
async fn each_kind_is_kept_as_long_as_its_rule_says_and_what_waits_is_kept_on() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let inside = one_of_each(&stage).await;
        stage.say(OWN_DAYS, vec![]).await;
        let start = stage.ctx.now();
        let before = async |sql| stage.count(sql).await;
        for (kind, sql, days, left) in COUNTS {
            let full = left + 1;
            stage.ctx.clock.set(start.plus_days(days).plus_minutes(-1));
            ending::end_old(&stage.ctx).await.unwrap();
            assert_eq!(before(sql).await, full, "{kind} a minute too early");
            stage.ctx.clock.set(start.plus_days(days).plus_minutes(1));
            ending::end_old(&stage.ctx).await.unwrap();
            assert_eq!(before(sql).await, left, "{kind}");
            assert!(stage.trail(kind).await.contains(&"kept_no_longer".to_owned()), "{kind}");
            assert_eq!(ending::end_old(&stage.ctx).await.unwrap(), 0, "{kind} once");
        }
        assert_eq!(before("SELECT COUNT(*) FROM message").await, 1, "with what was said in it");
        assert_eq!(before("SELECT COUNT(*) FROM exchange").await, 1, "who has blocked whom stays");
        assert_eq!(before("SELECT COUNT(*) FROM decision").await, 1, "decisions stay as decisions do");
        assert!(!exchange::feed(&stage.ctx, &inside).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_files_of_a_conversation_end_with_it() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let sender = Uploader::of(&Actor::Citizen(who.clone())).unwrap();
        let mut files = vec![];
        for _ in 0..2 {
            let bytes = pdf(900);
            let new = New {
                kind: officer::FILES.into(),
                draft: Some(String::new()),
                name: FileName::clean("Brev.pdf"),
                declared: "application/pdf".into(),
                length: Some(bytes.len() as u64),
            };
            let upload = blobs::whole(&stage.ctx, &sender, new, &bytes).await.unwrap();
            files.push(upload.public().unwrap());
            let form = domain::messages::ThreadForm {
                key: stage.key().as_str().into(),
                unit: "lyngmo".into(),
                topic: "other".into(),
                words: "Hei".into(),
                ..Default::default()
            };
            let thread = officer::begin(&stage.ctx, &who, &form).await.unwrap().unwrap();
            // The first is done with; the second waits for an answer.
            if files.len() == 1 {
                officer::close(&stage.ctx, &who, &thread).await.unwrap().unwrap();
            }
        }
        stage.say(OWN_DAYS, vec![]).await;
        stage.ctx.clock.set(stage.ctx.now().plus_days(51));
        ending::end_old(&stage.ctx).await.unwrap();
        let states: Vec<(String, String)> = stage
            .ctx
            .db
            .all(
                "SELECT public_id, state FROM blob WHERE owner_id IS NOT NULL ORDER BY created_at, id",
                vec![],
            )
            .await
            .unwrap();
        let states: Vec<_> =
            states.iter().map(|(public, state)| (public.as_str(), state == "ended")).collect();
        assert_eq!(states, [(files[0].as_str(), true), (files[1].as_str(), false)]);
    })
    .await;
}

#[tokio::test]
async fn a_rule_of_a_day_changes_how_long() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        one_of_each(&stage).await;
        let rule = "INSERT INTO rule (key, valid_from, value, source) \
            VALUES ('messages.keep_letter_days', '2026-10-01', '10', 'test')";
        stage.say(rule, vec![]).await;
        stage.ctx.clock.set(Instant::of_wall(day("2026-09-30"), Clock(720)));
        ending::end_old(&stage.ctx).await.unwrap();
        assert_eq!(stage.count("SELECT COUNT(*) FROM letter").await, 2, "not of that day yet");
        stage.ctx.clock.set(Instant::of_wall(day("2026-10-01"), Clock(720)));
        ending::end_old(&stage.ctx).await.unwrap();
        assert_eq!(stage.count("SELECT COUNT(*) FROM letter").await, 1);
    })
    .await;
}

#[tokio::test]
async fn she_is_told_once_in_an_hour() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let start = stage.ctx.now();
        let job = news::News { person: who.person.as_str().into() };
        let due = async || {
            let sql = "SELECT COUNT(*), MAX(due_at) FROM outbox WHERE kind = 'messages.news'";
            let (count, due): (i64, Option<i64>) = stage.ctx.db.one(sql, vec![]).await.unwrap();
            (count, due.map(|due| (due - start.micros()) / 60_000_000))
        };
        let stopped = async || {
            let letter = super::exchange::sent(&stage, &who, "Hei").await.unwrap();
            super::exchange::ruled(&stage, &kari, &letter, "stop", "").await.unwrap();
        };
        stopped().await;
        assert_eq!(due().await, (1, Some(10)));
        stage.ctx.clock.set(start.plus_minutes(10));
        assert!(news::take(&stage.ctx, &job).await.unwrap());
        news::told(&stage.ctx, &job, stage.ctx.now()).await.unwrap();
        stage.ctx.clock.set(start.plus_minutes(15));
        stopped().await;
        assert_eq!(due().await, (2, Some(70)), "an hour after she was told");
        stage.ctx.clock.set(start.plus_minutes(50));
        stopped().await;
        assert_eq!(due().await, (2, Some(70)), "all that comes until then is one");
        stage.ctx.clock.set(start.plus_minutes(70));
        assert!(news::take(&stage.ctx, &job).await.unwrap());
        exchange::exchange(&stage.ctx, &who, &stage.inmate_public).await.unwrap();
        assert!(!news::take(&stage.ctx, &job).await.unwrap(), "and none if she has read it meanwhile");
    })
    .await;
}

#[tokio::test]
async fn she_sees_who_has_looked_at_a_conversation() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (who, other) = (stage.citizen("maja").await, stage.citizen("nora").await);
        let unni = stage.staff("unni", Role::CaseOfficer, "lyngmo").await;
        let form = |about: &str| domain::messages::ThreadForm {
            key: stage.key().as_str().into(),
            unit: if about.is_empty() { "lyngmo".into() } else { String::new() },
            about: about.into(),
            topic: "other".into(),
            words: "Hei".into(),
            draft: String::new(),
        };
        let id = stage.application(&who).await;
        let (case,): (String,) = stage
            .ctx
            .db
            .one("SELECT public_id FROM application WHERE id = $1", crate::args![&id])
            .await
            .unwrap();
        // Free, and about a case: two conversations about the same do not share their looks.
        let mut threads = vec![];
        for about in ["", case.as_str(), case.as_str()] {
            threads.push(officer::begin(&stage.ctx, &who, &form(about)).await.unwrap().unwrap());
        }
        for thread in &threads[..2] {
            assert!(looks::of_thread(&stage.ctx, &who, thread).await.unwrap().is_empty());
            officer::desk_thread(&stage.ctx, &unni, thread).await.unwrap().unwrap();
            let seen = looks::of_thread(&stage.ctx, &who, thread).await.unwrap();
            assert_eq!(seen.len(), 1);
            assert_eq!((seen[0].role, seen[0].reason), (Role::CaseOfficer, LookReason::Answer));
            assert!(looks::of_thread(&stage.ctx, &other, thread).await.unwrap().is_empty());
        }
        assert!(looks::of_thread(&stage.ctx, &who, &threads[2]).await.unwrap().is_empty());
    })
    .await;
}
