use super::*;
use crate::testing::on_both_engines;

struct Put(Job);

impl Command for Put {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        self.0.save(tx).await
    }
}

async fn put(ctx: &Ctx) {
    ctx.db.write(Put(Job::new(ctx, "letter", &"hei").unwrap())).await.unwrap();
}

#[tokio::test]
async fn a_job_is_claimed_once_and_done_once() {
    on_both_engines(async |portal| {
        put(&portal.ctx).await;
        let first = claim(&portal.ctx, 10).await.unwrap();
        assert_eq!(first.len(), 1);
        assert_eq!(first[0].payload::<String>().unwrap(), "hei");
        assert!(claim(&portal.ctx, 10).await.unwrap().is_empty());
        assert!(finish(&portal.ctx, &first[0], Ok(())).await.unwrap());
        assert!(!finish(&portal.ctx, &first[0], Ok(())).await.unwrap(), "the lease is gone");
        assert_eq!(backlog(&portal.ctx).await.unwrap(), (0, 0, 0));
    })
    .await;
}

#[tokio::test]
async fn f16_a_worker_that_slept_through_its_lease_completes_nothing() {
    on_both_engines(async |portal| {
        put(&portal.ctx).await;
        let slept = claim(&portal.ctx, 1).await.unwrap().remove(0);
        portal.ctx.clock.set(portal.ctx.now().plus_seconds(LEASE_SECONDS + 1));
        let awake = claim(&portal.ctx, 1).await.unwrap().remove(0);
        assert!(!finish(&portal.ctx, &slept, Ok(())).await.unwrap());
        assert!(finish(&portal.ctx, &awake, Ok(())).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn failure_waits_longer_each_time_and_ends_as_failed() {
    on_both_engines(async |portal| {
        put(&portal.ctx).await;
        for n in 1..=MOST_TRIES {
            let job = claim(&portal.ctx, 1).await.unwrap().pop().unwrap_or_else(|| panic!("try {n}"));
            finish(&portal.ctx, &job, Err("smtp_refused")).await.unwrap();
            assert!(claim(&portal.ctx, 1).await.unwrap().is_empty(), "it must wait");
            portal.ctx.clock.set(portal.ctx.now().plus_seconds(3601));
        }
        assert!(claim(&portal.ctx, 1).await.unwrap().is_empty());
        assert_eq!(backlog(&portal.ctx).await.unwrap(), (0, 0, 1));
    })
    .await;
}
