//! F17 against the binary: it is killed while a file comes, again and again, and each time the file goes on where its rows
//! say. Then a real clamd, which was away all the time, is there, and the file is scanned and comes back byte for byte.

use std::time::Duration;

use backend::{
    blobs::testing::{Clamd, eicar, pdf, pdf_with},
    visits::booking::testing::{Member, Whom},
};
use reqwest::{Method, Response, header};
use tokio::io::AsyncWriteExt;

use crate::{
    process::{Server, Site, alone, client},
    visitor::{stage, without_demo},
};

const STREAM: &str = "application/offset+octet-stream";

async fn tus(
    server: &Server,
    who: &Member,
    method: Method,
    path: &str,
    more: &[(&str, &str)],
    body: Vec<u8>,
) -> Response {
    let request = client().request(method, format!("{}{path}", server.base)).header("tus-resumable", "1.0.0");
    let request = request.header("sec-fetch-site", "same-origin");
    let request = request.header(header::COOKIE, format!("varde_citizen={}", who.cookie));
    let request = more.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    request.body(body).send().await.expect("an answer")
}

pub async fn created(server: &Server, who: &Member, length: usize) -> String {
    let length = length.to_string();
    let more = [("upload-length", length.as_str()), ("upload-metadata", "filename YS5wZGY=,kind bGV0dGVy")];
    let answer = tus(server, who, Method::POST, "/files", &more, vec![]).await;
    assert_eq!(answer.status().as_u16(), 201);
    answer.headers()[header::LOCATION].to_str().expect("text").to_owned()
}

pub async fn patch(server: &Server, who: &Member, path: &str, from: usize, bytes: &[u8]) -> u16 {
    let from = from.to_string();
    let more = [("content-type", STREAM), ("upload-offset", from.as_str())];
    tus(server, who, Method::PATCH, path, &more, bytes.to_vec()).await.status().as_u16()
}

pub async fn offset(server: &Server, who: &Member, path: &str) -> usize {
    let answer = tus(server, who, Method::HEAD, path, &[], vec![]).await;
    answer.headers()["upload-offset"].to_str().expect("text").parse().expect("a number")
}

/// Sends so much of a request and leaves the line open, so that the server is at it when it is killed.
async fn begun(
    server: &Server,
    who: &Member,
    path: &str,
    bytes: &[u8],
    (from, most): (usize, usize),
) -> tokio::net::TcpStream {
    let mut socket =
        tokio::net::TcpStream::connect(server.base.trim_start_matches("http://")).await.expect("a socket");
    let head = format!(
        "PATCH {path} HTTP/1.1\r\nHost: {}\r\nCookie: varde_citizen={}\r\nTus-Resumable: 1.0.0\r\nSec-Fetch-Site: \
        same-origin\r\nContent-Type: {STREAM}\r\nUpload-Offset: {from}\r\nContent-Length: {}\r\n\r\n",
        server.base.trim_start_matches("http://"),
        who.cookie,
        bytes.len() - from
    );
    socket.write_all(head.as_bytes()).await.expect("written");
    socket.write_all(&bytes[from..most.min(bytes.len() - 1)]).await.expect("written");
    socket
}

/// A scanner may take its time.
async fn scanned(server: &Server, who: &Member, path: &str) -> Option<Vec<u8>> {
    for _ in 0..300 {
        let answer = tus(server, who, Method::GET, path, &[], vec![]).await;
        if answer.status().is_success() {
            return Some(answer.bytes().await.expect("bytes").to_vec());
        }
        let state = tus(server, who, Method::HEAD, path, &[], vec![]).await;
        if state.headers().get("upload-state").is_some_and(|state| state == "infected") {
            return None;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("nobody has scanned it");
}

async fn killed_while_it_comes(site: Site) {
    let mut clamd = Clamd::away();
    let scanner = clamd.setting();
    let settings = [("VARDE_BLOBS__SCANNER", scanner.as_str())];
    let ctx = site.ctx().await;
    without_demo(&ctx).await;
    let people = stage(&ctx).await.crowd(1, Whom::OneEach).await;
    ctx.db.close().await;
    let (who, file) = (&people[0], pdf(9_000_000));
    let mut server = site.serve(&settings).await;
    let path = created(&server, who, file.len()).await;
    let mut from = 0;
    for round in 1..=4 {
        let line = begun(&server, who, &path, &file, (from, from + 2_300_000)).await;
        // Somewhere in the middle of its work.
        tokio::time::sleep(Duration::from_millis(60 * round)).await;
        server.kill();
        drop(line);
        server = site.serve(&settings).await;
        let kept = offset(&server, who, &path).await;
        assert!((from..file.len()).contains(&kept), "{kept} after {from}");
        let half = tus(&server, who, Method::GET, &path, &[], vec![]).await;
        assert_eq!(half.status().as_u16(), 404, "half a file is nowhere to be seen");
        from = kept;
    }
    assert_eq!(patch(&server, who, &path, from, &file[from..]).await, 204);
    let bad = pdf_with(eicar().as_bytes());
    let found = created(&server, who, bad.len()).await;
    assert_eq!(patch(&server, who, &found, 0, &bad).await, 204);
    tokio::time::sleep(Duration::from_secs(3)).await;
    for path in [&path, &found] {
        let state = tus(&server, who, Method::HEAD, path, &[], vec![]).await;
        assert_eq!(state.headers()["upload-state"], "checking", "t19: received, and nobody to scan it");
        assert_eq!(tus(&server, who, Method::GET, path, &[], vec![]).await.status().as_u16(), 404);
    }
    let metrics = server.metrics().await;
    assert!(metrics.contains("varde_files_unchecked{why=\"away\"}"), "an alarm tells");
    clamd.start().await;
    assert!(scanned(&server, who, &path).await.is_some_and(|bytes| bytes == file), "byte for byte");
    assert!(
        scanned(&server, who, &found).await.is_none(),
        "and what was found in the other is given to nobody"
    );
    server.kill();
}

#[tokio::test(flavor = "multi_thread")]
async fn f17_killed_while_a_file_comes_on_sqlite() {
    let _alone = alone().await;
    killed_while_it_comes(Site::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f17_killed_while_a_file_comes_on_postgres() {
    let _alone = alone().await;
    let Some(site) = Site::postgres().await else { return };
    killed_while_it_comes(site).await;
}
