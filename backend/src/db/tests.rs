//! The one writer: what breaks in one command breaks nothing for the others.

use super::*;
use crate::testing::{Portal, Raw, on_both_engines};

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
