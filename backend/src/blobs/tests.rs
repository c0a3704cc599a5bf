//! Files, on both engines: sent, cut, resumed, handed in, taken away.

mod copies;
mod scan;
mod stage;
mod stores;

use aws_lc_rs::digest;
use domain::blobs::{Algorithm, Checksum, End, FileType, Refusal, Rejection, State};

use super::{
    testing::{pdf, pdf_with},
    *,
};
use crate::testing::on_both_engines;
use stage::{Stage, bytes_of};

fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest::digest(&digest::SHA256, bytes).as_ref().to_vec()
}

fn refusal(outcome: Result<Upload, Stopped>) -> Refusal {
    match outcome {
        Err(Stopped::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_file_comes_whole_is_scanned_handed_in_and_read() {
    on_both_engines(async |portal| {
        let stage = Stage::new(portal.ctx.clone()).await;
        let file = pdf(3 * CHUNK + 17);
        let upload = stage.begun("samtykke.pdf", file.len()).await;
        let upload = stage.sent(upload, &file, 5_000).await;
        assert_eq!(upload.state().unwrap(), State::Received);
        let public = upload.public().unwrap();
        assert!(
            open_own(&stage.ctx, &stage.actor, &public).await.unwrap().is_none(),
            "t18: nobody before a scan"
        );
        let handed = stage.hand_in(&[&public], "brev-1").await.unwrap();
        assert_eq!((handed[0].sha256.clone(), handed[0].length), (sha256(&file), file.len() as u64));
        assert_eq!(handed[0].name, "samtykke.pdf");
        assert!(
            open_for_reader(&stage.ctx, &Actor::System, "letter", "brev-1", &public).await.unwrap().is_none()
        );
        assert_eq!(check_due(&stage.ctx, &Scanner::Demo).await.unwrap(), 1);
        let views = of(&stage.ctx, "letter", "brev-1").await.unwrap();
        assert_eq!((views.len(), views[0].state, views[0].kind), (1, State::Clean, Some(FileType::Pdf)));
        let opened =
            open_for_reader(&stage.ctx, &Actor::System, "letter", "brev-1", &public).await.unwrap().unwrap();
        assert_eq!((opened.length, bytes_of(opened).await.unwrap()), (Some(file.len() as u64), file.clone()));
        let other = open_for_reader(&stage.ctx, &Actor::System, "letter", "brev-2", &public).await.unwrap();
        assert!(other.is_none(), "it belongs to another letter");
        assert_eq!(
            stage.count("SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'file_opened'").await,
            1
        );
        assert!(!stage.lies_readable(&file[100..160]).await, "no byte lies readable in the store");
    })
    .await;
}

use crate::ctx::Actor;

#[tokio::test]
async fn f17_cut_at_every_boundary_it_goes_on_where_it_was() {
    on_both_engines(async |portal| {
        let stage = Stage::new(portal.ctx.clone()).await;
        let file = pdf(20 * CHUNK + 100);
        for cut in (0..=20).map(|n| n * CHUNK) {
            for odd in [0, 1] {
                let at = cut + odd;
                let upload = stage.begun("a.pdf", file.len()).await;
                let mut appender = Appender::at(&stage.ctx, upload.clone(), 0, None).await.unwrap();
                for piece in file[..at].chunks(60_000) {
                    appender.push(piece).await.unwrap();
                }
                appender.cut().await.unwrap();
                let again = stage.again(&upload).await;
                assert_eq!(
                    (again.received(), again.state().unwrap()),
                    (at as u64, State::Uploading),
                    "cut at {at}"
                );
                let not = stage.hand_in(&[&again.public().unwrap()], "x").await.unwrap_err();
                assert_eq!(not.code(), "unfinished");
                let whole = stage.sent(again, &file[at..], 70_000).await;
                assert_eq!(
                    (whole.state().unwrap(), whole.sha256.clone()),
                    (State::Received, Some(sha256(&file)))
                );
                remove(&stage.ctx, &stage.who, &whole.public().unwrap()).await.unwrap().unwrap();
            }
        }
        assert_eq!(drop_due(&stage.ctx).await.unwrap(), 42);
        assert_eq!(stage.objects().await, 0, "nothing is left of what was taken away");
    })
    .await;
}

/// The process dies: what was pushed and had no row is nowhere, and the rest is as it was.
#[tokio::test]
async fn f17_killed_mid_way_it_is_what_its_rows_say() {
    on_both_engines(async |portal| {
        let stage = Stage::new(portal.ctx.clone()).await;
        let file = pdf(40 * CHUNK);
        let upload = stage.begun("a.pdf", file.len()).await;
        let mut appender = Appender::at(&stage.ctx, upload.clone(), 0, None).await.unwrap();
        appender.push(&file[..18 * CHUNK]).await.unwrap();
        drop(appender);
        let again = stage.again(&upload).await;
        assert_eq!(again.received(), 16 * CHUNK as u64, "a megabyte was stored with its row");
        let from = again.received() as usize;
        let whole = stage.sent(again, &file[from..], 1 << 20).await;
        assert_eq!(whole.sha256, Some(sha256(&file)));
        // And between the last byte and its answer.
        let upload = stage.begun("b.pdf", file.len()).await;
        let mut appender = Appender::at(&stage.ctx, upload.clone(), 0, None).await.unwrap();
        appender.push(&file).await.unwrap();
        appender.end().await.unwrap();
        assert_eq!(finish_left(&stage.ctx).await.unwrap(), 0, "its request may be at work");
        stage.wait_minutes(2);
        assert_eq!(finish_left(&stage.ctx).await.unwrap(), 1);
        assert_eq!(stage.again(&upload).await.state().unwrap(), State::Received);
    })
    .await;
}

#[tokio::test]
async fn two_tabs_resume_one_upload_and_one_of_them_wins() {
    on_both_engines(async |portal| {
        let stage = Stage::new(portal.ctx.clone()).await;
        let file = pdf(2 * CHUNK);
        let upload = stage.begun("a.pdf", file.len()).await;
        let mut one = Appender::at(&stage.ctx, upload.clone(), 0, None).await.unwrap();
        let mut two = Appender::at(&stage.ctx, upload.clone(), 0, None).await.unwrap();
        one.push(&file[..1000]).await.unwrap();
        two.push(&file[..9000]).await.unwrap();
        let kept = one.end().await.unwrap();
        assert_eq!(refusal(two.end().await), Refusal::Offset);
        assert_eq!(stage.objects().await, 1, "what lost is not kept");
        assert_eq!(refusal(stage.at(&kept, 0).await), Refusal::Offset);
        let whole = stage.sent(kept, &file[1000..], 1 << 20).await;
        assert_eq!(whole.sha256, Some(sha256(&file)));
        assert_eq!(refusal(stage.at(&whole, whole.received()).await), Refusal::Over);
    })
    .await;
}

#[tokio::test]
async fn a_request_with_a_checksum_is_kept_whole_or_not_at_all() {
    on_both_engines(async |portal| {
        let stage = Stage::new(portal.ctx.clone()).await;
        let file = pdf(18 * CHUNK);
        let upload = stage.begun("a.pdf", file.len()).await;
        let sum = |of: &[u8]| Some(Checksum { algorithm: Algorithm::Sha256, digest: sha256(of) });
        let mut wrong = Appender::at(&stage.ctx, upload.clone(), 0, sum(b"else")).await.unwrap();
        wrong.push(&file).await.unwrap();
        assert_eq!(refusal(wrong.end().await), Refusal::Checksum);
        let mut cut = Appender::at(&stage.ctx, upload.clone(), 0, sum(&file)).await.unwrap();
        cut.push(&file[..17 * CHUNK]).await.unwrap();
        cut.cut().await.unwrap();
        assert_eq!((stage.again(&upload).await.received(), stage.objects().await), (0, 0));
        let mut right = Appender::at(&stage.ctx, upload.clone(), 0, sum(&file)).await.unwrap();
        right.push(&file).await.unwrap();
        let whole = finish(&stage.ctx, right.end().await.unwrap()).await.unwrap();
        assert_eq!(whole.sha256, Some(sha256(&file)));
    })
    .await;
}

#[tokio::test]
async fn t18_what_the_rule_does_not_take_is_never_handed_in() {
    on_both_engines(async |portal| {
        let stage = Stage::new(portal.ctx.clone()).await;
        let table: [(&str, Vec<u8>, Rejection); 5] = [
            ("a.pdf", pdf_with(b"<< /OpenAction << /S /JavaScript /JS (x) >> >>"), Rejection::Active),
            ("a.pdf", pdf_with(b"<< /Encrypt 5 0 R >>"), Rejection::Encrypted),
            ("a.png", pdf(500), Rejection::Name),
            ("a.docx", b"PK\x03\x04 word/document.xml".to_vec(), Rejection::Office),
            ("a.pdf", b"<html><script>alert(1)</script>".to_vec(), Rejection::Type),
        ];
        for (name, bytes, why) in table {
            let upload = stage.begun(name, bytes.len()).await;
            let upload = stage.sent(upload, &bytes, 100).await;
            assert_eq!(upload.state().unwrap(), State::Rejected(why), "{name}");
            let not = stage.hand_in(&[&upload.public().unwrap()], "x").await.unwrap_err();
            assert_eq!(not.code(), "bad");
        }
        assert_eq!(check_due(&stage.ctx, &Scanner::Demo).await.unwrap(), 0, "nobody is asked about them");
        assert_eq!(drop_due(&stage.ctx).await.unwrap(), 5);
        assert_eq!(stage.objects().await, 0);
        let left = waiting(&stage.ctx, &stage.who, "letter", None).await.unwrap();
        assert!(
            left.len() == 5 && left.iter().all(|view| view.name.is_some()),
            "its sender sees which and why"
        );
    })
    .await;
}

#[tokio::test]
async fn an_upload_begins_within_its_rule_and_never_goes_beyond() {
    on_both_engines(async |portal| {
        let stage = Stage::new(portal.ctx.clone()).await;
        let begin = async |kind: &str, name: &str, length: Option<u64>| stage.begin(kind, name, length).await;
        assert_eq!(begin("nothing", "a.pdf", Some(9)).await.unwrap_err(), Refusal::Kind);
        assert_eq!(begin("letter", "a.pdf", Some(0)).await.unwrap_err(), Refusal::Empty);
        assert_eq!(begin("letter", "a.exe", Some(9)).await.unwrap_err(), Refusal::Name);
        assert_eq!(begin("letter", "a.pdf", Some(20_971_521)).await.unwrap_err(), Refusal::TooLarge);
        let upload = stage.begun("a.pdf", 100).await;
        let mut appender = Appender::at(&stage.ctx, upload, 0, None).await.unwrap();
        let too_long = appender.push(&[0; 101]).await;
        assert!(matches!(too_long, Err(Stopped::Refused(Refusal::TooLong))));
        let unknown = begin("letter", "a.pdf", None).await.unwrap();
        let empty = Appender::at(&stage.ctx, unknown.clone(), 0, None).await.unwrap();
        assert_eq!(refusal(empty.end_of_file().await), Refusal::Empty);
        stage.say("UPDATE blob_rule SET most_bytes = 1000 WHERE kind = 'letter'").await;
        let mut appender = Appender::at(&stage.ctx, unknown, 0, None).await.unwrap();
        assert!(matches!(appender.push(&[0; 1001]).await, Err(Stopped::Refused(Refusal::TooLarge))));
        for _ in 0..8 {
            stage.begun("a.pdf", 100).await;
        }
        assert_eq!(begin("letter", "a.pdf", Some(9)).await.unwrap_err(), Refusal::TooMany);
    })
    .await;
}

#[tokio::test]
async fn a_file_keeps_the_rule_it_began_under() {
    on_both_engines(async |portal| {
        let stage = Stage::new(portal.ctx.clone()).await;
        let upload = stage.begun("a.pdf", 500).await;
        stage
            .say(
                "INSERT INTO blob_rule (kind, valid_from, most_bytes, most_open, types, most_pixels, unfinished_hours, \
                infected_days, source) VALUES ('letter', '2026-09-01', 20, 10, 'png', 1, 1, 1, 'a test')",
            )
            .await;
        assert_eq!(stage.begin("letter", "a.png", Some(21)).await.unwrap_err(), Refusal::TooLarge);
        assert_eq!(stage.begin("letter", "a.pdf", Some(9)).await.unwrap_err(), Refusal::Name);
        assert_eq!(stage.sent(upload, &pdf(500), 100).await.state().unwrap(), State::Received);
    })
    .await;
}

#[tokio::test]
async fn files_are_handed_in_all_together_or_not_at_all_and_by_their_sender_alone() {
    on_both_engines(async |portal| {
        let stage = Stage::new(portal.ctx.clone()).await;
        let whole = stage.whole("a.pdf", &pdf(900)).await.public().unwrap();
        let half = stage.begun("b.pdf", 900).await.public().unwrap();
        assert_eq!(
            stage.hand_in(&[&whole, &half], "x").await.unwrap_err(),
            NotHanded::Unfinished(half.clone())
        );
        assert!(of(&stage.ctx, "letter", "x").await.unwrap().is_empty());
        let other = Stage::named(portal.ctx.clone(), "nora").await;
        assert_eq!(other.hand_in(&[&whole], "y").await.unwrap_err(), NotHanded::Gone(whole.clone()));
        assert!(find(&other.ctx, &other.who, &whole).await.unwrap().is_none(), "t01: hers alone");
        assert_eq!(remove(&other.ctx, &other.who, &whole).await.unwrap(), Err(Refusal::Over));
        assert_eq!(stage.hand_in(&[&whole, &whole], "x").await.unwrap().len(), 1, "named twice is one");
        assert_eq!(stage.hand_in(&[&whole], "z").await.unwrap_err(), NotHanded::Gone(whole.clone()));
        assert_eq!(
            remove(&stage.ctx, &stage.who, &whole).await.unwrap(),
            Err(Refusal::Over),
            "no more hers to take"
        );
    })
    .await;
}

#[tokio::test]
async fn what_nobody_comes_back_for_ends_and_its_bytes_go() {
    on_both_engines(async |portal| {
        let stage = Stage::new(portal.ctx.clone()).await;
        let (half, whole) = (stage.begun("a.pdf", 900).await, stage.whole("b.pdf", &pdf(900)).await);
        let kept = stage.whole("c.pdf", &pdf(900)).await;
        stage.hand_in(&[&kept.public().unwrap()], "x").await.unwrap();
        stage.wait_minutes(24 * 60 + 1);
        assert_eq!((expire(&stage.ctx).await.unwrap(), drop_due(&stage.ctx).await.unwrap()), (2, 2));
        for upload in [&half, &whole] {
            let again = stage.again(upload).await;
            assert_eq!(again.state().unwrap(), State::Ended(End::Expired));
            assert!(again.name.is_none() && again.sealed_key.is_none(), "neither name nor key");
        }
        assert_eq!(stage.objects().await, 1);
        stage.end("x").await;
        assert_eq!(drop_due(&stage.ctx).await.unwrap(), 1);
        assert_eq!(stage.again(&kept).await.state().unwrap(), State::Ended(End::Retention));
        assert_eq!(stage.objects().await, 0);
    })
    .await;
}
