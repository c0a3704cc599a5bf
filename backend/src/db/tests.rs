//! The one writer: what breaks in one command breaks nothing for the others.

use std::collections::BTreeSet;

use sqlx::{Connection, SqliteConnection};

use super::*;
use crate::testing::{Portal, Raw, on_both_engines};

mod crowded;
mod later;

struct Panics;

impl Command for Panics {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.execute("DELETE FROM unit", vec![]).await?;
        panic!("a fault of ours");
    }
}

async fn units(db: &Db) -> i64 {
    db.one::<(i64,)>("SELECT CAST(COUNT(*) AS BIGINT) FROM unit", vec![]).await.unwrap().0
}

#[tokio::test]
async fn a_command_that_panics_takes_nothing_with_it() {
    let portal = Portal::sqlite().await;
    portal.unit("lyngmo").await;
    let db = &portal.ctx.db;
    let before = units(db).await;
    let (one, bad, other) = tokio::join!(
        db.write(Raw("UPDATE unit SET phone = '1'")),
        db.write(Panics),
        db.write(Raw("UPDATE unit SET email = '2'")),
    );
    assert!(one.is_ok() && bad.is_err() && other.is_ok());
    assert_eq!(units(db).await, before);
}

#[tokio::test]
async fn after_closing_nothing_is_written_and_everybody_is_told() {
    on_both_engines(async |portal| {
        portal.unit("lyngmo").await;
        portal.ctx.db.close().await;
        assert!(portal.ctx.db.write(Raw("DELETE FROM unit")).await.is_err());
    })
    .await;
}

/// F2: SQLite is told that its file may grow no further, which fails as a full disk does.
#[tokio::test]
async fn f02_a_full_disk_refuses_everybody_and_loses_nothing() {
    let portal = Portal::sqlite().await;
    let db = &portal.ctx.db;
    db.write(Raw("CREATE TABLE heavy (n INTEGER PRIMARY KEY, what BLOB)")).await.unwrap();
    let (pages,): (i64,) = db.one("PRAGMA page_count", vec![]).await.unwrap();
    let limit = |pages: i64| Box::leak(format!("PRAGMA max_page_count = {pages}").into_boxed_str()) as &str;
    db.write(Raw(limit(pages + 20))).await.unwrap();
    let write = Raw("INSERT INTO heavy (what) VALUES (RANDOMBLOB(3000))");
    let (mut kept, mut refused) = (0, 0);
    for _ in 0..10 {
        let all: Vec<_> = (0..10)
            .map(|_| {
                let (db, write) = (db.clone(), Raw(write.0));
                tokio::spawn(async move { db.write(write).await })
            })
            .collect();
        for one in all {
            match one.await.unwrap() {
                Ok(_) => kept += 1,
                Err(Error::Storage(_)) => refused += 1,
                Err(other) => panic!("{other}"),
            }
        }
    }
    assert!(kept > 0 && refused > 0, "{kept} {refused}");
    let count = "SELECT CAST(COUNT(*) AS BIGINT) FROM heavy";
    assert_eq!(db.one::<(i64,)>(count, vec![]).await.unwrap().0, kept, "what was answered and nothing else");
    db.write(Raw(limit(1_000_000))).await.unwrap();
    db.write(write).await.expect("there is room again");
    assert_eq!(db.one::<(String,)>("PRAGMA integrity_check", vec![]).await.unwrap().0, "ok");
}

