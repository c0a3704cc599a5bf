use domain::{
    access::Role,
    kernel::{Clock, Instant, Public},
    messages::{AnswerForm, NoteForm, Refusal, TemplateForm, Thread, ThreadForm},
};

use super::stage::{Stage, day, written};
use crate::{
    ctx::{Citizen, Staff},
    messages::{
        FormKey, ThreadRow, Unsent,
        drafts::{self, Fields, Owner},
        news,
        officer::{self, Entry, Step, act, answer, begin, desk, desk_thread, mine, note, thread, write},
        search::search,
    },
    testing::on_both_engines,
};

fn form(key: &FormKey, words: &str) -> ThreadForm {
    ThreadForm {
        key: key.as_str().into(),
        unit: "lyngmo".into(),
        topic: "practical".into(),
        words: words.into(),
        ..ThreadForm::default()
    }
}

fn answering(key: &FormKey, words: &str, version: i64, close: bool) -> AnswerForm {
    AnswerForm {
        key: key.as_str().into(),
        words: words.into(),
        version: version.to_string(),
        close: if close { "1".into() } else { String::new() },
        draft: String::new(),
    }
}

async fn asked(stage: &Stage, who: &Citizen, words: &str) -> Public<ThreadRow> {
    begin(&stage.ctx, who, &form(&stage.key(), words)).await.unwrap().unwrap()
}

async fn version(stage: &Stage, staff: &Staff, public: &Public<ThreadRow>) -> i64 {
    stage.tick();
    desk_thread(&stage.ctx, staff, public).await.unwrap().unwrap().version
}

async fn answered(stage: &Stage, staff: &Staff, public: &Public<ThreadRow>, words: &str, close: bool) {
    let version = version(stage, staff, public).await;
    answer(&stage.ctx, staff, public, &answering(&stage.key(), words, version, close))
        .await
        .unwrap()
        .unwrap();
}

async fn state(stage: &Stage, who: &Citizen, public: &Public<ThreadRow>) -> Thread {
    thread(&stage.ctx, who, public).await.unwrap().unwrap().thread.state
}

#[tokio::test]
async fn a_question_is_asked_answered_and_read() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (who, unni) =
            (stage.citizen("maja").await, stage.staff("unni", Role::CaseOfficer, "lyngmo").await);
        let public = asked(&stage, &who, "  Kan jeg ta med\r\nen bok?\u{202e} ").await;
        let list = desk(&stage.ctx, &unni).await.unwrap();
        assert_eq!((list.len(), list[0].officer.as_deref(), list[0].topic.as_str()), (1, None, "practical"));
        let due = Instant::of_wall(day("2026-09-08"), Clock(960));
        assert_eq!(list[0].state, Thread::Waiting { since: stage.ctx.now(), due }, "five working days");
        let before = thread(&stage.ctx, &who, &public).await.unwrap().unwrap();
        assert_eq!(before.messages[0].words, "Kan jeg ta med\nen bok?", "text, and nothing that turns it");
        assert_eq!(before.messages[0].read_at, None, "nobody has opened it");

        answered(&stage, &unni, &public, "Ja.", false).await;
        assert_eq!(news::unread(&stage.ctx, &who).await.unwrap().officer, 1);
        let opened = thread(&stage.ctx, &who, &public).await.unwrap().unwrap();
        assert_eq!(opened.thread.unread, 1, "it was unread when she came");
        assert_eq!(opened.messages.iter().map(|m| m.from_person).collect::<Vec<_>>(), [true, false]);
        assert!(opened.messages[0].read_at.is_some(), "her officer has opened it");
        assert_eq!(news::unread(&stage.ctx, &who).await.unwrap().all(), 0);
        let seen = desk_thread(&stage.ctx, &unni, &public).await.unwrap().unwrap();
        let Entry::Message(message) = &seen.entries[1] else { panic!("a message") };
        assert_eq!(
            (message.read_at, message.staff.as_deref()),
            (Some(stage.ctx.now()), Some("unni Fjellvik"))
        );
        assert!(seen.row.yours, "whoever answers has it");
        let looks = stage
            .count(
                "SELECT COUNT(*) FROM audit WHERE action = 'look' AND subject_kind = 'message_thread' \
            AND reason = 'answer_question'",
            )
            .await;
        assert_eq!(looks, 2, "each opening by staff is a look");
    })
    .await;
}

