mod stage;

use domain::{
    documents::{AcceptForm, PaperForm, Refusal, SendForm, Shown, State, ToldForm},
    kernel::Public,
};
use stage::Stage;

use super::*;
use crate::{
    blobs::{self, testing::*},
    delivery::Mailer,
    outbox,
    testing::{Raw, on_both_engines},
    wiring,
};

fn why<T: std::fmt::Debug>(done: Done<T>) -> Refusal {
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

fn said(how: &str, words: &str) -> ToldForm {
    ToldForm { how: how.into(), words: words.into() }
}

fn accepting(version: i64, answer: &str) -> AcceptForm {
    AcceptForm { version: version.to_string(), answer: answer.into() }
}

fn paper(version: i64, day: &str) -> PaperForm {
    PaperForm {
        version: version.to_string(),
        on_day: day.into(),
        on_month: "9".into(),
        on_year: "2026".into(),
        note: "Ligger i perm 4.".into(),
    }
}

#[tokio::test]
async fn what_was_asked_comes_is_read_and_more_is_asked() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let ctx = &s.ctx;
        let request = s.asked().await;
        let hers = asked(ctx, &s.maja).await.unwrap();
        assert_eq!((hers.len(), hers[0].reason.as_str()), (1, "Vi må vite når du jobber."));
        assert_eq!(
            (hers[0].due.iso().as_str(), hers[0].about.as_ref().unwrap().public.as_str()),
            ("2026-09-15", s.case.as_str())
        );

        let document = s.answered(&request).await;
        assert_eq!(s.state_of(&request).await, "sent");
        let mine = super::document(ctx, &s.maja, &document).await.unwrap().unwrap();
        assert_eq!((mine.shown, mine.files.len(), mine.files[0].length), (Shown::Checking, 1, 900));
        assert_eq!((mine.files[0].name.as_str(), mine.files[0].sha256.len()), ("Bekreftelse.pdf", 64));
        s.scan().await;
        assert_eq!(super::mine(ctx, &s.maja).await.unwrap()[0].shown, Shown::Received);

        // The officer.
        let list = desk(ctx, &s.officer).await.unwrap();
        assert_eq!((list.documents.len(), list.asked.len()), (1, 0));
        s.tick();
        let open = opened(ctx, &s.officer, &document).await.unwrap().unwrap();
        assert_eq!((open.state, open.sender.as_str()), (State::Reading, "maja Fjellvik"));
        assert!(file(ctx, &s.officer, &document, &open.files[0].public).await.unwrap().is_some());
        assert!(file(ctx, &s.far, &document, &open.files[0].public).await.unwrap().is_none());
        assert_eq!(
            s.count("SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'file_opened'").await,
            1
        );
        let mut form = s.form("", "2026-09-20", "Det mangler en underskrift.");
        assert_eq!(why(more(ctx, &s.officer, &document, &form).await.unwrap()), Refusal::Stale);
        form.version = open.version.to_string();
        assert_eq!(why(more(ctx, &s.far, &document, &form).await.unwrap()), Refusal::Hidden);
        let again = more(ctx, &s.officer, &document, &form).await.unwrap().unwrap();
        assert_eq!(more(ctx, &s.officer, &document, &form).await.unwrap().unwrap(), again, "a double click");
        assert_eq!((s.state_of(&request).await, s.state_of(&again).await), ("done", "open"));
        let mine = super::document(ctx, &s.maja, &document).await.unwrap().unwrap();
        assert_eq!((mine.state, mine.follow.as_ref(), mine.looks.len()), (State::More, Some(&again), 1));

        let second = s.answered(&again).await;
        let open = opened(ctx, &s.officer, &second).await.unwrap().unwrap();
        accept(ctx, &s.officer, &second, &accepting(open.version, "Takk.")).await.unwrap().unwrap();
        assert_eq!(
            why(accept(ctx, &s.officer, &second, &accepting(open.version, "")).await.unwrap()),
            Refusal::Stale
        );
        let mine = super::document(ctx, &s.maja, &second).await.unwrap().unwrap();
        assert_eq!((mine.state, mine.answer.as_deref()), (State::Accepted, Some("Takk.")));
        assert_eq!(s.state_of(&again).await, "done");
        let case = of_case(ctx, &s.officer, &s.case).await.unwrap().unwrap();
        assert_eq!((case.asked.len(), case.came.len()), (2, 2));
        let hers = of_my_case(ctx, &s.maja, &s.case).await.unwrap();
        assert_eq!((hers.asked.len(), hers.came.len()), (2, 2));
    })
    .await;
}

