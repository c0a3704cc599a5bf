//! Files when something is wrong: many requests for one upload (the newest goes on, one body is read at a time, and nothing
//! of a file is there twice), and a store that is away.

use backend::blobs::{self, Uploader, testing::pdf};
use domain::access::Area;
use reqwest::{Method, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::{
    harness::{Browser, Portal},
    transfer::{STREAM, citizen, created, offset, patch, posted, tus},
};

/// Sends so much of a request and leaves the line open.
async fn hanging(
    portal: &Portal,
    who: &Browser,
    path: &str,
    bytes: &[u8],
    most: usize,
) -> tokio::net::TcpStream {
    let address = portal.base.trim_start_matches("http://").replace("localhost", "127.0.0.1");
    let cookie = who.cookie("varde_citizen").expect("a session");
    let mut socket = tokio::net::TcpStream::connect(&address).await.expect("a socket");
    let head = format!(
        "PATCH {path} HTTP/1.1\r\nHost: localhost\r\nCookie: varde_citizen={cookie}\r\nTus-Resumable: 1.0.0\r\n\
         Sec-Fetch-Site: same-origin\r\nContent-Type: {STREAM}\r\nUpload-Offset: 0\r\nContent-Length: {}\r\n\r\n",
        bytes.len()
    );
    socket.write_all(head.as_bytes()).await.expect("written");
    socket.write_all(&bytes[..most]).await.expect("written");
    socket
}

fn objects(folder: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.map(|path| if path.is_dir() { objects(&path) } else { 1 }).sum()
}

/// A telephone that changed its net: its old line is still open here, and nobody is at its other end.
#[tokio::test(flavor = "multi_thread")]
async fn f17_whoever_comes_back_need_not_wait_for_the_line_she_lost() {
    let portal = Portal::start().await;
    let maja = citizen(&portal, "maja").await;
    let file = pdf(400_000);
    let path = created(&maja, file.len()).await;
    let mut old = hanging(&portal, &maja, &path, &file, 150_000).await;
    // Until the server is at it.
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(
        patch(&maja, &path, 0, &file).await.status,
        StatusCode::CONFLICT,
        "more has come by the old one"
    );
    let mut said = vec![0; 4096];
    let read = old.read(&mut said).await.expect("an answer");
    let said = String::from_utf8_lossy(&said[..read]).into_owned();
    assert!(said.starts_with("HTTP/1.1 423") && said.contains("\"code\":\"elsewhere\""), "{said}");
    let from = offset(&maja, &path).await.parse::<usize>().expect("a number");
    assert!((65_536..=150_000).contains(&from), "what came by it is kept: {from}");
    let whole = patch(&maja, &path, from, &file[from..]).await;
    assert_eq!((whole.status, whole.header("upload-state")), (StatusCode::NO_CONTENT, "received"));
}

#[tokio::test(flavor = "multi_thread")]
async fn t25_forty_at_once_for_one_upload_are_one_file() {
    for portal in [Some(Portal::start().await), Portal::start_on_postgres().await].into_iter().flatten() {
        let maja = citizen(&portal, "maja").await;
        let file = pdf(3_000_000);
        let path = created(&maja, file.len()).await;
        let all = futures_util::future::join_all((0..40).map(|_| patch(&maja, &path, 0, &file))).await;
        for page in &all {
            assert!([204, 409, 423].contains(&page.status.as_u16()), "{} {}", page.status, page.text);
        }
        // Whoever asks next goes on.
        let from = offset(&maja, &path).await.parse::<usize>().expect("a number");
        let last = patch(&maja, &path, from, &file[from..]).await;
        assert_eq!((last.status, last.header("upload-state")), (StatusCode::NO_CONTENT, "received"));
        let objects = objects(&portal.site().join("files"));
        assert!(objects <= 6, "{objects} objects of three megabytes");
        let looks =
            futures_util::future::join_all((0..20).map(|_| tus(&maja, Method::HEAD, &path, &[], vec![])))
                .await;
        assert!(looks.iter().all(|page| page.header("upload-offset") == "3000000"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_nobody_stops_anybody_elses_upload() {
    let portal = Portal::start().await;
    let (maja, other) = (citizen(&portal, "maja").await, citizen(&portal, "eirik").await);
    let file = pdf(300_000);
    let path = created(&maja, file.len()).await;
    let mut line = hanging(&portal, &maja, &path, &file, 100_000).await;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert_eq!(patch(&other, &path, 0, b"x").await.status, StatusCode::NOT_FOUND);
    line.write_all(&file[100_000..]).await.expect("written");
    let mut said = vec![0; 4096];
    let read = line.read(&mut said).await.expect("an answer");
    assert!(String::from_utf8_lossy(&said[..read]).starts_with("HTTP/1.1 204"), "it was not stopped");
}

/// Nobody listens there.
const AWAY: [(&str, &str); 4] = [
    ("VARDE_BLOBS__STORE", "s3://files"),
    ("VARDE_BLOBS__S3_ENDPOINT", "http://127.0.0.1:9"),
    ("VARDE_BLOBS__S3_ACCESS_KEY", "key"),
    ("VARDE_BLOBS__S3_SECRET_KEY", "secret"),
];

#[tokio::test(flavor = "multi_thread")]
async fn f02_a_store_that_is_away_is_told_and_no_half_file_is_seen() {
    let portal = Portal::start_with(&AWAY).await;
    let maja = citizen(&portal, "maja").await;
    let file = pdf(200_000);
    let path = created(&maja, file.len()).await;
    for _ in 0..2 {
        let page = patch(&maja, &path, 0, &file).await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "the same again will work: {}", page.text);
        assert_eq!(offset(&maja, &path).await, "0", "nothing was answered as kept");
    }
    assert_eq!(maja.get(&path).await.status, StatusCode::NOT_FOUND);
    let page = posted(&maja, &[("a.pdf", &file)]).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "without script too");
    let token = maja.cookie("varde_citizen").expect("a session");
    let live = backend::identity::sessions::find(&portal.ctx, Area::Citizen, &token).await;
    let who = Uploader::of(&live.expect("read").expect("live").actor).expect("a sender");
    let waiting = blobs::waiting(&portal.ctx, &who, "letter", None).await.expect("a list");
    assert_eq!(waiting.len(), 1, "the one that can be resumed; of the form nothing is left");
    assert!(waiting.iter().all(|file| !file.state.may_be_handed_in()));
}
