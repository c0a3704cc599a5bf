//! The control desk: who reads what, what is decided, how it is told, and what happens when nobody decides.

use domain::{
    access::Role,
    kernel::{Id, Instant, Locale},
    messages::{ControlForm, Means, NoteForm, Refusal, StopReason, Wish},
};

use super::{last, refused, ruled, sent};
use crate::{
    args,
    ctx::Actor,
    db::Value,
    messages::{
        Unsent,
        exchange::{self, End, UnitRules, desk_letter, feed, put_rules, queue, reply},
        news,
        tests::stage::{Stage, day, unit_rules, written},
    },
    testing::{on_both_engines, recorded},
};

fn form(version: i64, outcome: &str, passages: &str) -> ControlForm {
    ControlForm {
        version: version.to_string(),
        outcome: outcome.into(),
        category: "contact".into(),
        reason: "Grunn".into(),
        milder: "Mildere".into(),
        passages: passages.into(),
    }
}

#[tokio::test]
async fn the_units_level_and_the_court_decide_what_is_read() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        stage.say("UPDATE message_rule SET per_week = 100", vec![]).await;
        let table = [
            ("special_high", "in_control"),
            ("high", "in_control"),
            ("lower", "released"),
            ("transitional", "released"),
        ];
        for (level, state) in table {
            stage.set_level(level).await;
            sent(&stage, &who, level).await.unwrap();
            assert_eq!(last(&stage, &who).await.state, state, "{level}");
        }
        stage.restrict("letter_control").await;
        sent(&stage, &who, "under a court's control").await.unwrap();
        assert_eq!(last(&stage, &who).await.state, "in_control");
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_is_stopped_is_a_decision_that_is_told_and_can_be_appealed() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let inside = stage.inside().await;
        let letter = sent(&stage, &who, "Møt meg ved porten").await.unwrap();
        ruled(&stage, &kari, &letter, "stop", "").await.unwrap();
        assert_eq!(refused(ruled(&stage, &kari, &letter, "release", "").await), "message_moved_on");
        assert!(feed(&stage.ctx, &inside).await.unwrap()[0].letters.is_empty(), "he never gets it");
        assert_eq!(news::unread(&stage.ctx, &who).await.unwrap().inmate, 1);
        // Word of it goes out; the days run from then, also when she opens it later.
        let job = news::News { person: who.person.as_str().into() };
        assert!(news::take(&stage.ctx, &job).await.unwrap());
        let told = stage.ctx.now().plus_minutes(10);
        news::told(&stage.ctx, &job, told).await.unwrap();
        stage.ctx.clock.set(told.plus_days(3));
        let letter = last(&stage, &who).await;
        let held = letter.held_back.expect("a decision");
        assert_eq!((letter.state.as_str(), letter.words.as_str()), ("stopped", "Møt meg ved porten"));
        assert_eq!(held.category, Some(StopReason::Escape));
        assert_eq!(held.legal_basis, "straffegjennomføringsloven § 30");
        assert_eq!((held.appeal_days, held.appeal_by), (7, Some(day("2026-09-08"))));
        assert_eq!((held.unit_name.as_str(), held.unit_address.as_str()), ("lyngmo fengsel", "Gata 1"));
        assert!(held.reason.contains("flukt") && held.milder.contains("ikke nok"));
        assert_eq!(news::unread(&stage.ctx, &who).await.unwrap().all(), 0);
        // One that she opens before any word has gone: from then.
        let other = sent(&stage, &who, "Enda et brev").await.unwrap();
        ruled(&stage, &kari, &other, "stop", "").await.unwrap();
        let held = last(&stage, &who).await.held_back.unwrap();
        assert_eq!(held.appeal_by, Some(day("2026-09-11")));
    })
    .await;
}