#[tokio::test]
async fn twice_is_once_and_only_what_was_shown_goes_along() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let ctx = &s.ctx;
        let (draft, version, file) = s.ready(&s.maja, "work_school", "lyngmo").await;
        let unseen = s.file(&s.maja, &draft, &pdf(901)).await;
        let first =
            hand_in(ctx, &s.maja, &draft, version, std::slice::from_ref(&file)).await.unwrap().unwrap();
        assert_eq!(
            hand_in(ctx, &s.maja, &draft, version, std::slice::from_ref(&file)).await.unwrap().unwrap(),
            first
        );
        assert_eq!(why(hand_in(ctx, &s.ingrid, &draft, version, &[file]).await.unwrap()), Refusal::Hidden);
        assert_eq!(s.count("SELECT CAST(COUNT(*) AS BIGINT) FROM document").await, 1);
        let waiting =
            blobs::waiting(ctx, &s.sender(&s.maja), "document", Some(draft.as_str())).await.unwrap();
        assert_eq!(
            waiting.iter().map(|f| &f.public).collect::<Vec<_>>(),
            [&unseen],
            "the other window's file stays"
        );
        assert!(super::draft(ctx, &s.maja, &draft).await.unwrap().is_none(), "the draft is gone");
        let jobs: Vec<(String, String)> = ctx
            .db
            .all("SELECT kind, payload FROM outbox WHERE kind LIKE 'documents.%' ORDER BY kind", vec![])
            .await
            .unwrap();
        assert_eq!(jobs.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), [NEWS, WAITING]);
        let mailer = Mailer::new(&ctx.settings).unwrap();
        while wiring::work_once(ctx, &mailer, &crate::identity::contacts::tests::Bare).await.unwrap() > 0 {}
        assert_eq!(outbox::backlog(ctx).await.unwrap(), (0, 0, 0), "its jobs are known");
    })
    .await;
}

#[tokio::test]
async fn two_tabs_do_not_hand_in_what_the_other_has_changed() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let ctx = &s.ctx;
        let (draft, version, file) = s.ready(&s.maja, "letter", "lyngmo").await;
        assert_eq!(
            start(ctx, &s.maja, "letter", "").await.unwrap().unwrap(),
            draft,
            "beginning again goes on"
        );
        let other = SendForm { unit: "havn".into(), words: "Noe annet".into(), ..SendForm::default() };
        let newer = keep(ctx, &s.maja, &draft, &other, version).await.unwrap().unwrap();
        assert_eq!(why(keep(ctx, &s.maja, &draft, &other, version).await.unwrap()), Refusal::Stale);
        assert_eq!(
            why(hand_in(ctx, &s.maja, &draft, version, std::slice::from_ref(&file)).await.unwrap()),
            Refusal::Stale
        );
        blobs::remove(ctx, &s.sender(&s.maja), &file).await.unwrap().unwrap();
        let done = hand_in(ctx, &s.maja, &draft, newer, &[file]).await.unwrap();
        assert_eq!(codes(done), ["file gone"]);
        let handed = hand_in(ctx, &s.maja, &draft, newer, &[]).await.unwrap().unwrap();
        let kept = super::document(ctx, &s.maja, &handed).await.unwrap().unwrap();
        assert_eq!((kept.words.as_deref(), kept.unit_name.as_str()), (Some("Noe annet"), "havn fengsel"));
    })
    .await;
}

