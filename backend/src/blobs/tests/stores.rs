//! The store of files: a folder, something that speaks S3, one that is away, and one whose objects somebody has moved.

use domain::blobs::State;
use hyper_util::rt::{TokioExecutor, TokioIo};
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use secrecy::SecretString;
use tokio::net::TcpListener;

use super::{
    super::testing::pdf,
    stage::{Stage, bytes_of},
    *,
};
use crate::{Error, config::BlobSettings, ctx::Ctx, testing::Portal};

fn settings(endpoint: &str) -> BlobSettings {
    BlobSettings {
        store: "s3://files".into(),
        s3_endpoint: endpoint.into(),
        s3_access_key: "key".into(),
        s3_secret_key: SecretString::from("secret"),
        ..BlobSettings::default()
    }
}

/// A server that speaks S3, with its objects in a folder.
async fn s3(folder: &std::path::Path) -> String {
    std::fs::create_dir_all(folder.join("files")).unwrap();
    let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder).unwrap());
    service.set_auth(SimpleAuth::from_single("key", "secret"));
    let service = service.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let service = service.clone();
            tokio::spawn(async move {
                let server = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
                let _ = server.serve_connection(TokioIo::new(socket), service).await;
            });
        }
    });
    format!("http://127.0.0.1:{port}")
}

async fn journey(ctx: &Ctx) {
    let stage = Stage::new(ctx.clone()).await;
    let file = pdf(18 * CHUNK + 5);
    let upload = stage.begun("a.pdf", file.len()).await;
    let mut appender = Appender::at(&stage.ctx, upload.clone(), 0, None).await.unwrap();
    appender.push(&file[..1_100_000]).await.unwrap();
    appender.cut().await.unwrap();
    let again = stage.again(&upload).await;
    let from = again.received() as usize;
    let whole = stage.sent(again, &file[from..], 100_000).await;
    check_due(&stage.ctx, &Scanner::Demo).await.unwrap();
    let opened = open_own(&stage.ctx, &stage.actor, &whole.public().unwrap()).await.unwrap().unwrap();
    assert!(bytes_of(opened).await.unwrap() == file, "it comes back as it was");
    assert_eq!(stage.objects().await, 3);
    remove(&stage.ctx, &stage.who, &whole.public().unwrap()).await.unwrap().unwrap();
    assert_eq!((drop_due(&stage.ctx).await.unwrap(), stage.objects().await), (1, 0));
}

#[tokio::test]
async fn a_folder_and_what_speaks_s3_are_alike() {
    let (portal, folder) = (Portal::sqlite().await, tempfile::tempdir().unwrap());
    let local = Store::at(&folder.path().join("local")).unwrap();
    journey(&Ctx { files: local, ..portal.ctx.clone() }).await;
    let endpoint = s3(&folder.path().join("s3")).await;
    let bucket = Store::open(&settings(&endpoint)).unwrap();
    journey(&Ctx { files: bucket, ..portal.ctx.clone() }).await;
}

/// The folder opened anew, as by another process: what was answered is there.
#[tokio::test]
async fn f17_a_folder_opened_anew_has_what_was_kept() {
    let (portal, folder) = (Portal::sqlite().await, tempfile::tempdir().unwrap());
    let file = pdf(5 * CHUNK);
    let open = || Ctx { files: Store::at(folder.path()).unwrap(), ..portal.ctx.clone() };
    let stage = Stage::new(open()).await;
    let upload = stage.begun("a.pdf", file.len()).await;
    let mut appender = Appender::at(&stage.ctx, upload.clone(), 0, None).await.unwrap();
    appender.push(&file[..3 * CHUNK + 7]).await.unwrap();
    appender.cut().await.unwrap();
    drop(stage);
    let stage = Stage::new(open()).await;
    let again = stage.again(&upload).await;
    assert_eq!(again.received() as usize, 3 * CHUNK + 7);
    let whole = stage.sent(again, &file[3 * CHUNK + 7..], 9_999).await;
    assert_eq!(whole.sha256, Some(sha256(&file)));
}