#[tokio::test]
async fn sent_twice_is_one_message_and_other_words_are_another() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (who, key) = (stage.citizen("maja").await, stage.key());
        let one = begin(&stage.ctx, &who, &form(&key, "Hei")).await.unwrap().unwrap();
        let again = begin(&stage.ctx, &who, &form(&key, "Hei")).await.unwrap().unwrap();
        assert_eq!(one, again);
        let key = stage.key();
        for _ in 0..2 {
            write(&stage.ctx, &who, &one, &written(&key, "Mer")).await.unwrap().unwrap();
        }
        write(&stage.ctx, &who, &one, &written(&key, "Enda mer")).await.unwrap().unwrap();
        assert_eq!(stage.count("SELECT COUNT(*) FROM message").await, 3);
        assert_eq!(stage.count("SELECT COUNT(*) FROM message_thread").await, 1);
        let other = begin(&stage.ctx, &who, &form(&key, "Hei igjen")).await.unwrap().unwrap();
        assert_ne!(one, other, "an old key with other words swallows nothing");
        let unni = stage.staff("unni", Role::CaseOfficer, "lyngmo").await;
        let reply = answering(&stage.key(), "Ja", version(&stage, &unni, &one).await, false);
        for _ in 0..2 {
            answer(&stage.ctx, &unni, &one, &reply).await.unwrap().unwrap();
        }
        assert_eq!(stage.count("SELECT COUNT(*) FROM message WHERE from_person = 0").await, 1);
        assert_eq!(stage.count("SELECT COUNT(*) FROM outbox WHERE kind = 'messages.news'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_field_and_writes_nothing() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.citizen("maja").await;
        let long = "a".repeat(4_001);
        let table = [
            (ThreadForm { words: " ".into(), ..form(&stage.key(), "") }, vec![("words", "empty")]),
            (form(&stage.key(), &long), vec![("words", "too_long")]),
            (ThreadForm { topic: "x".into(), ..form(&stage.key(), "Hei") }, vec![("topic", "choose")]),
        ];
        for (form, expected) in table {
            let Err(Unsent::Fields(errors)) = begin(&stage.ctx, &who, &form).await.unwrap() else {
                panic!("{expected:?}")
            };
            assert_eq!(errors.iter().map(|e| (e.field, e.code)).collect::<Vec<_>>(), expected);
        }
        for hidden in [
            ThreadForm { unit: "nowhere".into(), ..form(&stage.key(), "Hei") },
            ThreadForm { unit: "intake".into(), ..form(&stage.key(), "Hei") },
            ThreadForm { about: "00000000000000000000000000".into(), ..form(&stage.key(), "Hei") },
            ThreadForm { key: "x".into(), ..form(&stage.key(), "Hei") },
        ] {
            let refused = begin(&stage.ctx, &who, &hidden).await.unwrap();
            assert_eq!(refused, Err(Unsent::Refused(Refusal::Hidden)), "{hidden:?}");
        }
        assert_eq!(stage.count("SELECT COUNT(*) FROM message_thread").await, 0);
        assert_eq!(stage.count("SELECT COUNT(*) FROM message").await, 0);
    })
    .await;
}