#[tokio::test]
async fn t18_what_is_not_whole_or_found_bad_is_not_handed_in() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let ctx = &s.ctx;
        let (draft, version, good) = s.ready(&s.maja, "work_school", "lyngmo").await;
        let half = s.half(&s.maja, &draft).await;
        let hand = async |files: &[Public<domain::blobs::Blob>]| {
            codes(hand_in(ctx, &s.maja, &draft, version, files).await.unwrap())
        };
        assert_eq!(hand(&[]).await, ["file needed"]);
        assert_eq!(hand(&[good.clone(), half]).await, ["file unfinished"]);
        let rejected = s.file(&s.maja, &draft, &pdf_with(b"<< /S /JavaScript >>")).await;
        assert_eq!(hand(&[rejected]).await, ["file bad"]);
        let foreign = s.ready(&s.ingrid, "work_school", "lyngmo").await.2;
        assert_eq!(hand(&[foreign]).await, ["file gone"]);
        let sick = s.file(&s.maja, &draft, &pdf_with(eicar().as_bytes())).await;
        let handed = hand_in(ctx, &s.maja, &draft, version, &[good, sick]).await.unwrap().unwrap();
        s.scan().await;
        let kept = super::document(ctx, &s.maja, &handed).await.unwrap().unwrap();
        assert_eq!(kept.shown, Shown::Stopped, "found after it was handed in: told, and never given");
        opened(ctx, &s.officer, &handed).await.unwrap().unwrap();
        for line in &kept.files {
            let given = file(ctx, &s.officer, &handed, &line.public).await.unwrap().is_some();
            assert_eq!(given, line.state.may_be_read(), "{line:?}");
        }
        assert_eq!(kept.files.iter().filter(|line| line.state.may_be_read()).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn t01_what_is_not_hers_is_not_there() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let ctx = &s.ctx;
        let (draft, version, _) = s.ready(&s.maja, "letter", "lyngmo").await;
        let request = s.asked().await;
        assert!(super::draft(ctx, &s.ingrid, &draft).await.unwrap().is_none());
        let typed = SendForm::default();
        assert_eq!(why(keep(ctx, &s.ingrid, &draft, &typed, version).await.unwrap()), Refusal::Hidden);
        assert_eq!(why(discard(ctx, &s.ingrid, &draft).await.unwrap()), Refusal::Hidden);
        assert_eq!(why(start_for(ctx, &s.ingrid, &request).await.unwrap()), Refusal::Hidden);
        assert!(super::request(ctx, &s.ingrid, &request).await.unwrap().is_none());
        let done = say(ctx, &s.ingrid, &request, &said("later", "")).await.unwrap();
        assert_eq!(why(done), Refusal::Hidden);

        // Somebody else's case is no case.
        let hers = start(ctx, &s.ingrid, "letter", "").await.unwrap().unwrap();
        let about = SendForm { about: s.case.clone(), words: "Hei".into(), ..SendForm::default() };
        let v = keep(ctx, &s.ingrid, &hers, &about, 1).await.unwrap().unwrap();
        assert_eq!(codes(hand_in(ctx, &s.ingrid, &hers, v, &[]).await.unwrap()), ["unit choose"]);
        assert_eq!(why(start(ctx, &s.ingrid, "travel", "").await.unwrap()), Refusal::Kind, "she has no case");
        assert_eq!(why(start(ctx, &s.maja, "ek_consent", "").await.unwrap()), Refusal::Kind, "nobody asked");
        assert_eq!(why(start(ctx, &s.maja, "none", "").await.unwrap()), Refusal::Kind);

        let document = s.sent(&s.maja).await;
        assert!(super::document(ctx, &s.ingrid, &document).await.unwrap().is_none());
        assert_eq!(why(take_back(ctx, &s.ingrid, &document).await.unwrap()), Refusal::Hidden);
        for staff in [&s.far, &s.gate] {
            assert!(opened(ctx, staff, &document).await.unwrap().is_none());
            assert!(asked_by_staff(ctx, staff, &request).await.unwrap().is_none());
            assert_eq!(desk(ctx, staff).await.unwrap().documents.len(), 0);
            assert_eq!(why(accept(ctx, staff, &document, &accepting(1, "")).await.unwrap()), Refusal::Hidden);
            assert_eq!(why(recall(ctx, staff, &request, 1).await.unwrap()), Refusal::Hidden);
            assert_eq!(why(on_paper(ctx, staff, &request, &paper(1, "1")).await.unwrap()), Refusal::Hidden);
            let form = s.form("letter", "2026-09-15", "Hvorfor");
            assert_eq!(why(ask(ctx, staff, &s.case, &form).await.unwrap()), Refusal::Hidden);
            assert!(case_of_staff(ctx, staff, &s.case).await.unwrap().is_none());
        }
        assert_eq!(s.count("SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'look'").await, 0);
    })
    .await;
}

