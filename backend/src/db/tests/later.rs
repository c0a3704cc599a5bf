//! What nobody waits for is done before its command is answered, or its command is refused; and readers that are lent come back.

use super::*;
use crate::args;

/// Says each of these later.
struct Says(Vec<i64>, Then);

#[derive(PartialEq)]
enum Then {
    Ends,
    /// How many of them it sees.
    Looks,
    /// How many rows its last statement changes: the first is moved.
    Moves,
    Refuses,
}

impl Command for Says {
    type Out = i64;

    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        for n in &self.0 {
            tx.later("INSERT INTO told (n) VALUES ($1)", args![*n]).await?;
        }
        let (first, last) = (self.0[0], self.0[self.0.len() - 1]);
        match self.1 {
            Then::Ends => Ok(0),
            Then::Looks => Ok(tx
                .one::<(i64,)>(
                    "SELECT CAST(COUNT(*) AS BIGINT) FROM told WHERE n >= $1 AND n <= $2",
                    args![first, last],
                )
                .await?
                .0),
            Then::Moves => Ok(i64::try_from(
                tx.execute("UPDATE told SET n = n + $2 WHERE n = $1", args![first, 10_000]).await?,
            )
            .unwrap()),
            Then::Refuses => Err(Error::Busy),
        }
    }
}

async fn there(db: &Db) -> Vec<i64> {
    let rows: Vec<(i64,)> = db.all("SELECT n FROM told ORDER BY n", vec![]).await.unwrap();
    rows.into_iter().map(|(n,)| n).collect()
}

async fn place(portal: &Portal) -> &Db {
    portal.ctx.db.write(Raw("CREATE TABLE told (n BIGINT PRIMARY KEY)")).await.unwrap();
    &portal.ctx.db
}

#[tokio::test]
async fn what_fails_later_fails_its_own_command_alone() {
    on_both_engines(async |portal| {
        let db = place(&portal).await;
        let (one, twice, refused, silent, other) = tokio::join!(
            db.write(Says(vec![1, 2], Then::Ends)),
            db.write(Says(vec![3, 3], Then::Ends)),
            db.write(Says(vec![4], Then::Refuses)),
            db.write(Says(vec![5, 5], Then::Looks)),
            db.write(Says(vec![6], Then::Ends)),
        );
        assert!(one.is_ok() && other.is_ok());
        assert!(matches!(twice, Err(Error::Database(_))) && matches!(silent, Err(Error::Database(_))));
        assert!(matches!(refused, Err(Error::Busy)));
        assert_eq!(there(db).await, [1, 2, 6]);
        // Alone in its transaction it is the same.
        assert!(db.write(Says(vec![7, 7], Then::Ends)).await.is_err());
        assert!(db.write(Says(vec![8], Then::Refuses)).await.is_err());
        assert_eq!(there(db).await, [1, 2, 6]);
    })
    .await;
}

#[tokio::test]
async fn what_is_said_later_is_seen_by_what_is_said_next_and_not_counted_with_it() {
    on_both_engines(async |portal| {
        let db = place(&portal).await;
        // More than go along at once.
        assert_eq!(db.write(Says((100..140).collect(), Then::Looks)).await.unwrap(), 40);
        assert_eq!(db.write(Says(vec![1, 2, 3], Then::Moves)).await.unwrap(), 1);
        assert_eq!(there(db).await.len(), 43);
        assert_eq!(there(db).await.last(), Some(&10_001));
    })
    .await;
}

/// More readers than there are go away in the middle of a long statement.
#[tokio::test]
async fn readers_that_are_dropped_are_replaced() {
    let portal = Portal::sqlite().await;
    let db = &portal.ctx.db;
    let long = "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3000000) SELECT MAX(n) FROM c";
    for _ in 0..20 {
        let read = db.one::<(i64,)>(long, vec![]);
        assert!(tokio::time::timeout(Duration::from_millis(2), read).await.is_err(), "it takes longer");
    }
    let all = (0..40).map(|_| db.ping());
    assert!(futures_util::future::join_all(all).await.into_iter().all(|ping| ping.is_ok()));
    db.close().await;
    assert!(matches!(db.ping().await, Err(Error::Stopped)));
}