#[tokio::test]
async fn f02_while_the_store_is_away_nothing_is_answered_as_kept() {
    let portal = Portal::sqlite().await;
    let stage = Stage::new(portal.ctx.clone()).await;
    let file = pdf(900);
    let upload = stage.begun("a.pdf", file.len()).await;
    // Nobody listens there.
    let away = Ctx { files: Store::open(&settings("http://127.0.0.1:9")).unwrap(), ..portal.ctx.clone() };
    let mut appender = Appender::at(&away, upload.clone(), 0, None).await.unwrap();
    appender.push(&file).await.unwrap();
    match appender.end().await {
        Err(Stopped::Broken(error)) => assert!(error.passes(), "the same again will work: {error}"),
        other => panic!("{other:?}"),
    }
    let again = stage.again(&upload).await;
    assert_eq!((again.received(), again.state().unwrap()), (0, State::Uploading));
    assert_eq!(stage.sent(again, &file, 100).await.state().unwrap(), State::Received, "and it does");
    assert!(matches!(drop_due(&away).await, Ok(0)), "nothing is due");
    remove(&stage.ctx, &stage.who, &upload.public().unwrap()).await.unwrap().unwrap();
    assert!(drop_due(&away).await.is_err());
    assert_eq!(drop_due(&stage.ctx).await.unwrap(), 1, "what could not be dropped is dropped later");
}

/// An object and what somebody has put in its place.
type Change<'a> = (&'a String, Vec<u8>);

#[tokio::test]
async fn t18_objects_that_were_moved_cut_or_put_together_do_not_open() {
    let portal = Portal::sqlite().await;
    let stage = Stage::new(portal.ctx.clone()).await;
    let file = pdf(40 * CHUNK);
    let upload = stage.whole("a.pdf", &file).await;
    check_due(&stage.ctx, &Scanner::Demo).await.unwrap();
    let public = upload.public().unwrap();
    let rows: Vec<(String,)> = stage.ctx.db.all(sweep::OBJECTS, crate::args![&upload.id]).await.unwrap();
    let mut parts = Vec::new();
    for (object,) in &rows {
        parts.push((object.clone(), stage.ctx.files.get(object).await.unwrap().to_vec()));
    }
    assert!(parts.len() >= 3);
    let (first, second) = (parts[0].clone(), parts[1].clone());
    let mut bent = first.1.clone();
    bent[CHUNK + 100] ^= 1;
    let cases: [(&str, Vec<Change<'_>>); 4] = [
        ("swapped", vec![(&first.0, second.1.clone()), (&second.0, first.1.clone())]),
        ("cut", vec![(&first.0, first.1[..first.1.len() - 1].to_vec())]),
        ("longer", vec![(&first.0, [&first.1[..], b"x"].concat())]),
        ("bent", vec![(&first.0, bent)]),
    ];
    let read = async || match open_own(&stage.ctx, &stage.actor, &public).await.unwrap() {
        Some(opened) => bytes_of(opened).await,
        None => Err(Error::Stopped),
    };
    for (what, changes) in cases {
        for (object, bytes) in changes {
            stage.ctx.files.put(object, vec![bytes.into()]).await.unwrap();
        }
        assert!(matches!(read().await, Err(Error::Sealed | Error::Broken(_))), "{what}");
        for (object, bytes) in &parts {
            stage.ctx.files.put(object, vec![bytes.clone().into()]).await.unwrap();
        }
        assert!(read().await.unwrap() == file, "as it was");
    }
    stage.say("DELETE FROM blob_part WHERE number = (SELECT MAX(number) FROM blob_part)").await;
    assert!(open_own(&stage.ctx, &stage.actor, &public).await.is_err(), "its last part is missing");
}

#[tokio::test]
async fn an_object_that_no_row_names_is_swept_after_a_day() {
    let portal = Portal::sqlite().await;
    let stage = Stage::new(portal.ctx.clone()).await;
    stage.whole("a.pdf", &pdf(900)).await;
    stage.ctx.files.put("lost/000000-x", vec![b"x".to_vec().into()]).await.unwrap();
    stage.ctx.clock.set(crate::ctx::Clock::system().now());
    assert_eq!(sweep_orphans(&stage.ctx).await.unwrap(), 0, "its request may be at work");
    stage.wait_minutes(24 * 60 + 1);
    assert_eq!((sweep_orphans(&stage.ctx).await.unwrap(), stage.objects().await), (1, 1));
}
