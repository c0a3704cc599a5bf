//! F12: what was begun first and committed last is not passed over. Neither queue keeps a mark of how far it has come: each
//! round asks for all that is due.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::sync::Notify;

use super::stage::Stage;
use crate::{
    Result, args,
    db::{Command, Tx},
    outbox::{self, Job},
    testing::on_both_engines,
};

/// Does its part, and keeps its transaction open until it is told.
struct Held<C> {
    inner: C,
    begun: Arc<Notify>,
    go: Arc<Notify>,
    runs: Arc<AtomicUsize>,
}

impl<C: Command> Command for Held<C> {
    type Out = C::Out;

    async fn run(&self, tx: &mut Tx) -> Result<C::Out> {
        let out = self.inner.run(tx).await?;
        if self.runs.fetch_add(1, Ordering::SeqCst) == 0 {
            self.begun.notify_one();
            self.go.notified().await;
        }
        Ok(out)
    }
}

struct Put(Job);

impl Command for Put {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        self.0.save(tx).await
    }
}

/// A matter that is due since then.
struct Due(String, i64);

impl Command for Due {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        tx.later(DUE, args![self.1, &self.0]).await
    }
}

pub const DUE: &str = "UPDATE notice_matter SET due_at = $1 WHERE id = $2";
pub const MATTERS: &str = "SELECT id FROM notice_matter ORDER BY id";
pub const PARKED: &str = "UPDATE notice_matter SET due_at = NULL";

/// The first is held open, the second is written and `poll` looks; then the first commits and `poll` looks again. How many
/// it has found each time, and how often the first was run. On SQLite there is one writer: the second cannot commit before the first, so there is no gap; that
/// is what is tried there.
async fn gap<A: Command, B: Command>(
    (s, postgres): (&Stage, bool),
    (first, second): (A, B),
    poll: impl AsyncFn() -> usize,
) -> (usize, usize, usize) {
    let (begun, go, runs) = (Arc::new(Notify::new()), Arc::new(Notify::new()), Arc::new(AtomicUsize::new(0)));
    let held = Held { inner: first, begun: begun.clone(), go: go.clone(), runs: runs.clone() };
    let db = s.ctx.db.clone();
    let open = tokio::spawn(async move { db.write(held).await });
    begun.notified().await;
    let db = s.ctx.db.clone();
    let mut second = tokio::spawn(async move { db.write(second).await });
    let early = if postgres {
        (&mut second).await.unwrap().unwrap();
        poll().await
    } else {
        let waits = tokio::time::timeout(Duration::from_millis(200), &mut second).await;
        assert!(waits.is_err(), "nobody overtakes the one writer");
        0
    };
    go.notify_one();
    open.await.unwrap().unwrap();
    if !postgres {
        second.await.unwrap().unwrap();
    }
    (early, poll().await, runs.load(Ordering::SeqCst))
}

#[tokio::test]
async fn f12_a_job_that_was_begun_first_and_committed_last_is_done() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        let job = || Put(Job::new(&s.ctx, "letter", &"hei").unwrap());
        // The later one has the later id and the later due time.
        let first = job();
        s.wait(1);
        let pair = (first, job());
        let poll = async || {
            let jobs = outbox::claim(&s.ctx, 10).await.unwrap();
            for job in &jobs {
                assert!(outbox::finish(&s.ctx, job, Ok(())).await.unwrap());
            }
            jobs.len()
        };
        let found = gap((&s, portal.postgres), pair, poll).await;
        assert_eq!(found, if portal.postgres { (1, 1, 1) } else { (0, 2, 1) });
    })
    .await;
}

#[tokio::test]
async fn f12_a_matter_that_fell_due_first_and_committed_last_is_told() {
    on_both_engines(async |portal| {
        let s = Stage::new(&portal).await;
        s.kit().crowd("Even Fjellvik", "26-1234", 2).await;
        s.event(&s.kit().release("release-0", super::stage::KEY, 1, 300)).await;
        let matters: Vec<(String,)> = s.ctx.db.all(MATTERS, vec![]).await.unwrap();
        s.ctx.db.write(crate::testing::Raw(PARKED)).await.unwrap();
        let due = |n: usize, minutes| Due(matters[n].0.clone(), s.now().plus_minutes(minutes).micros());
        let poll = async || {
            let before = s.sink.neutral().len();
            s.works().await;
            s.sink.neutral().len() - before
        };
        let found = gap((&s, portal.postgres), (due(0, -60), due(1, 0)), poll).await;
        // PostgreSQL may throw the first back, for both touched one small table; it commits last all the same.
        assert_eq!((found.0, found.1), if portal.postgres { (1, 1) } else { (0, 2) });
    })
    .await;
}