#[tokio::test]
async fn a_part_is_held_back_as_it_stands_and_the_rest_goes_on() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let inside = stage.inside().await;
        let letter = sent(&stage, &who, "Hei. Møt meg ved porten. Klem").await.unwrap();
        for wrong in ["noe annet", "Hei. Møt meg ved porten. Klem"] {
            let Err(Unsent::Fields(errors)) = ruled(&stage, &kari, &letter, "part", wrong).await else {
                panic!()
            };
            assert_eq!((errors[0].field, errors[0].code), ("passages", "not_found"));
        }
        assert_eq!(last(&stage, &who).await.state, "in_control");
        assert_eq!(stage.count("SELECT COUNT(*) FROM decision").await, 0);
        ruled(&stage, &kari, &letter, "part", "Møt meg ved porten.").await.unwrap();
        let there = feed(&stage.ctx, &inside).await.unwrap();
        assert_eq!((there[0].letters[0].words.as_str(), there[0].letters[0].cut), ("Hei. […] Klem", true));
        assert_eq!(there[0].letters[0].held_back, None, "why is the sender's to know");
        let own = last(&stage, &who).await;
        assert_eq!((own.words.as_str(), own.cut), ("Hei. Møt meg ved porten. Klem", true));
        assert!(own.held_back.is_some());
        // The same in the other direction: his decision is his, and she sees only what is left.
        let his = written(&stage.key(), "Kjære. Ta med penger. Klem");
        let his = reply(&stage.ctx, &inside, &there[0].public, &his).await.unwrap().unwrap();
        ruled(&stage, &kari, &his, "part", "Ta med penger.").await.unwrap();
        let got = last(&stage, &who).await;
        assert_eq!((got.words.as_str(), got.held_back), ("Kjære. […] Klem", None));
        let own = feed(&stage.ctx, &inside).await.unwrap()[0].letters.last().cloned().unwrap();
        assert_eq!(own.words, "Kjære. Ta med penger. Klem");
        assert!(own.held_back.is_some(), "he is told, with his appeal");
    })
    .await;
}

#[tokio::test]
async fn t01_only_controllers_of_the_unit_read_what_waits_and_each_look_is_written() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let letter = sent(&stage, &who, "Hei").await.unwrap();
        let mut strangers = vec![stage.staff("far", Role::MessageController, "havn").await];
        for role in Role::ALL.into_iter().filter(|role| *role != Role::MessageController) {
            strangers.push(stage.staff(role.code(), role, "lyngmo").await);
        }
        for staff in strangers {
            assert!(queue(&stage.ctx, &staff, None).await.unwrap().rows.is_empty(), "{:?}", staff.roles);
            assert!(desk_letter(&stage.ctx, &staff, &letter).await.unwrap().is_none());
            let ruling =
                exchange::rule(&stage.ctx, &staff, &letter, &form(1, "release", ""), Locale::Nb).await;
            assert_eq!(refused(ruling.unwrap()), "message_hidden");
            assert_eq!(
                exchange::ask_second(&stage.ctx, &staff, &letter, 1).await.unwrap(),
                Err(Refusal::Hidden)
            );
        }
        assert_eq!(stage.count("SELECT COUNT(*) FROM audit WHERE action = 'look'").await, 0);
        assert_eq!(desk_letter(&stage.ctx, &kari, &letter).await.unwrap().unwrap().words, "Hei");
        ruled(&stage, &kari, &letter, "release", "").await.unwrap();
        let after = desk_letter(&stage.ctx, &kari, &letter).await.unwrap();
        assert!(after.is_none(), "what has been let through is theirs, not the desk's");
        let other = sent(&stage, &who, "Privat").await.unwrap();
        exchange::set(&stage.ctx, End::Relative(&who, &stage.inmate_public), Wish::Pause)
            .await
            .unwrap()
            .unwrap();
        assert!(
            desk_letter(&stage.ctx, &kari, &other).await.unwrap().is_none(),
            "nor what one of them has paused"
        );
        assert!(queue(&stage.ctx, &kari, None).await.unwrap().rows.is_empty());
    })
    .await;
}