/// A database in a folder of its own, whose files a test may copy.
struct Place(std::path::PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("varde-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.0.join(name)
    }

    fn url(&self, name: &str) -> String {
        format!("sqlite:{}", self.file(name).display())
    }

    /// What a start after a power cut finds in these files.
    async fn recovered(&self, name: &str) -> BTreeSet<i64> {
        let mut connection = SqliteConnection::connect(&self.url(name)).await.unwrap();
        let whole: (String,) =
            sqlx::query_as("PRAGMA integrity_check").fetch_one(&mut connection).await.unwrap();
        assert_eq!(whole.0, "ok");
        let rows: Vec<(i64,)> =
            sqlx::query_as("SELECT n FROM told").fetch_all(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        rows.into_iter().map(|(n,)| n).collect()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

struct Put(i64);

impl Command for Put {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let sql = "INSERT INTO told (n, what) VALUES ($1, RANDOMBLOB(700))";
        tx.execute(sql, crate::args![self.0]).await.map(|_| ())
    }
}

type Told = Arc<std::sync::Mutex<Vec<(i64, u64)>>>;

/// Many write at once. Each answer is noted with how long the log was then.
async fn write_much(db: &Db, log: std::path::PathBuf, told: &Told) {
    let mut all = Vec::new();
    for task in 0..8_i64 {
        let (db, log, told) = (db.clone(), log.clone(), told.clone());
        all.push(tokio::spawn(async move {
            for n in 0..25 {
                db.write(Put(task * 1_000 + n)).await.unwrap();
                let length = std::fs::metadata(&log).unwrap().len();
                told.lock().unwrap().push((task * 1_000 + n, length));
            }
        }));
    }
    for one in all {
        one.await.unwrap();
    }
}

/// F3: the log is only ever added to here, so the disk at any moment is the file and a beginning of the log, perhaps
/// with a torn end.
#[tokio::test(flavor = "multi_thread")]
async fn f03_a_power_cut_at_any_byte_of_the_log_keeps_what_was_answered() {
    let place = Place::new("power");
    let db = Db::open(&place.url("varde.db")).await.unwrap();
    db.write(Raw("CREATE TABLE told (n INTEGER PRIMARY KEY, what BLOB)")).await.unwrap();
    // Closing puts all of it into the file: a log that begins anew within its old length would not grow.
    db.close().await;
    let db = Db::open(&place.url("varde.db")).await.unwrap();
    db.write(Raw("PRAGMA wal_autocheckpoint = 0")).await.unwrap();
    let (log, told) = (place.file("varde.db-wal"), Told::default());
    let file = std::fs::read(place.file("varde.db")).unwrap();
    write_much(&db, log.clone(), &told).await;
    let (whole, told) = (std::fs::read(&log).unwrap(), told.lock().unwrap().clone());
    assert_eq!(std::fs::read(place.file("varde.db")).unwrap(), file, "nothing but the log was written");
    let chance = crate::ctx::Chance::seeded(3);
    for round in 0..60 {
        let draw = usize::try_from(u32::from_le_bytes(chance.bytes())).unwrap();
        let cut = if round == 0 { whole.len() } else { draw % whole.len() };
        let mut kept = whole[..cut].to_vec();
        if round % 2 == 1 {
            kept.extend(chance.bytes::<512>());
        }
        std::fs::write(place.file("cut.db"), &file).unwrap();
        std::fs::write(place.file("cut.db-wal"), &kept).unwrap();
        let _ = std::fs::remove_file(place.file("cut.db-shm"));
        let found = place.recovered("cut.db").await;
        let lost: Vec<_> = told.iter().filter(|(n, at)| *at <= cut as u64 && !found.contains(n)).collect();
        assert!(lost.is_empty(), "answered and lost at byte {cut}: {lost:?}");
    }
}

/// Copies both files while the writer is at work on this: the disk as it is at that moment.
struct Cut(std::path::PathBuf, std::path::PathBuf);

impl Command for Cut {
    type Out = ();

    async fn run(&self, _: &mut Tx) -> Result<()> {
        for end in ["", "-wal"] {
            let (from, to) = (format!("{}{end}", self.0.display()), format!("{}{end}", self.1.display()));
            std::fs::copy(from, to).map_err(|_| Error::Broken("a copy"))?;
        }
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn f03_the_disk_at_any_moment_has_what_was_answered() {
    let place = Place::new("moment");
    let db = Db::open(&place.url("varde.db")).await.unwrap();
    db.write(Raw("CREATE TABLE told (n INTEGER PRIMARY KEY, what BLOB)")).await.unwrap();
    // Folded into the file often, so that moments fall on both sides of it.
    db.write(Raw("PRAGMA wal_autocheckpoint = 20")).await.unwrap();
    let (told, log) = (Told::default(), place.file("varde.db-wal"));
    let writing = tokio::spawn({
        let (db, told) = (db.clone(), told.clone());
        async move { write_much(&db, log, &told).await }
    });
    let (mut cuts, mut moments) = (0, Vec::new());
    while !writing.is_finished() || cuts == 0 {
        let answered: Vec<i64> = told.lock().unwrap().iter().map(|(n, _)| *n).collect();
        let name = format!("cut-{cuts}.db");
        db.write(Cut(place.file("varde.db"), place.file(&name))).await.unwrap();
        moments.push((name, answered));
        cuts += 1;
    }
    writing.await.unwrap();
    for (name, answered) in moments {
        let found = place.recovered(&name).await;
        assert!(answered.iter().all(|n| found.contains(n)), "{name}");
    }
}

/// Reads, then writes what follows from it: what an upgraded lock would throw back.
struct CountOn;

impl Command for CountOn {
    type Out = i64;

    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        let (n,): (i64,) = tx.one("SELECT n FROM told", vec![]).await?;
        tokio::task::yield_now().await;
        tx.execute("UPDATE told SET n = $1", crate::args![n + 1]).await?;
        Ok(n + 1)
    }
}

/// F11: one writer a process, and two processes at one file.
#[tokio::test(flavor = "multi_thread")]
async fn f11_read_then_write_is_never_busy_and_loses_nothing() {
    let place = Place::new("upgrade");
    let one = Db::open(&place.url("varde.db")).await.unwrap();
    one.write(Raw("CREATE TABLE told (n BIGINT NOT NULL)")).await.unwrap();
    one.write(Raw("INSERT INTO told VALUES (0)")).await.unwrap();
    // As `varde migrate` or `varde audit verify` beside a running server.
    let other = Db::open(&place.url("varde.db")).await.unwrap();
    let mut all = Vec::new();
    for task in 0..40 {
        let db = if task % 2 == 0 { one.clone() } else { other.clone() };
        all.push(tokio::spawn(async move {
            let mut seen = Vec::new();
            for _ in 0..25 {
                seen.push(db.write(CountOn).await.expect("never busy"));
            }
            seen
        }));
    }
    let mut seen = BTreeSet::new();
    for task in all {
        seen.extend(task.await.unwrap());
    }
    assert_eq!(seen.len(), 1_000, "no two were told the same");
    assert_eq!(one.one::<(i64,)>("SELECT n FROM told", vec![]).await.unwrap().0, 1_000);
}

/// F19: a backup that was killed leaves its half behind; one that fails leaves nothing; one at work is left alone.
#[tokio::test]
async fn f19_half_a_copy_is_in_nobodys_way() {
    let place = Place::new("part");
    Db::open(&place.url("varde.db")).await.unwrap().close().await;
    std::fs::write(place.file("bad.db"), "no database at all, but long enough to be looked at".repeat(40))
        .unwrap();
    let (to, half) = (place.file("copy.db"), place.file("copy.db.part"));
    std::fs::write(&half, "half a copy").unwrap();
    let other = std::fs::File::open(&place.0).unwrap();
    other.lock_shared().unwrap();
    let refused = backup::backup(&place.url("varde.db"), &to).await;
    assert!(matches!(refused, Err(backup::Trouble::AtWork(_))), "{refused:?}");
    assert_eq!(std::fs::read_to_string(&half).unwrap(), "half a copy");
    drop(other);
    let failed = backup::backup(&place.url("bad.db"), &to).await;
    assert!(failed.is_err() && !half.exists() && !to.exists(), "{failed:?}");
    std::fs::write(&half, "half a copy").unwrap();
    backup::backup(&place.url("varde.db"), &to).await.unwrap();
    assert!(to.exists() && !half.exists());
    // Two in one folder are not in each other's way.
    let (one, two) = (place.file("one.db"), place.file("two.db"));
    let from = place.url("varde.db");
    let (one, two) = tokio::join!(backup::backup(&from, &one), backup::backup(&from, &two));
    assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
}