#[tokio::test]
async fn t01_a_conversation_is_hers_and_her_units_alone() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (who, other) = (stage.citizen("maja").await, stage.citizen("nora").await);
        let public = asked(&stage, &who, "Hei").await;
        assert!(thread(&stage.ctx, &other, &public).await.unwrap().is_none());
        assert!(mine(&stage.ctx, &other).await.unwrap().is_empty());
        let refused = write(&stage.ctx, &other, &public, &written(&stage.key(), "Hei")).await.unwrap();
        assert_eq!(refused, Err(Unsent::Refused(Refusal::Hidden)));
        let mut strangers = vec![stage.staff("havn", Role::CaseOfficer, "havn").await];
        for role in Role::ALL.into_iter().filter(|role| *role != Role::CaseOfficer) {
            strangers.push(stage.staff(role.code(), role, "lyngmo").await);
        }
        for staff in strangers {
            assert!(desk(&stage.ctx, &staff).await.unwrap().is_empty(), "{:?}", staff.roles);
            assert!(desk_thread(&stage.ctx, &staff, &public).await.unwrap().is_none());
            let step = act(&stage.ctx, &staff, &public, 1, Step::Take).await.unwrap();
            assert_eq!(step, Err(Refusal::Hidden));
            let reply = answering(&stage.key(), "Ja", 1, false);
            let refused = answer(&stage.ctx, &staff, &public, &reply).await.unwrap();
            assert_eq!(refused, Err(Unsent::Refused(Refusal::Hidden)));
            let noted = NoteForm { key: stage.key().as_str().into(), words: "x".into() };
            let refused = note(&stage.ctx, &staff, &public, &noted).await.unwrap();
            assert_eq!(refused, Err(Unsent::Refused(Refusal::Hidden)));
        }
        assert_eq!(stage.count("SELECT COUNT(*) FROM message").await, 1);
        assert_eq!(stage.count("SELECT COUNT(*) FROM message_note").await, 0);
        assert_eq!(stage.count("SELECT version FROM message_thread").await, 1);
        assert_eq!(
            stage.count("SELECT COUNT(*) FROM audit WHERE action = 'look'").await,
            0,
            "nothing was looked at"
        );
    })
    .await;
}

#[tokio::test]
async fn a_reply_and_a_closing_meet_and_nothing_is_lost() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (who, unni) =
            (stage.citizen("maja").await, stage.staff("unni", Role::CaseOfficer, "lyngmo").await);
        let public = asked(&stage, &who, "Hei").await;
        // She writes while the officer has the page open: closing it unread is refused.
        let seen = version(&stage, &unni, &public).await;
        write(&stage.ctx, &who, &public, &written(&stage.key(), "Og en ting til")).await.unwrap().unwrap();
        assert_eq!(act(&stage.ctx, &unni, &public, seen, Step::Close).await.unwrap(), Err(Refusal::Stale));
        let late = answering(&stage.key(), "Ja", seen, true);
        let refused = answer(&stage.ctx, &unni, &public, &late).await.unwrap();
        assert_eq!(refused, Err(Unsent::Refused(Refusal::Stale)));
        // The officer closes first: her reply opens it again.
        answered(&stage, &unni, &public, "Ja, begge deler.", true).await;
        assert!(matches!(state(&stage, &who, &public).await, Thread::Closed { .. }));
        write(&stage.ctx, &who, &public, &written(&stage.key(), "Takk, men når?")).await.unwrap().unwrap();
        assert!(matches!(state(&stage, &who, &public).await, Thread::Waiting { .. }));
        // Long after, what she typed is refused and a new conversation is the way.
        let seen = version(&stage, &unni, &public).await;
        act(&stage.ctx, &unni, &public, seen, Step::Close).await.unwrap().unwrap();
        stage.ctx.clock.set(stage.ctx.now().plus_days(31));
        let refused = write(&stage.ctx, &who, &public, &written(&stage.key(), "Hallo?")).await.unwrap();
        assert_eq!(refused, Err(Unsent::Refused(Refusal::TooOld)));
        let seen = version(&stage, &unni, &public).await;
        act(&stage.ctx, &unni, &public, seen, Step::Reopen).await.unwrap().unwrap();
        write(&stage.ctx, &who, &public, &written(&stage.key(), "Hallo?")).await.unwrap().unwrap();
    })
    .await;
}

