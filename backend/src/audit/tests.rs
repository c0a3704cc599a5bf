use super::*;
use crate::{db::Command, testing::on_both_engines};

/// Somebody with the database's own power, past the triggers.
struct Tamper(&'static [&'static str]);

impl Command for Tamper {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        for sql in self.0 {
            tx.later(sql, vec![]).await?;
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

/// The triggers out of the way, as only the database's owner can.
const PAST_THE_TRIGGERS: [&[&str]; 2] = [
    &[
        "DROP TRIGGER audit_no_update",
        "DROP TRIGGER audit_no_delete",
        "DROP TRIGGER audit_seal_no_update",
        "DROP TRIGGER audit_seal_no_delete",
    ],
    &["ALTER TABLE audit DISABLE TRIGGER ALL", "ALTER TABLE audit_seal DISABLE TRIGGER ALL"],
];

/// What is done to the three sealed rows, and the first seal that tells.
const WAYS: [(&str, &[&str], Option<i64>); 8] = [
    ("nothing", &[], None),
    ("a row is changed", &["UPDATE audit SET action = 'nothing' WHERE action = 'look'"], Some(2)),
    (
        "a row goes with its seal",
        &["DELETE FROM audit_seal WHERE seq = 2", "DELETE FROM audit WHERE action = 'look'"],
        Some(3),
    ),
    (
        "the last row goes, its seal stays",
        &[
            "CREATE TABLE seal AS SELECT * FROM audit_seal",
            "DROP TABLE audit_seal",
            "ALTER TABLE seal RENAME TO audit_seal",
            "DELETE FROM audit WHERE action = 'sign_out'",
        ],
        Some(3),
    ),
    (
        "a row goes and the seals close ranks",
        &[
            "DELETE FROM audit_seal WHERE seq = 2",
            "DELETE FROM audit WHERE action = 'look'",
            "UPDATE audit_seal SET seq = 2 WHERE seq = 3",
        ],
        Some(2),
    ),
    (
        "two change places",
        &[
            "UPDATE audit_seal SET seq = 99 WHERE seq = 1",
            "UPDATE audit_seal SET seq = 1 WHERE seq = 2",
            "UPDATE audit_seal SET seq = 2 WHERE seq = 99",
        ],
        Some(1),
    ),
    (
        "a seal is made up from the one before",
        &[
            "UPDATE audit SET detail = 'rewritten' WHERE action = 'sign_out'",
            "UPDATE audit_seal SET hash = (SELECT hash FROM audit_seal WHERE seq = 2) WHERE seq = 3",
        ],
        Some(3),
    ),
    (
        "all seals are made anew without the key",
        &[
            "UPDATE audit SET reason = 'rewritten'",
            "UPDATE audit_seal SET hash = (SELECT hash FROM audit_seal WHERE seq = 1)",
        ],
        Some(1),
    ),
];

#[tokio::test]
async fn t16_who_gets_past_the_trigger_is_named_by_the_chain() {
    for (what, way, told) in WAYS {
        on_both_engines(async |portal| {
            three_rows(&portal.ctx).await;
            let open = PAST_THE_TRIGGERS[usize::from(portal.postgres)];
            portal.ctx.db.write(Tamper(open)).await.unwrap();
            portal.ctx.db.write(Tamper(way)).await.unwrap();
            let verdict = verify(&portal.ctx).await.unwrap();
            let seq = match verdict {
                Verdict::Whole { .. } => None,
                Verdict::Broken { seq, .. } => Some(seq),
            };
            assert_eq!(seq, told, "{what}");
        })
        .await;
    }
}

/// Without an anchor elsewhere a chain cut short is a shorter chain: how many rows it has is all that tells.
#[tokio::test]
async fn t16_a_tail_that_is_cut_off_is_missed_by_the_count_alone() {
    on_both_engines(async |portal| {
        three_rows(&portal.ctx).await;
        let open = PAST_THE_TRIGGERS[usize::from(portal.postgres)];
        portal.ctx.db.write(Tamper(open)).await.unwrap();
        let cut = &["DELETE FROM audit_seal WHERE seq = 3", "DELETE FROM audit WHERE action = 'sign_out'"];
        portal.ctx.db.write(Tamper(cut)).await.unwrap();
        assert_eq!(verify(&portal.ctx).await.unwrap(), Verdict::Whole { rows: 2 });
    })
    .await;
}

/// The sealer goes on while a chain is read: what it has set since the last page is no fault.
#[tokio::test]
async fn t16_seals_set_while_a_chain_is_read_break_nothing() {
    on_both_engines(async |portal| {
        three_rows(&portal.ctx).await;
        for read in 0..=3 {
            let verdict = chain::missing_tail(&portal.ctx, GENERAL, read).await.unwrap();
            assert_eq!(verdict, Verdict::Whole { rows: read });
        }
    })
    .await;
}
