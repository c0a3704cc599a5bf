//! F16: two servers work on one outbox. Each letter goes out once.

use std::{
    collections::BTreeSet,
    process::{Child, Command},
    time::Duration,
};

use backend::{
    ctx::Ctx,
    identity::contacts,
    testing::Raw,
    visits::booking::testing::{Member, Whom},
};
use domain::identity::ContactForm;
use tokio::net::TcpListener;

use crate::{
    notices::Texts,
    process::{Process, Server, Site, alone, client},
    smtp_sink::{Letter, Sink},
    visitor::{post, stage, without_demo},
};

/// Servers that send their letters there.
pub async fn serve(site: &Site, sink: &Sink) -> Server {
    let port = sink.port.to_string();
    let way = [("VARDE_SMTP__HOST", "127.0.0.1"), ("VARDE_SMTP__PORT", &port), ("VARDE_SMTP__TLS", "none")];
    site.serve(&way).await
}

/// She gives an address: a letter with a code goes there.
pub async fn gives_address(server: &Server, who: &Member) {
    let address = format!("{}@eksempel.no", who.public);
    let form = [("email", address.as_str()), ("phone", "412 34 567"), ("letters_in", "nb")];
    let answer = post(&client(), &server.base, who, "/api/my/contact", &form).await.expect("an answer");
    assert_eq!((answer.status, answer.location.as_str()), (303, "/my/contact/code"));
}

/// Letters and texts with a code. What a worker's calendar asks for is neither.
const DONE: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind IN ('identity.code', 'identity.text_code') \
    AND done_at IS NOT NULL";

/// What is not done, and why.
const UNDONE: &str =
    "SELECT kind, attempts, COALESCE(problem, '') FROM outbox WHERE done_at IS NULL ORDER BY id LIMIT 20";