#[tokio::test]
async fn it_is_taken_given_moved_and_noted_and_she_sees_no_note() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.citizen("maja").await;
        let unni = stage.staff("unni", Role::CaseOfficer, "lyngmo").await;
        let ola = stage.staff("ola", Role::CaseOfficer, "lyngmo").await;
        let gate = stage.staff("gate", Role::GateOfficer, "lyngmo").await;
        let far = stage.staff("far", Role::CaseOfficer, "havn").await;
        let public = asked(&stage, &who, "Hei").await;
        let step = async |staff: &Staff, step: Step| {
            let version = version(&stage, staff, &public).await;
            act(&stage.ctx, staff, &public, version, step).await.unwrap()
        };
        step(&unni, Step::Take).await.unwrap();
        let seen = desk_thread(&stage.ctx, &unni, &public).await.unwrap().unwrap();
        assert!(seen.row.yours);
        let names: Vec<&str> = seen.colleagues.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["ola Fjellvik"], "officers of the unit, and not she herself");
        step(&unni, Step::GiveTo(seen.colleagues[0].public.clone())).await.unwrap();
        assert!(desk(&stage.ctx, &ola).await.unwrap()[0].yours);
        let gate_public: (String,) = stage
            .ctx
            .db
            .one("SELECT public_id FROM staff_member WHERE name = 'gate Fjellvik'", vec![])
            .await
            .unwrap();
        let to_gate = Step::GiveTo(Public::parse(&gate_public.0).unwrap());
        assert_eq!(step(&unni, to_gate).await, Err(Refusal::Hidden), "{:?}", gate.roles);
        let secret = NoteForm { key: stage.key().as_str().into(), words: "Ring barnevernet".into() };
        for _ in 0..2 {
            note(&stage.ctx, &ola, &public, &secret).await.unwrap().unwrap();
        }
        assert_eq!(stage.count("SELECT COUNT(*) FROM message_note").await, 1);
        step(&ola, Step::MoveTo("havn".into())).await.unwrap();
        assert!(desk_thread(&stage.ctx, &ola, &public).await.unwrap().is_none(), "it is another unit's now");
        let there = desk_thread(&stage.ctx, &far, &public).await.unwrap().unwrap();
        assert!(
            matches!(&there.entries[..], [Entry::Message(_), Entry::Note(n)] if n.words == "Ring barnevernet")
        );
        assert_eq!(there.row.officer, None);
        let hers = format!("{:?}", thread(&stage.ctx, &who, &public).await.unwrap().unwrap());
        assert!(!hers.contains("barnevernet") && hers.contains("havn fengsel"));
        assert!(search(&stage.ctx, &who, "barnevernet").await.unwrap().is_empty());
        let trail = stage.trail("message_thread").await;
        for action in ["message_taken", "message_given", "message_noted", "message_moved"] {
            assert!(trail.iter().any(|a| a == action), "{action}: {trail:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn about_a_case_it_stands_on_the_timeline_of_the_case() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (who, other) = (stage.citizen("maja").await, stage.citizen("nora").await);
        let unni = stage.staff("unni", Role::CaseOfficer, "lyngmo").await;
        stage.application(&who).await;
        let (application,): (String,) =
            stage.ctx.db.one("SELECT public_id FROM application", vec![]).await.unwrap();
        let about = |key: &FormKey| ThreadForm {
            unit: String::new(),
            about: application.clone(),
            ..form(key, "Hvor langt?")
        };
        let refused = begin(&stage.ctx, &other, &about(&stage.key())).await.unwrap();
        assert_eq!(refused, Err(Unsent::Refused(Refusal::Hidden)), "not her case");
        let public = begin(&stage.ctx, &who, &about(&stage.key())).await.unwrap().unwrap();
        answered(&stage, &unni, &public, "Politiet har svart.", false).await;
        assert_eq!(stage.trail("application").await, ["message_written", "look", "message_answered"]);
        let list = mine(&stage.ctx, &who).await.unwrap();
        assert_eq!(list[0].about.as_ref().map(|a| a.kind.as_str()), Some("application"));
    })
    .await;
}

