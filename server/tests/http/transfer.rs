//! Files by tus 1.0 and by a plain form, and as downloads: as a client and as a browser without script send them.

use backend::{
    blobs::{self, FORM, Scanner, testing::*},
    form_try,
};
use domain::{
    blobs::{Blob, State},
    kernel::Public,
};
use reqwest::{Method, StatusCode, header};

use crate::harness::{Browser, Page, Portal};

/// `kind letter` and a name, as tus writes them.
const LETTER: &str = "filename c2FtdHlra2UucGRm,kind bGV0dGVy";
pub const STREAM: &str = "application/offset+octet-stream";

pub async fn tus(
    browser: &Browser,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: Vec<u8>,
) -> Page {
    let request = browser
        .request(method, path)
        .header("sec-fetch-site", "same-origin")
        .header("tus-resumable", "1.0.0");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    browser.send(request.body(body)).await
}

pub async fn created(browser: &Browser, length: usize) -> String {
    let length = length.to_string();
    let headers = [("upload-length", length.as_str()), ("upload-metadata", LETTER)];
    let page = tus(browser, Method::POST, "/files", &headers, vec![]).await;
    assert_eq!(page.status, StatusCode::CREATED, "{}", page.text);
    page.location().to_owned()
}

pub async fn patch(browser: &Browser, path: &str, offset: usize, bytes: &[u8]) -> Page {
    let offset = offset.to_string();
    let headers = [("content-type", STREAM), ("upload-offset", offset.as_str())];
    tus(browser, Method::PATCH, path, &headers, bytes.to_vec()).await
}

pub async fn offset(browser: &Browser, path: &str) -> String {
    tus(browser, Method::HEAD, path, &[], vec![]).await.header("upload-offset").to_owned()
}

pub async fn citizen(portal: &Portal, persona: &str) -> Browser {
    let browser = portal.browser();
    browser.sign_in("citizen", persona, "/my").await;
    browser
}

