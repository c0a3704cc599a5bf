//! F2: the disk is full. On a small file system of its own where this may be mounted (as root), which fills as a real
//! disk does; elsewhere SQLite is told that its file may grow no further, which fails with the same code. Every write
//! is refused with what was typed, reading goes on, an alarm is raised, and with room again all is as before.

use std::{path::PathBuf, process::Command};

use backend::{
    blobs::testing::pdf,
    visits::booking::testing::{Member, Whom},
};

use crate::{
    process::{Server, Site, alone, client},
    upload::{created, offset, patch},
    visitor::{Answer, get, post, stage, without_demo},
};

/// A file system of a few megabytes, gone when dropped.
struct Small(PathBuf);

impl Small {
    fn mount(on: PathBuf) -> Option<Self> {
        std::fs::create_dir_all(&on).expect("a folder");
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", "size=12m", "tmpfs"]).arg(&on).status();
        done.is_ok_and(|status| status.success()).then_some(Self(on))
    }

    /// Takes every byte that is left.
    fn fill(&self) {
        use std::io::Write;
        let mut file = std::fs::File::create(self.0.join("filler")).expect("a file");
        for size in [65_536, 4_096, 1] {
            while file.write_all(&vec![0; size]).is_ok() {}
        }
    }

    fn make_room(&self) {
        std::fs::remove_file(self.0.join("filler")).expect("removed");
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

const NEEDS: &str = "/api/visits/apply/needs";
const LONG: &str = "Rampe ved inngangen, og en stol. ";

async fn keep(server: &Server, who: &Member) -> Answer {
    let note = LONG.repeat(12);
    let form = [("needs[]", "wheelchair"), ("language", ""), ("note", note.as_str())];
    post(&client(), &server.base, who, NEEDS, &form).await.expect("an answer")
}

#[tokio::test(flavor = "multi_thread")]
async fn f02_a_full_disk_is_told_and_nothing_typed_is_lost() {
    let _alone = alone().await;
    let mut site = Site::sqlite();
    let Some(disk) = Small::mount(site.folder.path().join("disk")) else {
        println!("no file system may be mounted here: f02 in backend/src/db/tests.rs stands for it");
        return;
    };
    site.url = format!("sqlite:{}", disk.0.join("varde.db").display());
    let ctx = site.ctx().await;
    without_demo(&ctx).await;
    let people = stage(&ctx).await.crowd(8, Whom::OneEach).await;
    ctx.db.close().await;
    let server = site.serve(&[]).await;
    assert_eq!(keep(&server, &people[0]).await.status, 303);
    disk.fill();
    let mut refused = None;
    // What is left of the log's last block takes a few more.
    for round in 0..200 {
        let answer = keep(&server, &people[round % people.len()]).await;
        if answer.status != 303 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("a full disk is noticed");
    assert_eq!(refused.status, 503, "{}", refused.text);
    assert!(refused.text.contains("name=\"needs[]\" value=\"wheelchair\"") && refused.text.contains(LONG));
    let page = get(&client(), &server.base, &people[1], "/visits/apply/needs").await.expect("an answer");
    assert_eq!(page.status, 200, "what can be read is read");
    let metrics = server.metrics().await;
    let alarm = metrics.lines().find_map(|line| line.strip_prefix("varde_storage_failures "));
    assert!(alarm.is_some_and(|count| count.parse::<u64>().expect("a number") > 0), "{metrics}");
    disk.make_room();
    for who in &people {
        assert_eq!(keep(&server, who).await.status, 303, "there is room again");
    }
    server.kill();
    let ctx = site.ctx().await;
    let (whole,): (String,) = ctx.db.one("PRAGMA integrity_check", vec![]).await.expect("a check");
    assert_eq!(whole, "ok");
    let count = "SELECT CAST(COUNT(*) AS BIGINT) FROM application_draft";
    assert_eq!(ctx.db.one::<(i64,)>(count, vec![]).await.expect("a count").0, 8);
    ctx.db.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f02_a_full_disk_takes_no_half_file() {
    let _alone = alone().await;
    let site = Site::sqlite();
    let Some(disk) = Small::mount(site.folder.path().join("disk")) else {
        println!(
            "no file system may be mounted here: f02 in server/tests/http/transfer_faults.rs stands for it"
        );
        return;
    };
    let ctx = site.ctx().await;
    without_demo(&ctx).await;
    let people = stage(&ctx).await.crowd(1, Whom::OneEach).await;
    ctx.db.close().await;
    let store = disk.0.join("files").display().to_string();
    let server = site.serve(&[("VARDE_BLOBS__STORE", store.as_str())]).await;
    let (who, file) = (&people[0], pdf(2_000_000));
    let path = created(&server, who, file.len()).await;
    assert_eq!(patch(&server, who, &path, 0, &file[..300_000]).await, 204);
    disk.fill();
    assert_eq!(patch(&server, who, &path, 300_000, &file[300_000..]).await, 503, "told, and never a success");
    assert_eq!(offset(&server, who, &path).await, 300_000, "what was kept is what was answered");
    disk.make_room();
    assert_eq!(patch(&server, who, &path, 300_000, &file[300_000..]).await, 204, "there is room again");
    server.kill();
}