#[tokio::test]
async fn two_windows_of_one_draft_lose_nothing() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.citizen("maja").await;
        let owner = Owner::citizen(&who);
        let fields = |words: &str| Fields::from([("words".to_owned(), words.to_owned())]);
        let keep = async |words: &str, seen| {
            drafts::keep(&stage.ctx, &owner, officer::NEW, &fields(words), seen).await.unwrap()
        };
        let find = async || drafts::find(&stage.ctx, &owner, officer::NEW).await.unwrap();
        assert_eq!(find().await, None);
        let first = keep("Kjære", 0).await;
        let more = keep("Kjære  \nUnni", first.version).await;
        assert!(!first.replaced && !more.replaced);
        assert_eq!(find().await.unwrap().fields, fields("Kjære  \nUnni"), "as typed");
        // Another window was opened with the first version.
        let other = keep("Noe annet", first.version).await;
        assert!(other.replaced, "she is told");
        let draft = find().await.unwrap();
        assert_eq!((draft.fields, draft.earlier), (fields("Noe annet"), Some(fields("Kjære  \nUnni"))));
        // The first window sends; the other's newer words stay.
        let sent = ThreadForm { draft: more.version.to_string(), ..form(&stage.key(), "Kjære Unni") };
        begin(&stage.ctx, &who, &sent).await.unwrap().unwrap();
        assert_eq!(find().await.unwrap().fields, fields("Noe annet"));
        let sent = ThreadForm { draft: other.version.to_string(), ..form(&stage.key(), "Noe annet") };
        begin(&stage.ctx, &who, &sent).await.unwrap().unwrap();
        assert_eq!(find().await, None, "what was sent needs no draft");
        keep("Igjen", 0).await;
        let stranger = Owner::citizen(&stage.citizen("nora").await);
        assert_eq!(drafts::find(&stage.ctx, &stranger, officer::NEW).await.unwrap(), None);
        stage.ctx.clock.set(stage.ctx.now().plus_days(91));
        drafts::drop_old(&stage.ctx).await.unwrap();
        assert_eq!(find().await, None);
    })
    .await;
}

#[tokio::test]
async fn news_are_grouped_and_wake_nobody() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (who, unni) =
            (stage.citizen("maja").await, stage.staff("unni", Role::CaseOfficer, "lyngmo").await);
        stage.ctx.clock.set(Instant::of_wall(day("2026-09-01"), Clock(23 * 60)));
        let public = asked(&stage, &who, "Hei").await;
        answered(&stage, &unni, &public, "En", false).await;
        answered(&stage, &unni, &public, "To", false).await;
        let (count, due): (i64, i64) = stage
            .ctx
            .db
            .one("SELECT COUNT(*), MIN(due_at) FROM outbox WHERE kind = 'messages.news'", vec![])
            .await
            .unwrap();
        assert_eq!((count, Instant(due)), (1, Instant::of_wall(day("2026-09-02"), Clock(7 * 60))));
        let job = news::News { person: who.person.as_str().into() };
        assert!(news::take(&stage.ctx, &job).await.unwrap(), "there is something");
        thread(&stage.ctx, &who, &public).await.unwrap().unwrap();
        assert!(!news::take(&stage.ctx, &job).await.unwrap(), "she has read it");
        answered(&stage, &unni, &public, "Tre", false).await;
        assert_eq!(stage.count("SELECT COUNT(*) FROM outbox WHERE kind = 'messages.news'").await, 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_overdue_is_told_to_the_unit_once() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (who, unni) =
            (stage.citizen("maja").await, stage.staff("unni", Role::CaseOfficer, "lyngmo").await);
        let one = asked(&stage, &who, "En").await;
        asked(&stage, &who, "To").await;
        let due = Instant::of_wall(day("2026-09-08"), Clock(960));
        stage.ctx.clock.set(due);
        assert_eq!(officer::remind_due(&stage.ctx).await.unwrap(), 0, "not before its hour has passed");
        stage.ctx.clock.set(due.plus_seconds(1));
        assert_eq!(officer::remind_due(&stage.ctx).await.unwrap(), 2);
        assert_eq!(officer::remind_due(&stage.ctx).await.unwrap(), 0);
        let told = "SELECT COUNT(*) FROM outbox WHERE kind = 'messages.waiting'";
        assert_eq!(stage.count(told).await, 1, "one word to the unit");
        answered(&stage, &unni, &one, "Ja", false).await;
        write(&stage.ctx, &who, &one, &written(&stage.key(), "Og?")).await.unwrap().unwrap();
        stage.ctx.clock.set(due.plus_days(10));
        assert_eq!(officer::remind_due(&stage.ctx).await.unwrap(), 1, "a new question, a new hour");
    })
    .await;
}