#[tokio::test]
async fn watched_words_are_shown_a_translation_is_kept_and_the_next_is_at_hand() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let far = stage.staff("far", Role::MessageController, "havn").await;
        for word in ["Porten", "porten", "penger"] {
            exchange::add_word(&stage.ctx, &kari, word).await.unwrap().unwrap();
        }
        exchange::add_word(&stage.ctx, &far, "hei").await.unwrap().unwrap();
        let listed = exchange::words(&stage.ctx, &kari).await.unwrap();
        assert_eq!(listed.iter().map(|w| w.word.as_str()).collect::<Vec<_>>(), ["penger", "porten"]);
        let letter = sent(&stage, &who, "Hei! Ved PORTENE").await.unwrap();
        stage.ctx.clock.set(stage.ctx.now().plus_minutes(1));
        let next = sent(&stage, &who, "Et til").await.unwrap();
        let note = NoteForm { key: stage.key().as_str().into(), words: "Skrevet på kvensk".into() };
        for _ in 0..2 {
            exchange::translate(&stage.ctx, &kari, &letter, &note).await.unwrap().unwrap();
        }
        let seen = desk_letter(&stage.ctx, &kari, &letter).await.unwrap().unwrap();
        assert_eq!(seen.marks.iter().map(|(a, b)| &seen.words[*a..*b]).collect::<Vec<_>>(), ["PORTEN"]);
        assert_eq!(seen.notes.iter().map(|n| n.words.as_str()).collect::<Vec<_>>(), ["Skrevet på kvensk"]);
        assert_eq!(
            (seen.state.as_str(), seen.next),
            ("in_control", Some(next)),
            "nothing follows from a word"
        );
        assert_eq!(
            exchange::end_word(&stage.ctx, &far, &listed[0].public).await.unwrap(),
            Err(Refusal::Hidden)
        );
        exchange::end_word(&stage.ctx, &kari, &listed[0].public).await.unwrap().unwrap();
        assert_eq!(exchange::words(&stage.ctx, &kari).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_second_opinion_is_another_persons_and_is_waited_for() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let per = stage.staff("per", Role::MessageController, "lyngmo").await;
        let letter = sent(&stage, &who, "Hei").await.unwrap();
        let view = NoteForm { key: stage.key().as_str().into(), words: "Slipp det".into() };
        let early = exchange::give_second(&stage.ctx, &per, &letter, &view).await.unwrap();
        assert_eq!(refused(early), "message_moved_on");
        exchange::ask_second(&stage.ctx, &kari, &letter, 1).await.unwrap().unwrap();
        for staff in [&kari, &per] {
            assert_eq!(refused(ruled(&stage, staff, &letter, "release", "").await), "message_second_waits");
        }
        let own = exchange::give_second(&stage.ctx, &kari, &letter, &view).await.unwrap();
        assert_eq!(refused(own), "message_same_person");
        for _ in 0..2 {
            exchange::give_second(&stage.ctx, &per, &letter, &view).await.unwrap().unwrap();
        }
        let stale =
            exchange::rule(&stage.ctx, &kari, &letter, &form(1, "release", ""), Locale::Nb).await.unwrap();
        assert_eq!(refused(stale), "message_stale", "she has not seen what the other says");
        ruled(&stage, &kari, &letter, "release", "").await.unwrap();
        assert_eq!(
            stage.count("SELECT COUNT(*) FROM letter WHERE second = 'given'").await,
            1,
            "it stays on record"
        );
    })
    .await;
}

#[tokio::test]
async fn what_waits_too_long_is_escalated_and_goes_on_only_where_the_unit_says_so() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let letter = sent(&stage, &who, "Hei").await.unwrap();
        let due = stage.ctx.now().plus_days(1);
        stage.ctx.clock.set(due);
        assert_eq!(exchange::escalate_due(&stage.ctx).await.unwrap(), 0);
        stage.ctx.clock.set(due.plus_seconds(1));
        assert_eq!(exchange::escalate_due(&stage.ctx).await.unwrap(), 1);
        assert_eq!(exchange::escalate_due(&stage.ctx).await.unwrap(), 0, "once");
        assert_eq!(stage.count("SELECT COUNT(*) FROM outbox WHERE kind = 'messages.waiting'").await, 1);
        let now = queue(&stage.ctx, &kari, None).await.unwrap();
        assert_eq!((now.waiting, now.late, now.rows[0].late), (1, 1, true));
        stage.ctx.clock.set(due.plus_days(60));
        assert_eq!(exchange::release_due(&stage.ctx).await.unwrap(), 0, "never by itself");
        assert_eq!(exchange::move_on(&stage.ctx).await.unwrap(), 0, "nor does it lapse while it is open");
        ruled(&stage, &kari, &letter, "release", "").await.unwrap();
        let rules = UnitRules { release_hours: Some(48), ..unit_rules() };
        put_rules(&stage.ctx, &Actor::System, &stage.unit, rules).await.unwrap();
        let second = sent(&stage, &who, "To").await.unwrap();
        sent(&stage, &who, "Tre").await.unwrap();
        exchange::ask_second(&stage.ctx, &kari, &second, 1).await.unwrap().unwrap();
        stage.ctx.clock.set(stage.ctx.now().plus_days(2));
        assert_eq!(exchange::release_due(&stage.ctx).await.unwrap(), 1, "not what waits for another's view");
        let by_rule = "SELECT COUNT(*) FROM audit WHERE action = 'letter_released' AND detail = 'by_rule'";
        assert_eq!(stage.count(by_rule).await, 1);
        let told = exchange::statistics(&stage.ctx, &kari, 365).await.unwrap();
        assert_eq!((told.written, told.let_through, told.escalated, told.stopped), (3, 2, 1, 0));
    })
    .await;
}

