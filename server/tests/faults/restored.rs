//! F19: a backup taken while many book, put in place elsewhere: whole, balanced, audited; what was sent is not sent
//! again, what was due later still is.

use backend::{args, ctx::Ctx, visits::booking::testing::Whom};

use crate::{
    killed::{busy_unit, judge, set_off, until_booked},
    letters::{gives_address, ids, serve, until_done},
    notices::until,
    process::{Site, alone, client, run},
    smtp_sink::{Manner, Sink},
    visitor::{get, without_demo},
};

/// Of the copy: what a worker's calendar asks for meanwhile is younger.
const WAITING: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE done_at IS NULL AND created_at <= $1";

async fn is_all_done(ctx: &Ctx, newest: i64) -> bool {
    ctx.db.one::<(i64,)>(WAITING, args![newest]).await.expect("a count").0 == 0
}

#[tokio::test(flavor = "multi_thread")]
async fn f19_a_backup_under_load_is_whole_and_restored_sends_nothing_twice() {
    let _alone = alone().await;
    let (site, sink) = (Site::sqlite(), Sink::start().await);
    let ctx = site.ctx().await;
    without_demo(&ctx).await;
    let people = busy_unit(&ctx).await.crowd(16, Whom::OneEach).await;
    let (sent, waiting, booking) = (&people[..4], &people[4..8], &people[8..]);
    let server = serve(&site, &sink).await;
    for who in sent {
        gives_address(&server, who).await;
    }
    until_done(&ctx, 4).await;
    sink.behave(Manner::Later);
    for who in waiting {
        gives_address(&server, who).await;
    }
    let (mut told, visitors) = set_off(&server, booking, 0);
    let heard = until_booked(&mut told, 10).await;
    let copy = site.folder.path().join("copy.db").display().to_string();
    let (done, said) = run(&site, &["backup", &copy]).await;
    assert!(done, "{said}");
    // F11: other processes write at the same file.
    for words in [["migrate"].as_slice(), &["audit", "verify"]] {
        let (done, said) = run(&site, words).await;
        assert!(done, "{said}");
    }
    until_booked(&mut told, 1).await;
    server.kill();
    for visitor in visitors {
        visitor.await.expect("a visitor");
    }
    let (done, said) = run(&site, &["backup", &copy]).await;
    assert!(!done && said.contains("is there already"), "{said}");
    ctx.db.close().await;

    let elsewhere = Site::sqlite();
    let (done, said) = run(&elsewhere, &["restore", &copy]).await;
    assert!(done && said.contains("whole:"), "{said}");
    let (done, said) = run(&elsewhere, &["audit", "verify"]).await;
    assert!(done && said.contains("whole:"), "{said}");
    let ctx = elsewhere.ctx().await;
    judge(&ctx, heard).await;
    let due = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'identity.code' AND done_at IS NULL";
    assert_eq!(ctx.db.one::<(i64,)>(due, vec![]).await.expect("a count").0, 4);

    let before = ids(&sink.letters());
    assert_eq!(before.len(), 4);
    sink.behave(Manner::Accept);
    ctx.db.write(backend::testing::Raw("UPDATE outbox SET due_at = 0")).await.expect("time has passed");
    let newest = "SELECT CAST(MAX(created_at) AS BIGINT) FROM outbox";
    let (newest,): (i64,) = ctx.db.one(newest, vec![]).await.expect("a time");
    let server = serve(&elsewhere, &sink).await;
    until("nothing of the copy waits", async || is_all_done(&ctx, newest).await).await;
    let letters = sink.letters();
    assert_eq!((letters.len(), ids(&letters).len()), (8, 8), "the four that waited, and none again");
    let page = get(&client(), &server.base, &people[0], "/my").await.expect("an answer");
    assert!(page.location.starts_with("/sign-in"), "nobody is signed in by a session of the copy");

    for (words, why) in
        [(vec!["restore", &copy], "is in use"), (vec!["restore", &copy, "--overwrite"], "is in use")]
    {
        let (done, said) = run(&elsewhere, &words).await;
        assert!(!done && said.contains(why), "{said}");
    }
    server.kill();
    ctx.db.close().await;
    let (done, said) = run(&elsewhere, &["restore", &copy]).await;
    assert!(!done && said.contains("--overwrite"), "{said}");
    let (done, said) = run(&elsewhere, &["restore", &copy, "--overwrite"]).await;
    assert!(done && said.contains("is kept at"), "{said}");
    let kept = |name: &str| std::fs::read(elsewhere.folder.path().join(name)).expect("kept");
    let first = kept("varde.db.replaced");
    let (done, said) = run(&elsewhere, &["restore", &copy, "--overwrite"]).await;
    assert!(done && said.contains("varde.db.replaced-2"), "{said}");
    assert!(kept("varde.db.replaced") == first, "what was put aside first is there still");
    assert!(!kept("varde.db.replaced-2").is_empty());
    use std::os::unix::fs::PermissionsExt;
    let now = std::fs::metadata(elsewhere.folder.path().join("varde.db")).expect("a database");
    assert_eq!(now.permissions().mode() & 0o077, 0, "nobody else may read it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_was_touched_takes_nobodys_place() {
    let _alone = alone().await;
    let (site, elsewhere) = (Site::sqlite(), Site::sqlite());
    let ctx = site.ctx().await;
    ctx.db.close().await;
    let copy = site.folder.path().join("copy.db");
    let path = copy.display().to_string();
    assert!(run(&site, &["backup", &path]).await.0);
    let mut bytes = std::fs::read(&copy).expect("a copy");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4_096].fill(7);
    std::fs::write(&copy, bytes).expect("written");
    let (done, said) = run(&elsewhere, &["restore", &path]).await;
    assert!(!done, "{said}");
    assert!(
        std::fs::read_dir(elsewhere.folder.path()).expect("a folder").next().is_none(),
        "nothing is left"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_is_backed_up_by_its_own_tools_and_that_is_said() {
    let Some(site) = Site::postgres().await else { return };
    for words in [["backup", "/nowhere/copy"], ["restore", "/nowhere/copy"]] {
        let (done, said) = run(&site, &words).await;
        assert!(!done && said.contains("pg_dump") && said.contains("pg_restore"), "{said}");
    }
}
