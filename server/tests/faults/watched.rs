//! L2: a process of its own finds that the worker is dead, by the rows alone, and pages whoever is on duty.

use std::time::Duration;

use backend::{ctx::Ctx, testing::Raw};

use crate::{
    notices::{Texts, until},
    process::{Process, Site, alone, ended},
    visitor::without_demo,
};

const BEATS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice_beat";
/// Four minutes pass since the last sign of life.
const LATER: &str = "UPDATE notice_beat SET at = at - 240000000";

async fn beats(ctx: &Ctx) -> bool {
    ctx.db.one::<(i64,)>(BEATS, vec![]).await.expect("a count").0 == 1
}

async fn watched(site: &Site) {
    let ctx = site.ctx().await;
    without_demo(&ctx).await;
    let (texts, port) = Texts::start().await;
    let file = site.folder.path().join("varde.prom");
    let look = async || {
        let mut command = site.varde(&["watch", "--textfile", &file.display().to_string()]);
        command.env("VARDE_NOTICES__SMS_URL", format!("http://127.0.0.1:{port}/"));
        let (calm, said) = ended(command).await;
        (calm, said, std::fs::read_to_string(&file).expect("the numbers"))
    };
    let worker = Process(site.varde(&["work", "--log", "error"]).spawn().expect("a worker"));
    until("a sign of life", async || beats(&ctx).await).await;
    let (calm, said, numbers) = look().await;
    assert!(calm && texts.taken().is_empty(), "{said}");
    assert!(numbers.contains("varde_notices_alarm{what=\"silent\"} 0\n"), "{numbers}");

    drop(worker);
    ctx.db.write(Raw(LATER)).await.expect("minutes pass");
    let (calm, said, numbers) = look().await;
    assert!(!calm && said.contains("alarm=silent") && said.contains("\"alarm\":\"silent\""), "{said}");
    assert!(!numbers.contains("varde_notices_alarm{what=\"silent\"} 0\n"), "{numbers}");
    let pages = texts.taken();
    assert_eq!(pages.iter().map(|(_, to)| to.as_str()).collect::<Vec<_>>(), ["+4799999901"]);
    // Looking again a moment later is the same page, under the same key.
    look().await;
    let again = texts.taken();
    assert_eq!((again.len(), &again[0]), (2, &again[1]));
    ctx.db.write(Raw(LATER)).await.expect("minutes pass");
    look().await;
    assert_eq!(texts.taken()[2].1, "+4799999902", "nobody came");

    let worker = Process(site.varde(&["work", "--log", "error"]).spawn().expect("a worker"));
    let mut calm = false;
    for _ in 0..100 {
        calm = calm || look().await.0;
        if calm {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert!(calm, "somebody works again");
    drop(worker);
}

#[tokio::test(flavor = "multi_thread")]
async fn l2_another_process_raises_the_alarm_when_the_worker_is_dead_on_sqlite() {
    let _alone = alone().await;
    watched(&Site::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn l2_another_process_raises_the_alarm_when_the_worker_is_dead_on_postgres() {
    let _alone = alone().await;
    let Some(site) = Site::postgres().await else { return };
    watched(&site).await;
}

/// What watches makes no database and changes none: one that is not there is no calm either.
#[tokio::test(flavor = "multi_thread")]
async fn l2_where_there_is_nothing_to_look_at_the_watch_fails() {
    let _alone = alone().await;
    let site = Site::sqlite();
    let (texts, port) = Texts::start().await;
    let file = site.folder.path().join("varde.prom");
    let mut command = site.varde(&["watch", "--textfile", &file.display().to_string()]);
    command.env("VARDE_NOTICES__SMS_URL", format!("http://127.0.0.1:{port}/"));
    let (calm, said) = ended(command).await;
    assert!(!calm && said.contains("\"alarm\":\"blind\""), "{said}");
    let numbers = std::fs::read_to_string(&file).expect("the numbers");
    assert!(numbers.contains("varde_notices_alarm{what=\"blind\"} 1\n"), "{numbers}");
    let paged: Vec<String> = texts.taken().into_iter().map(|(_, to)| to).collect();
    assert_eq!(paged, ["+4799999901", "+4799999902", "+4799999903"], "whoever is on duty, and the leader");
    assert!(!site.folder.path().join("varde.db").exists());
}