#[tokio::test]
async fn it_is_taken_back_as_long_as_nobody_has_opened_it() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let ctx = &s.ctx;
        let request = s.asked().await;
        let document = s.answered(&request).await;
        take_back(ctx, &s.maja, &document).await.unwrap().unwrap();
        assert_eq!(why(take_back(ctx, &s.maja, &document).await.unwrap()), Refusal::MovedOn);
        assert_eq!(s.state_of(&request).await, "open", "it is missing again");
        let kept = super::document(ctx, &s.maja, &document).await.unwrap().unwrap();
        assert_eq!((kept.state, kept.files[0].state.code()), (State::TakenBack, "ended"));
        assert!(opened(ctx, &s.officer, &document).await.unwrap().is_none());
        assert_eq!(desk(ctx, &s.officer).await.unwrap().documents.len(), 0);

        let second = s.answered(&request).await;
        opened(ctx, &s.officer, &second).await.unwrap().unwrap();
        assert_eq!(why(take_back(ctx, &s.maja, &second).await.unwrap()), Refusal::Opened);
        let kept = super::document(ctx, &s.maja, &second).await.unwrap().unwrap();
        assert_eq!(kept.files[0].state.code(), "received", "nothing of it has changed");
    })
    .await;
}

#[tokio::test]
async fn she_says_that_it_comes_another_way_and_staff_note_that_it_came() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let ctx = &s.ctx;
        let request = s.asked().await;
        assert_eq!(
            codes(say(ctx, &s.maja, &request, &said("elsewhere", "")).await.unwrap()),
            ["words empty"]
        );
        say(ctx, &s.maja, &request, &said("later", "")).await.unwrap().unwrap();
        assert_eq!(s.state_of(&request).await, "open");
        for _ in 0..2 {
            say(ctx, &s.maja, &request, &said("elsewhere", "I resepsjonen i går")).await.unwrap().unwrap();
        }
        let hers = super::request(ctx, &s.maja, &request).await.unwrap().unwrap();
        assert_eq!((hers.state.code(), hers.version), ("told", 3), "the same again changes nothing");
        let open = asked_by_staff(ctx, &s.officer, &request).await.unwrap().unwrap();
        assert_eq!(open.said.unwrap().words.as_deref(), Some("I resepsjonen i går"));
        assert_eq!(codes(on_paper(ctx, &s.officer, &request, &paper(3, "2")).await.unwrap()), ["on ahead"]);
        assert_eq!(why(on_paper(ctx, &s.officer, &request, &paper(2, "1")).await.unwrap()), Refusal::Stale);
        let begun = start_for(ctx, &s.maja, &request).await.unwrap().unwrap();
        on_paper(ctx, &s.officer, &request, &paper(3, "1")).await.unwrap().unwrap();
        let done = asked_by_staff(ctx, &s.officer, &request).await.unwrap().unwrap();
        assert_eq!(done.paper.unwrap().1.as_deref(), Some("Ligger i perm 4."));
        assert!(super::draft(ctx, &s.maja, &begun).await.unwrap().is_none());
        assert_eq!(why(start_for(ctx, &s.maja, &request).await.unwrap()), Refusal::MovedOn);
        assert_eq!(why(say(ctx, &s.maja, &request, &said("later", "")).await.unwrap()), Refusal::MovedOn);
        assert_eq!(why(recall(ctx, &s.officer, &request, 4).await.unwrap()), Refusal::MovedOn);

        let other = s.asked().await;
        recall(ctx, &s.officer, &other, 1).await.unwrap().unwrap();
        assert_eq!(s.state_of(&other).await, "withdrawn");
    })
    .await;
}