async fn scan(portal: &Portal) {
    while blobs::check_due(&portal.ctx, &Scanner::Demo).await.expect("a scan") > 0 {}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_goes_on_where_it_was_and_comes_out_as_a_download_alone() {
    for portal in [Some(Portal::start().await), Portal::start_on_postgres().await].into_iter().flatten() {
        let maja = citizen(&portal, "maja").await;
        let file = pdf(200_000);
        let path = created(&maja, file.len()).await;
        let half = patch(&maja, &path, 0, &file[..70_001]).await;
        assert_eq!((half.status, half.header("upload-offset")), (StatusCode::NO_CONTENT, "70001"));
        assert!(half.header("upload-expires").ends_with(" GMT") && half.header("tus-resumable") == "1.0.0");
        let stand = tus(&maja, Method::HEAD, &path, &[], vec![]).await;
        assert_eq!((stand.header("upload-offset"), stand.header("upload-length")), ("70001", "200000"));
        assert_eq!(stand.header("cache-control"), "no-store");
        assert_eq!(
            patch(&maja, &path, 5, b"other").await.status,
            StatusCode::CONFLICT,
            "another tab went on"
        );
        let whole = patch(&maja, &path, 70_001, &file[70_001..]).await;
        assert_eq!((whole.status, whole.header("upload-state")), (StatusCode::NO_CONTENT, "received"));
        assert_eq!(maja.get(&path).await.status, StatusCode::NOT_FOUND, "t18: nobody before a scan");
        scan(&portal).await;
        let got = maja.send(maja.request(Method::GET, &path)).await;
        assert_eq!((got.status, got.text.as_bytes() == file), (StatusCode::OK, true));
        assert_eq!(got.header("content-type"), "application/pdf");
        assert_eq!(
            got.header("content-security-policy"),
            "default-src 'none'; sandbox; frame-ancestors 'none'"
        );
        assert_eq!(got.header("x-content-type-options"), "nosniff");
        let name = "attachment; filename=\"samtykke.pdf\"; filename*=UTF-8''samtykke.pdf";
        assert_eq!(got.header("content-disposition"), name);
        assert_eq!(got.header("content-length"), "200000");
        assert_eq!(portal.audited("file_opened", "original").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_somebody_elses_file_is_not_there_whatever_is_asked() {
    let portal = Portal::start().await;
    let (maja, other) = (citizen(&portal, "maja").await, citizen(&portal, "eirik").await);
    let path = created(&maja, 900).await;
    patch(&maja, &path, 0, &pdf(900)).await;
    scan(&portal).await;
    let nowhere = "/files/00000000000000000000000000";
    for method in [Method::HEAD, Method::DELETE, Method::GET] {
        let (hers, none) = (
            tus(&other, method.clone(), &path, &[], vec![]).await,
            tus(&other, method.clone(), nowhere, &[], vec![]).await,
        );
        assert_eq!((hers.status, &hers.text), (StatusCode::NOT_FOUND, &none.text), "{method}");
        assert_eq!(none.status, StatusCode::NOT_FOUND, "{method}");
    }
    assert_eq!(patch(&other, &path, 900, b"x").await.status, StatusCode::NOT_FOUND);
    other.post(&format!("{path}/remove"), &[("back", "/my")]).await;
    assert_eq!(maja.get(&path).await.status, StatusCode::OK, "it is still hers");
}

/// Every operation as everybody: the row of each is `transfer::OPERATIONS`.
#[tokio::test(flavor = "multi_thread")]
async fn t01_files_are_for_the_signed_in_of_their_area() {
    let portal = Portal::start().await;
    let (staff, visitor) = (portal.browser(), portal.browser());
    staff.sign_in("staff", "henrik", "/staff").await;
    visitor.sign_in("message", "solveig", "/message").await;
    let everybody = [
        ("anonymous", portal.browser(), None),
        ("citizen", citizen(&portal, "maja").await, Some("/files")),
        ("staff", staff, Some("/staff/files")),
        ("visitor", visitor, None),
    ];
    for (who, browser, own) in &everybody {
        for root in ["/files", "/staff/files"] {
            for (method, pattern, _) in server::transfer::OPERATIONS {
                let path =
                    pattern.replacen("/files", root, 1).replace("{public}", "00000000000000000000000000");
                let method: Method = method.parse().expect("a method");
                let page = tus(browser, method.clone(), &path, &[], vec![]).await;
                let away = page.status == StatusCode::UNAUTHORIZED
                    || page.status == StatusCode::FORBIDDEN
                    || (page.status == StatusCode::SEE_OTHER && page.location().contains("/sign-in"));
                let may = method == Method::OPTIONS || *own == Some(root);
                // A form without its type is no form, and a write with another area's session no write of ours.
                let untried = pattern.ends_with("/form") || pattern.ends_with("/remove");
                assert!(untried || away != may, "{who}, {method} {path}: {}", page.status);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t02_a_file_from_another_site_is_refused() {
    let portal = Portal::start().await;
    let maja = citizen(&portal, "maja").await;
    let path = created(&maja, 900).await;
    for (site, origin) in [("cross-site", "https://evil.example"), ("same-site", "https://evil.varde.no")] {
        for (method, path, kind) in [
            (Method::POST, "/files", ""),
            (Method::PATCH, path.as_str(), STREAM),
            (Method::DELETE, path.as_str(), ""),
            (Method::POST, "/files/form", "multipart/form-data; boundary=x"),
        ] {
            let request = maja.request(method, path).header("sec-fetch-site", site).header("origin", origin);
            let request = request.header("tus-resumable", "1.0.0").header("content-type", kind);
            assert_eq!(maja.send(request.body("x")).await.status, StatusCode::FORBIDDEN, "{site} {path}");
        }
    }
    // What a form of another site could send by itself.
    let simple = maja.request(Method::POST, "/files").header("sec-fetch-site", "same-origin");
    assert_eq!(
        maja.send(simple.header("content-type", "text/plain").body("x")).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_client_says_wrongly_is_told_by_its_code() {
    let portal = Portal::start().await;
    let maja = citizen(&portal, "maja").await;
    let create = async |length: &str, metadata: &str| {
        let headers = [("upload-length", length), ("upload-metadata", metadata)];
        tus(&maja, Method::POST, "/files", &headers, vec![]).await
    };
    let table = [
        ("20971521", LETTER, 413, "{\"status\":413,\"code\":\"too_large\",\"most\":20971520}"),
        ("0", LETTER, 422, "{\"status\":422,\"code\":\"empty\"}"),
        ("9", "filename YS5leGU=,kind bGV0dGVy", 422, "{\"status\":422,\"code\":\"name\"}"),
        ("9", "filename YS5wZGY=,kind bm9uZQ==", 422, "{\"status\":422,\"code\":\"kind\"}"),
        ("-9", LETTER, 400, "{\"status\":400,\"code\":\"length\"}"),
        ("9", "filename %%%", 400, "{\"status\":400,\"code\":\"metadata\"}"),
    ];
    for (length, metadata, status, body) in table {
        let page = create(length, metadata).await;
        assert_eq!((page.status.as_u16(), page.text.as_str()), (status, body), "{length} {metadata}");
    }
    let path = created(&maja, 900).await;
    let file = pdf(900);
    let other = tus(&maja, Method::HEAD, &path, &[("tus-resumable", "0.2.2")], vec![]).await;
    assert_eq!((other.status.as_u16(), other.header("tus-version")), (412, "1.0.0"));
    let sum = [
        ("content-type", STREAM),
        ("upload-offset", "0"),
        ("upload-checksum", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="),
    ];
    let wrong = tus(&maja, Method::PATCH, &path, &sum, file.clone()).await;
    assert_eq!((wrong.status.as_u16(), offset(&maja, &path).await.as_str()), (460, "0"));
    assert_eq!(patch(&maja, &path, 0, &pdf(901)).await.status.as_u16(), 413, "more than it said");
    let bare = tus(&maja, Method::PATCH, &path, &[("upload-offset", "0")], file.clone()).await;
    assert!(bare.status == StatusCode::UNSUPPORTED_MEDIA_TYPE, "{}", bare.status);
    let ended = tus(&maja, Method::DELETE, &path, &[], vec![]).await;
    assert_eq!(ended.status, StatusCode::NO_CONTENT);
    assert_eq!(tus(&maja, Method::HEAD, &path, &[], vec![]).await.status, StatusCode::GONE);
    assert_eq!(patch(&maja, &path, 0, &file).await.status, StatusCode::GONE);
    let bad = pdf_with(b"<< /S /JavaScript >>");
    let path = created(&maja, bad.len()).await;
    let page = patch(&maja, &path, 0, &bad).await;
    assert_eq!((page.status.as_u16(), page.text.as_str()), (422, "{\"status\":422,\"code\":\"active\"}"));
    let spoken = maja.send(maja.request(Method::OPTIONS, "/files")).await;
    assert_eq!(
        spoken.header("tus-extension"),
        "creation,creation-with-upload,checksum,expiration,termination"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_file_comes_with_its_creation() {
    let portal = Portal::start().await;
    let maja = citizen(&portal, "maja").await;
    let headers = [("content-type", STREAM), ("upload-length", "900"), ("upload-metadata", LETTER)];
    let page = tus(&maja, Method::POST, "/files", &headers, pdf(900)).await;
    assert_eq!((page.status, page.header("upload-offset")), (StatusCode::CREATED, "900"));
    assert_eq!(page.header("upload-state"), "received");
    let staff = portal.browser();
    staff.sign_in("staff", "henrik", "/staff").await;
    let page = tus(&staff, Method::POST, "/staff/files", &headers, pdf(900)).await;
    assert!(page.status == StatusCode::CREATED && page.location().starts_with("/staff/files/"));
    scan(&portal).await;
    assert_eq!(staff.get(page.location()).await.status, StatusCode::OK);
}

/// The line is cut in the middle of a request.
#[tokio::test(flavor = "multi_thread")]
async fn f17_a_cut_line_keeps_what_came() {
    use tokio::io::AsyncWriteExt;
    let portal = Portal::start().await;
    let maja = citizen(&portal, "maja").await;
    let file = pdf(400_000);
    let path = created(&maja, file.len()).await;
    let address = portal.base.trim_start_matches("http://").replace("localhost", "127.0.0.1");
    let cookie = maja.cookie("varde_citizen").expect("a session");
    let mut from = 0;
    for cut in [65_536, 131_073, 300_000] {
        let mut socket = tokio::net::TcpStream::connect(&address).await.expect("a socket");
        let head = format!(
            "PATCH {path} HTTP/1.1\r\nHost: localhost\r\nCookie: varde_citizen={cookie}\r\nTus-Resumable: 1.0.0\r\n\
            Sec-Fetch-Site: same-origin\r\nContent-Type: {STREAM}\r\nUpload-Offset: {from}\r\nContent-Length: {}\r\n\r\n",
            file.len() - from
        );
        socket.write_all(head.as_bytes()).await.expect("written");
        socket.write_all(&file[from..cut]).await.expect("written");
        drop(socket);
        for _ in 0..200 {
            if offset(&maja, &path).await == cut.to_string() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        assert_eq!(offset(&maja, &path).await, cut.to_string(), "what came is kept");
        from = cut;
    }
    assert_eq!(patch(&maja, &path, from, &file[from..]).await.header("upload-state"), "received");
}

/// A field: its name, the name of its file, what is in it.
type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);
/// The name of a file, and what is in it.
pub type File<'a> = (&'a str, &'a [u8]);

fn form(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, bytes) in parts {
        let file = file
            .map(|file| format!("; filename=\"{file}\"\r\nContent-Type: application/pdf"))
            .unwrap_or_default();
        body.extend_from_slice(
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").as_bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x--\r\n");
    body
}

pub async fn posted(browser: &Browser, files: &[File<'_>]) -> Page {
    let mut parts: Vec<Part<'_>> =
        vec![("kind", None, b"letter"), ("draft", None, b""), ("back", None, b"/my")];
    parts.extend(files.iter().map(|(name, bytes)| ("file", Some(*name), *bytes)));
    raw(browser, form(&parts)).await
}

async fn raw(browser: &Browser, body: Vec<u8>) -> Page {
    let request = browser.request(Method::POST, "/files/form").header("sec-fetch-site", "same-origin");
    browser.send(request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=x").body(body)).await
}

/// The codes of a refused form.
async fn codes(portal: &Portal, browser: &Browser, page: &Page) -> Vec<String> {
    let key = page.location().split_once("?try=").expect("a try").1;
    let token = browser.cookie("varde_citizen").expect("a session");
    let live = backend::identity::sessions::find(&portal.ctx, domain::access::Area::Citizen, &token).await;
    let actor = live.expect("a session").expect("live").actor;
    let found = form_try::find(&portal.ctx, &actor, FORM, key).await.expect("a try").expect("hers");
    found.errors.into_iter().map(|error| error.code).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn without_script_a_form_sends_files_and_says_what_is_wrong() {
    let portal = Portal::start().await;
    let maja = citizen(&portal, "maja").await;
    let good = posted(&maja, &[("a.pdf", &pdf(300_000)), ("b.pdf", &pdf(64 * 1024))]).await;
    assert_eq!((good.status, good.location()), (StatusCode::SEE_OTHER, "/my"), "{}", good.text);
    let large = vec![b'a'; 20_971_521];
    let table: [(&[File<'_>], &[&str]); 6] = [
        (&[], &["missing"]),
        (&[("", b"")], &["missing"]),
        (&[("tom.pdf", b"")], &["empty"]),
        (&[("a.exe", b"MZ")], &["name"]),
        (&[("stor.pdf", &large)], &["too_large"]),
        (&[("a.png", &pdf(900)), ("c.pdf", &pdf(900))], &["name"]),
    ];
    for (files, expected) in table {
        let page = posted(&maja, files).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        assert_eq!(codes(&portal, &maja, &page).await, expected);
    }
    let token = maja.cookie("varde_citizen").expect("a session");
    let live = backend::identity::sessions::find(&portal.ctx, domain::access::Area::Citizen, &token).await;
    let who = blobs::Uploader::of(&live.expect("read").expect("live").actor).expect("a sender");
    let waiting = blobs::waiting(&portal.ctx, &who, "letter", None).await.expect("a list");
    let whole = waiting.iter().filter(|view| view.state == State::Received).count();
    assert_eq!(
        (whole, waiting.len()),
        (3, 4),
        "two and one are whole, one is refused; cut and empty ones are nowhere"
    );
    let first: &Public<Blob> = &waiting[0].public;
    let gone = maja.post(&format!("/files/{first}/remove"), &[("back", "/my")]).await;
    assert_eq!((gone.status, gone.location()), (StatusCode::SEE_OTHER, "/my"));
    assert_eq!(blobs::waiting(&portal.ctx, &who, "letter", None).await.expect("a list").len(), 3);
    let cut =
        form(&[("kind", None, b"letter"), ("back", None, b"/my"), ("file", Some("d.pdf"), &pdf(90_000))]);
    assert_eq!(raw(&maja, cut[..80_000].to_vec()).await.status, StatusCode::BAD_REQUEST, "a cut form");
    assert_eq!(
        blobs::waiting(&portal.ctx, &who, "letter", None).await.expect("a list").len(),
        3,
        "leaves nothing"
    );
    let crooked = form(&[("kind", None, b"letter"), ("other", None, b"x")]);
    assert_eq!(raw(&maja, crooked).await.status, StatusCode::BAD_REQUEST);
    let away = form(&[
        ("kind", None, b"letter"),
        ("back", None, b"https://evil.example/"),
        ("file", Some("e.pdf"), &pdf(900)),
    ]);
    assert_eq!(raw(&maja, away).await.location(), "/", "never to another site");
    let nobody = portal.browser();
    let page = posted(&nobody, &[("a.pdf", &pdf(900))]).await;
    assert!(page.status == StatusCode::SEE_OTHER && page.location().starts_with("/sign-in"));
}

/// The page of all parts has the part of every page that asks for files.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_lists_what_waits_and_says_what_is_wrong() {
    let portal = Portal::start().await;
    let maja = citizen(&portal, "maja").await;
    posted(&maja, &[("a.pdf", &pdf(300_000))]).await;
    let half = created(&maja, 1_000_000).await;
    patch(&maja, &half, 0, &pdf(1_000_000)[..420_000]).await;
    let bad = pdf_with(b"<< /Encrypt 5 0 R >>");
    let parts = [("kind", None, &b"letter"[..]), ("draft", None, b""), ("back", None, b"/styleguide")];
    let refused = [&parts[..], &[("file", Some("last.pdf"), &bad[..])]].concat();
    let page = raw(&maja, form(&refused)).await;
    assert!(page.location().starts_with("/styleguide?try="), "{}", page.location());
    let page = maja.get(page.location()).await.text;
    for words in [
        "You can send PDF, JPEG and PNG. Each file can be up to 20 MB.",
        "Received, being checked",
        "293 kB",
        "42% has arrived. Choose the same file again and it goes on.",
        "The PDF is locked with a password. Save it without one.",
        "aria-invalid=\"true\"",
        "accept=\".pdf,.jpg,.jpeg,.jpe,.jfif,.png,application/pdf,image/jpeg,image/png\"",
        "action=\"/files/form\" enctype=\"multipart/form-data\"",
        &format!("action=\"{half}/remove\""),
    ] {
        assert!(page.contains(words), "{words}");
    }
    // What the script takes hold of.
    for name in [
        "upload", "words", "kind", "draft", "most", "camera", "drop", "send", "none", "said", "row", "file",
        "state", "state-of", "name", "size", "tag", "bar", "note", "fault", "pause", "resume",
    ] {
        assert!(page.contains(&format!(" data-{name}")), "data-{name}");
    }
    let nobody = portal.browser().get("/styleguide").await.text;
    assert!(nobody.contains("Not accepted") && !nobody.contains(&half), "samples, and nobody's files");
}

#[tokio::test(flavor = "multi_thread")]
async fn t26_no_file_is_compressed() {
    let portal = Portal::start().await;
    let maja = citizen(&portal, "maja").await;
    let path = created(&maja, 9_000).await;
    patch(&maja, &path, 0, &pdf(9_000)).await;
    scan(&portal).await;
    let request = maja.request(Method::GET, &path).header(header::ACCEPT_ENCODING, "gzip, br");
    let page = maja.send(request).await;
    assert_eq!((page.status, page.header("content-encoding")), (StatusCode::OK, ""));
}