#[tokio::test]
async fn what_waits_follows_him_to_where_he_is() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let far = stage.staff("far", Role::MessageController, "havn").await;
        let letter = sent(&stage, &who, "Hei").await.unwrap();
        assert_eq!(exchange::follow(&stage.ctx).await.unwrap(), 0);
        let (havn,): (String,) =
            stage.ctx.db.one("SELECT id FROM unit WHERE slug = 'havn'", vec![]).await.unwrap();
        let paper = UnitRules { means: Means::Print, ..unit_rules() };
        put_rules(&stage.ctx, &Actor::System, &Id::new(havn.as_str()), paper).await.unwrap();
        stage.say("UPDATE placement SET unit_id = $1", args![&havn]).await;
        let seen = desk_letter(&stage.ctx, &kari, &letter).await.unwrap().unwrap();
        assert_eq!(exchange::follow(&stage.ctx).await.unwrap(), 1);
        let late = form(seen.version, "release", "");
        let ruling = exchange::rule(&stage.ctx, &kari, &letter, &late, Locale::Nb).await.unwrap();
        assert_eq!(refused(ruling), "message_hidden", "it is another unit's now");
        ruled(&stage, &far, &letter, "release", "").await.unwrap();
        assert_eq!(
            exchange::to_print(&stage.ctx, &far).await.unwrap().len(),
            1,
            "as letters are handed over there"
        );
    })
    .await;
}

/// What has been read about one of these since the last time.
fn reads(own: &[&str]) -> Vec<&'static str> {
    recorded::listen();
    let ours = |said: &recorded::Said| {
        let about = |value: &Value| matches!(value, Value::Text(Some(text)) if own.iter().any(|id| text.contains(id)));
        said.sql.starts_with("SELECT") && said.args.iter().any(about)
    };
    recorded::take_here().iter().filter(|said| ours(said)).map(|said| said.sql).collect()
}

#[tokio::test]
async fn ten_thousand_wait_and_the_desk_opens_in_three_reads() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.relative("maja", "2026-12-31").await;
        let kari = stage.staff("kari", Role::MessageController, "lyngmo").await;
        let first = sent(&stage, &who, "Hei").await.unwrap();
        stage
            .say(
                "INSERT INTO letter (id, public_id, sheet, exchange_id, unit_id, from_relative, author, form_key, digest, \
                body, state, state_at, due_at, means, written_at) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL \
                SELECT i + 1 FROM n WHERE i < 9999) SELECT 'x' || (10000 + n.i), 'x' || n.i, 'x' || n.i, l.exchange_id, \
                l.unit_id, 1, l.author, 'x' || n.i, l.digest, l.body, 'in_control', l.state_at + n.i, l.due_at + n.i, \
                'screen', l.written_at + n.i FROM letter l CROSS JOIN n WHERE l.public_id = $1",
                args![&first],
            )
            .await;
        stage.say("UPDATE letter SET public_id = SUBSTR('00000000000000000000000000' || SUBSTR(id, 2), -26) \
            WHERE id LIKE 'x%' AND $1 = 'sqlite'", args![if portal.postgres { "postgres" } else { "sqlite" }]).await;
        if portal.postgres {
            stage.say("UPDATE letter SET public_id = LPAD(SUBSTR(id, 2), 26, '0') WHERE id LIKE 'x%'", vec![]).await;
        }
        assert_eq!(stage.count("SELECT COUNT(*) FROM letter WHERE state = 'in_control'").await, 10_000);
        let (id,): (String,) =
            stage.ctx.db.one("SELECT id FROM letter WHERE public_id = $1", args![&first]).await.unwrap();
        let own = [stage.unit.as_str(), first.as_str(), id.as_str()];
        reads(&own);
        let desk = queue(&stage.ctx, &kari, None).await.unwrap();
        let read = reads(&own);
        assert_eq!(read.len(), 2, "a page and a count: {read:#?}");
        let opened = desk_letter(&stage.ctx, &kari, &first).await.unwrap().unwrap();
        let read = reads(&own);
        assert_eq!(read.len(), 3, "whose it is, the letter, what stands beside it: {read:#?}");
        assert_eq!((desk.rows.len(), desk.waiting), (25, 100), "a page, and a count that has an end");
        assert_eq!(desk.rows[0].public, first);
        let after = queue(&stage.ctx, &kari, Some(&desk.rows[24].public)).await.unwrap();
        assert!(after.rows[0].due_at > desk.rows[24].due_at && after.rows.len() == 25);
        assert_eq!(opened.next, Some(desk.rows[1].public.clone()));
        assert_eq!(desk.rows[0].due_at, stage.ctx.now().plus_days(1));
        assert!(Instant(0) < desk.rows[1].due_at);
    })
    .await;
}