#[tokio::test]
async fn templates_are_the_units_and_end() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (who, unni) = (stage.citizen("maja").await, stage.staff("unni", Role::CaseOfficer, "lyngmo").await);
        let far = stage.staff("far", Role::CaseOfficer, "havn").await;
        let form = TemplateForm { title: "Bøker".into(), words: "Du kan ta med to bøker.".into() };
        officer::add_template(&stage.ctx, &unni, &form).await.unwrap().unwrap();
        let bad = TemplateForm { title: "a\r\nb".into(), words: String::new() };
        assert!(matches!(officer::add_template(&stage.ctx, &unni, &bad).await.unwrap(), Err(Unsent::Fields(e)) if e.len() == 2));
        let public = asked(&stage, &who, "Hei").await;
        let shown = desk_thread(&stage.ctx, &unni, &public).await.unwrap().unwrap().templates;
        assert_eq!(shown, officer::templates(&stage.ctx, &unni).await.unwrap());
        assert_eq!(shown[0].words, form.words);
        assert!(officer::templates(&stage.ctx, &far).await.unwrap().is_empty());
        let id = &shown[0].public;
        assert_eq!(officer::end_template(&stage.ctx, &far, id).await.unwrap(), Err(Refusal::Hidden));
        officer::end_template(&stage.ctx, &unni, id).await.unwrap().unwrap();
        assert!(officer::templates(&stage.ctx, &unni).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn she_finds_her_own_words_and_what_she_was_answered() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (who, other) = (stage.citizen("maja").await, stage.citizen("nora").await);
        let unni = stage.staff("unni", Role::CaseOfficer, "lyngmo").await;
        let public = asked(&stage, &who, "Kan jeg ta med en BLÅ bok til Even på lørdag?").await;
        answered(&stage, &unni, &public, "Ja, men ikke en rød.", false).await;
        let hits = search(&stage.ctx, &who, "blå bok").await.unwrap();
        assert_eq!(
            (hits.len(), hits[0].kind.as_str(), hits[0].public.as_str()),
            (1, "thread", public.as_str())
        );
        assert!(hits[0].around.contains("BLÅ bok"));
        assert_eq!(search(&stage.ctx, &who, "rød").await.unwrap().len(), 1);
        for nothing in ["", "  ", "grønn", "%"] {
            assert!(search(&stage.ctx, &who, nothing).await.unwrap().is_empty(), "{nothing:?}");
        }
        assert!(search(&stage.ctx, &other, "bok").await.unwrap().is_empty());
        let bodies: Vec<(Vec<u8>,)> = stage.ctx.db.all("SELECT body FROM message", vec![]).await.unwrap();
        let told = bodies.iter().filter(|(body,)| body.windows(6).any(|w| w == b"ta med" || w == b"ikke e"));
        assert_eq!((bodies.len(), told.count()), (2, 0), "nothing stands in the open");
    })
    .await;
}