/// Until so many codes are sent. Only how long it waits at most depends on a clock: longer than a job that failed once is
/// put off.
pub async fn until_done(ctx: &Ctx, jobs: i64) {
    for _ in 0..4_800 {
        if ctx.db.one::<(i64,)>(DONE, vec![]).await.expect("a count").0 >= jobs {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let undone: Vec<(String, i64, String)> = ctx.db.all(UNDONE, vec![]).await.expect("jobs");
    panic!("the jobs were not done within four minutes: {undone:?}");
}

/// Under which ids letters went out.
pub fn ids(letters: &[Letter]) -> BTreeSet<String> {
    letters.iter().map(|letter| letter.header("Message-ID").expect("an id").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn f16_two_servers_send_each_letter_once() {
    let _alone = alone().await;
    let Some(site) = Site::postgres().await else { return };
    let (ctx, sink) = (site.ctx().await, Sink::start().await);
    without_demo(&ctx).await;
    let people = stage(&ctx).await.crowd(40, Whom::OneEach).await;
    let servers = [serve(&site, &sink).await, serve(&site, &sink).await];
    let asked = people.iter().enumerate().map(|(n, who)| gives_address(&servers[n % 2], who));
    for one in asked {
        one.await;
    }
    until_done(&ctx, 40).await;
    let letters = sink.letters();
    assert_eq!((letters.len(), ids(&letters).len()), (40, 40));
    let twice = "SELECT CAST(COUNT(*) AS BIGINT) FROM delivery WHERE tries > 1 OR outcome IS NULL";
    assert_eq!(ctx.db.one::<(i64,)>(twice, vec![]).await.expect("a count").0, 0);
}

/// F16 for texts: each comes to the provider once, under a key of its own.
#[tokio::test(flavor = "multi_thread")]
async fn f16_two_servers_hand_each_text_over_once() {
    let _alone = alone().await;
    let Some(site) = Site::postgres().await else { return };
    let (ctx, sink) = (site.ctx().await, Sink::start().await);
    without_demo(&ctx).await;
    let people = stage(&ctx).await.crowd(10, Whom::OneEach).await;
    let (texts, port) = Texts::start().await;
    let (mail, url) = (sink.port.to_string(), format!("http://127.0.0.1:{port}/"));
    let way = [
        ("VARDE_SMTP__HOST", "127.0.0.1"),
        ("VARDE_SMTP__PORT", mail.as_str()),
        ("VARDE_SMTP__TLS", "none"),
        ("VARDE_TEXTS__URL", url.as_str()),
    ];
    let servers = [site.serve(&way).await, site.serve(&way).await];
    for (n, who) in people.iter().enumerate() {
        let address = format!("{}@eksempel.no", who.public);
        let form =
            [("email", address.as_str()), ("phone", "412 34 567"), ("letters_in", "nb"), ("by_text", "yes")];
        let answer =
            post(&client(), &servers[n % 2].base, who, "/api/my/contact", &form).await.expect("an answer");
        assert_eq!((answer.status, answer.location.as_str()), (303, "/my/contact/code"));
    }
    until_done(&ctx, 20).await;
    let taken = texts.taken();
    let keys: BTreeSet<_> = taken.iter().map(|(key, _)| key).collect();
    assert_eq!(
        (taken.len(), keys.len(), sink.letters().len()),
        (10, 10, 10),
        "a code each, and a letter each"
    );
    assert!(taken.iter().all(|(_, to)| to == "+4741234567"));
}

/// One job, and how it ended.
const ENDED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE done_at IS NOT NULL AND problem IS NULL \
    AND lease IS NULL AND attempts = 2";
const LEASE_IS_OVER: &str = "UPDATE outbox SET leased_until = 0 WHERE lease IS NOT NULL";

fn signal(child: &Child, name: &str) {
    let done = Command::new("kill").args([name, &child.id().to_string()]).status();
    assert!(done.expect("kill").success());
}

#[tokio::test(flavor = "multi_thread")]
async fn f16_a_worker_that_was_stopped_in_the_middle_completes_nothing() {
    let _alone = alone().await;
    let Some(site) = Site::postgres().await else { return };
    let (ctx, sink) = (site.ctx().await, Sink::start().await);
    without_demo(&ctx).await;
    let people = stage(&ctx).await.crowd(1, Whom::OneEach).await;
    contacts_change(&ctx, &people[0]).await;
    // Its mail server lets it wait for a greeting.
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let mut sleeper = worker(&site, silent.local_addr().expect("an address").port());
    let (line, _) = silent.accept().await.expect("it has claimed the letter and rings");
    signal(&sleeper.0, "-STOP");
    ctx.db.write(Raw(LEASE_IS_OVER)).await.expect("a minute passes");
    let awake = worker(&site, sink.port);
    until_done(&ctx, 1).await;
    assert_eq!(ctx.db.one::<(i64,)>(ENDED, vec![]).await.expect("a count").0, 1);
    // It wakes, its line is dead, and what it makes of that changes nothing: the letter is sent, and stays so.
    drop((line, silent));
    signal(&sleeper.0, "-CONT");
    signal(&sleeper.0, "-TERM");
    assert!(sleeper.0.wait().expect("it ends").success(), "it finishes what it has begun and ends");
    assert_eq!(ctx.db.one::<(i64,)>(ENDED, vec![]).await.expect("a count").0, 1);
    assert_eq!(sink.letters().len(), 1);
    drop(awake);
}

/// Whatever becomes of the test, no worker goes on claiming letters of the next one.
#[test]
fn a_stopped_process_ends_with_its_test() {
    let sleeper = Process(Command::new("sleep").arg("600").spawn().expect("a process"));
    signal(&sleeper.0, "-STOP");
    let there = std::path::PathBuf::from(format!("/proc/{}", sleeper.0.id()));
    assert!(there.exists());
    drop(sleeper);
    assert!(!there.exists());
}

fn worker(site: &Site, port: u16) -> Process {
    let mut command = site.varde(&["work", "--log", "error"]);
    command.env("VARDE_SMTP__HOST", "127.0.0.1").env("VARDE_SMTP__PORT", port.to_string());
    Process(command.env("VARDE_SMTP__TLS", "none").spawn().expect("a worker"))
}

/// An address, given without a server.
async fn contacts_change(ctx: &Ctx, who: &Member) {
    let form = ContactForm {
        email: "ola@eksempel.no".into(),
        phone: "412 34 567".into(),
        letters_in: "nb".into(),
        ..ContactForm::default()
    };
    let contact = form.parse().expect("a contact");
    assert!(contacts::change(ctx, &who.citizen, &contact).await.expect("kept").expect("a first entry").email);
}
