use super::*;
use crate::{db::Command, testing::on_both_engines};

/// Somebody with the database's own power, past the triggers.
struct Tamper(&'static [&'static str]);

impl Command for Tamper {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        for sql in self.0 {
            tx.execute(sql, vec![]).await?;
        }
        Ok(())
    }
}

async fn three_rows(ctx: &Ctx) {
    for action in ["sign_in", "look", "sign_out"] {
        record(ctx, Entry::new(ctx, &Actor::System, action)).await.unwrap();
        ctx.clock.set(ctx.now().plus_seconds(1));
    }
    ctx.clock.set(ctx.now().plus_seconds(5));
    assert_eq!(seal(ctx).await.unwrap(), 3);
}

#[tokio::test]
async fn an_untouched_chain_is_whole_and_sealing_again_adds_nothing() {
    on_both_engines(async |portal| {
        three_rows(&portal.ctx).await;
        assert_eq!(seal(&portal.ctx).await.unwrap(), 0);
        assert_eq!(verify(&portal.ctx).await.unwrap(), Verdict::Whole { rows: 3 });
        assert_eq!(oldest_unsealed(&portal.ctx).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn t16_rows_cannot_be_changed_or_removed() {
    on_both_engines(async |portal| {
        three_rows(&portal.ctx).await;
        for sql in [
            "UPDATE audit SET action = 'nothing'",
            "DELETE FROM audit",
            "UPDATE audit_seal SET seq = seq + 1",
            "DELETE FROM audit_seal",
        ] {
            let attempt: &'static [&'static str] = Box::leak(Box::new([sql]));
            assert!(portal.ctx.db.write(Tamper(attempt)).await.is_err(), "{sql}");
        }
        assert_eq!(verify(&portal.ctx).await.unwrap(), Verdict::Whole { rows: 3 });
    })
    .await;
}

#[tokio::test]
async fn t16_who_gets_past_the_trigger_is_named_by_the_chain() {
    on_both_engines(async |portal| {
        three_rows(&portal.ctx).await;
        let ways: &[&[&str]] = if portal.postgres {
            &[&[
                "ALTER TABLE audit DISABLE TRIGGER ALL",
                "UPDATE audit SET action = 'nothing' WHERE action = 'look'",
            ]]
        } else {
            &[&["DROP TRIGGER audit_no_update", "UPDATE audit SET action = 'nothing' WHERE action = 'look'"]]
        };
        for way in ways {
            let way: &'static [&'static str] = Box::leak(way.to_vec().into_boxed_slice());
            portal.ctx.db.write(Tamper(way)).await.unwrap();
        }
        assert!(matches!(verify(&portal.ctx).await.unwrap(), Verdict::Broken { seq: 2, .. }));
    })
    .await;
}