#[tokio::test]
async fn t01_a_draft_is_kept_in_ones_own_conversation_alone() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (who, other) = (stage.citizen("maja").await, stage.citizen("nora").await);
        let public = asked(&stage, &who, "Hei").await;
        let fields = Fields::from([("words".to_owned(), "Halvt".to_owned())]);
        let (ctx, hidden) = (&stage.ctx, Refusal::Hidden);
        let kept = officer::keep_mine(ctx, &who, Some(&public), &fields, "0").await.unwrap().unwrap();
        assert_eq!((kept.version, kept.replaced), (1, false));
        assert_eq!(officer::keep_mine(ctx, &other, Some(&public), &fields, "0").await.unwrap(), Err(hidden));
        assert_eq!(officer::discard_mine(ctx, &other, Some(&public)).await.unwrap(), Err(hidden));
        let unni = stage.staff("unni", Role::CaseOfficer, "lyngmo").await;
        let far = stage.staff("fara", Role::CaseOfficer, "havn").await;
        assert!(officer::keep_answer(ctx, &unni, &public, &fields, "0").await.unwrap().is_ok());
        assert_eq!(officer::keep_answer(ctx, &far, &public, &fields, "0").await.unwrap(), Err(hidden));
        assert_eq!(stage.count("SELECT COUNT(*) FROM message_draft").await, 2);
        let draft = thread(ctx, &who, &public).await.unwrap().unwrap().draft.unwrap();
        assert_eq!(draft.fields, fields);
        officer::keep_mine(ctx, &other, None, &fields, "").await.unwrap().unwrap();
        assert!(officer::new_draft(ctx, &who).await.unwrap().is_none());
        assert_eq!(officer::new_draft(ctx, &other).await.unwrap().unwrap().fields, fields);
        officer::discard_mine(ctx, &who, Some(&public)).await.unwrap().unwrap();
        assert!(thread(ctx, &who, &public).await.unwrap().unwrap().draft.is_none());
    })
    .await;
}

#[tokio::test]
async fn she_ends_her_own_conversation_and_takes_it_up_by_writing() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let (who, other) = (stage.citizen("maja").await, stage.citizen("nora").await);
        let public = asked(&stage, &who, "Hei").await;
        let ctx = &stage.ctx;
        assert_eq!(officer::close(ctx, &other, &public).await.unwrap(), Err(Refusal::Hidden));
        officer::close(ctx, &who, &public).await.unwrap().unwrap();
        assert!(matches!(state(&stage, &who, &public).await, Thread::Closed { .. }));
        assert_eq!(officer::close(ctx, &who, &public).await.unwrap(), Err(Refusal::MovedOn));
        write(ctx, &who, &public, &written(&stage.key(), "Likevel")).await.unwrap().unwrap();
        let Thread::Waiting { due, .. } = state(&stage, &who, &public).await else { panic!("it waits") };
        assert_eq!(due, officer::expect(ctx).await.unwrap().due, "as she was told");
    })
    .await;
}

#[tokio::test]
async fn what_she_opens_counts_as_read_in_the_bar() {
    on_both_engines(async |portal| {
        let stage = Stage::new(&portal).await;
        let who = stage.citizen("maja").await;
        let unni = stage.staff("unni", Role::CaseOfficer, "lyngmo").await;
        let (one, two) = (asked(&stage, &who, "En").await, asked(&stage, &who, "To").await);
        for public in [&one, &two] {
            answered(&stage, &unni, public, "Ja", false).await;
        }
        assert_eq!(news::unread(&stage.ctx, &who).await.unwrap().officer, 2);
        assert_eq!(news::unread_beside(&stage.ctx, &who, one.as_str(), "").await.unwrap().officer, 1);
        assert!(officer::cases(&stage.ctx, &who).await.unwrap().is_empty());
    })
    .await;
}