#[tokio::test]
async fn one_reminder_comes_before_the_day_and_what_is_late_stands_on_the_list() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let (ctx, request) = (&s.ctx, s.asked().await);
        let letters = async || {
            s.count("SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'documents.news'").await
        };
        assert_eq!(letters().await, 1);
        ctx.clock.set(ctx.now().plus_days(10));
        tend(ctx).await.unwrap();
        assert_eq!(letters().await, 1, "four days before it is too early");
        ctx.clock.set(ctx.now().plus_days(1));
        for _ in 0..2 {
            tend(ctx).await.unwrap();
            ctx.clock.set(ctx.now().plus_days(1));
        }
        assert_eq!(letters().await, 2, "once");
        let overdue = async || asked(ctx, &s.maja).await.unwrap()[0].is_overdue(ctx.now().date());
        assert!(!overdue().await);
        ctx.clock.set(ctx.now().plus_days(3));
        assert!(overdue().await);
        let list = desk(ctx, &s.officer).await.unwrap();
        assert_eq!((list.asked.len(), &list.asked[0].public), (1, &request));
        assert!(list.asked[0].due < ctx.now().date());
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_no_longer_leaves_no_word() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let (ctx, request) = (&s.ctx, s.asked().await);
        let document = s.answered(&request).await;
        s.scan().await;
        let waits = s.sent(&s.maja).await;
        let open = opened(ctx, &s.officer, &document).await.unwrap().unwrap();
        accept(ctx, &s.officer, &document, &accepting(open.version, "")).await.unwrap().unwrap();
        start(ctx, &s.maja, "letter", "").await.unwrap().unwrap();
        ctx.clock.set(ctx.now().plus_days(1095));
        tend(ctx).await.unwrap();
        assert!(super::document(ctx, &s.maja, &document).await.unwrap().is_some(), "not before its day");
        assert_eq!(drafts(ctx, &s.maja).await.unwrap().len(), 0, "a draft is kept a month");
        ctx.clock.set(ctx.now().plus_days(1));
        tend(ctx).await.unwrap();
        assert!(super::document(ctx, &s.maja, &document).await.unwrap().is_none());
        assert!(super::request(ctx, &s.maja, &request).await.unwrap().is_none());
        assert!(super::document(ctx, &s.maja, &waits).await.unwrap().is_some(), "what waits is never old");
        let files = blobs::of(ctx, "document", "nothing").await.unwrap();
        assert!(files.is_empty());
        assert_eq!(
            s.count("SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'kept_no_longer'").await,
            2
        );
        assert_eq!(blobs::drop_due(ctx).await.unwrap(), 1, "its bytes go");
    })
    .await;
}

#[tokio::test]
async fn a_new_row_changes_a_kind_from_its_day_on() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let ctx = &s.ctx;
        assert_eq!(kinds(ctx).await.unwrap().len(), 6);
        let (request, document) = (s.asked().await, s.sent(&s.maja).await);
        ctx.db
            .write(Raw(
                "INSERT INTO document_kind SELECT code, '2026-10-01', valid_to, position, 'Nytt navn', name_nn, name_en, \
                 hint_nb, hint_nn, hint_en, senders, goes_to, needs_file, blob_kind, 7, keep_days, 'test' \
                 FROM document_kind WHERE code = 'work_school'",
            ))
            .await
            .unwrap();
        ctx.db.write(Raw("UPDATE document_kind SET valid_to = '2026-09-30' WHERE code = 'mandate'")).await.unwrap();
        let named = async |code: &str| {
            let all = kinds(ctx).await.unwrap();
            all.into_iter().find(|view| view.kind.code == code).map(|v| v.names.name(domain::kernel::Locale::Nb).to_owned())
        };
        assert_eq!(named("work_school").await.as_deref(), Some("Bekreftelse fra arbeid eller skole"));
        assert!(named("mandate").await.is_some());
        ctx.clock.set(ctx.now().plus_days(30));
        assert_eq!(named("work_school").await.as_deref(), Some("Nytt navn"));
        assert!(named("mandate").await.is_none());
        ctx.db.write(Raw("UPDATE document_kind SET valid_to = '2026-10-01' WHERE valid_from = '2026-10-01'")).await.unwrap();
        ctx.clock.set(ctx.now().plus_days(1));
        assert!(named("work_school").await.is_none());
        s.answered(&request).await;
        let old = super::document(ctx, &s.maja, &document).await.unwrap().unwrap();
        assert_eq!(old.names.name(domain::kernel::Locale::Nb), "Bekreftelse fra arbeid eller skole");
    })
    .await;
}

#[tokio::test]
async fn words_are_sealed_and_a_case_takes_its_documents_along() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let (ctx, request) = (&s.ctx, s.asked().await);
        let document = s.answered(&request).await;
        let (reason,): (Vec<u8>,) = ctx.db.one("SELECT reason FROM document_request", vec![]).await.unwrap();
        assert!(!String::from_utf8_lossy(&reason).contains("jobber"));
        let (receipt,): (Vec<u8>,) = ctx.db.one("SELECT receipt FROM document", vec![]).await.unwrap();
        assert!(!String::from_utf8_lossy(&receipt).contains("Bekreftelse"));
        ctx.db
            .write(Raw("UPDATE application SET unit_id = (SELECT id FROM unit WHERE slug = 'havn')"))
            .await
            .unwrap();
        assert!(opened(ctx, &s.officer, &document).await.unwrap().is_none());
        assert!(opened(ctx, &s.far, &document).await.unwrap().is_some());
        assert!(asked_by_staff(ctx, &s.far, &request).await.unwrap().is_some());
    })
    .await;
}
