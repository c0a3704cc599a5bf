//! What happens outside requests: the audit's sealer, the numbers that tell how much waits. The outbox's
//! jobs are worked on here as soon as the backend has something that sends them.

use std::time::Duration;

use backend::{audit, ctx::Ctx, outbox};
use tokio::sync::watch;

const PAUSE: Duration = Duration::from_secs(1);

/// Works until told to stop; what is begun is finished.
pub async fn run(ctx: Ctx, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = round(&ctx).await {
            metrics::counter!("varde_worker_failures").increment(1);
            tracing::error!(%error, "a round of the worker failed");
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.changed() => {}
        }
    }
}

async fn round(ctx: &Ctx) -> backend::Result<()> {
    audit::seal(ctx).await?;
    let oldest = audit::oldest_unsealed(ctx).await?;
    let age = oldest.map_or(0, |at| (ctx.now().micros() - at.micros()).max(0) / 1_000_000);
    let (open, oldest, failed) = outbox::backlog(ctx).await?;
    for (name, value) in [
        ("varde_audit_oldest_unsealed_seconds", age),
        ("varde_outbox_open", open),
        ("varde_outbox_oldest_seconds", oldest),
        ("varde_outbox_failed", failed),
    ] {
        metrics::gauge!(name).set(value as f64);
    }
    Ok(())
}
