//! What happens outside requests: the outbox's jobs, what falls due by the calendar, the audit's sealer and the numbers
//! that tell how much waits. Each on its own, so that a slow mail server delays letters and nothing else.

use std::{sync::Arc, time::Duration};

use app::{letters::Letters, notices::letters::Open};
use backend::{
    Result, audit,
    blobs::{self, Scanner},
    consents, corrections,
    ctx::Ctx,
    delivery::Mailer,
    documents, form_try,
    identity::login,
    messages, notices, outbox, trail,
    visits::{assisted::unreached, booking, clearance, sessions},
    wiring::{self, Providers},
};
use domain::kernel::Instant;
use tokio::sync::watch;

const PAUSE: Duration = Duration::from_secs(1);

/// A notice is with its provider within a second.
const NOTICES: Duration = Duration::from_millis(500);

/// Between two signs of life, in microseconds.
const BEAT: i64 = 20_000_000;

/// Between two looks at what falls due on a day.
const CALENDAR: Duration = Duration::from_secs(60);

/// Between two looks at files that are past their time, in seconds.
const SWEEPING: i64 = 60;

/// Between two looks at what lies in the store of files and belongs to nothing.
const ORPHANS: Duration = Duration::from_secs(6 * 60 * 60);

/// Works until told to stop; what is begun is finished.
pub async fn run(ctx: Ctx, mailer: Mailer, stop: watch::Receiver<bool>) {
    tokio::join!(
        jobs(&ctx, &mailer, stop.clone()),
        tells(&ctx, stop.clone()),
        calendar(&ctx, stop.clone()),
        files(&ctx, stop.clone()),
        orphans(&ctx, stop.clone()),
        count(&ctx, stop)
    );
}

/// Waits for the next round; false when told to stop.
async fn goes_on(pause: Duration, stop: &mut watch::Receiver<bool>) -> bool {
    tokio::select! {
        () = tokio::time::sleep(pause) => {}
        _ = stop.changed() => {}
    }
    !*stop.borrow()
}

/// A failure is told and does not end the others.
fn tell<T>(what: &'static str, outcome: Result<T>) -> Option<T> {
    outcome
        .inspect_err(|error| {
            metrics::counter!("varde_worker_failures", "what" => what).increment(1);
            tracing::error!(%error, what, "a round of the worker failed");
        })
        .ok()
}

/// Without a pause as long as something is due.
async fn jobs(ctx: &Ctx, mailer: &Mailer, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let done = tell("jobs", wiring::work_once(ctx, mailer, &Letters).await).unwrap_or(0);
        if done == 0 && !goes_on(PAUSE, &mut stop).await {
            return;
        }
    }
}

/// The notices have their own queue and their own providers: no letter is in their way.
async fn tells(ctx: &Ctx, mut stop: watch::Receiver<bool>) {
    let providers =
        Mailer::for_notices(&ctx.settings).map(|mailer| Arc::new(Providers { mailer, words: Open }));
    let Some(providers) = tell("notices", providers) else { return };
    let mut alive = Instant(0);
    while !*stop.borrow() {
        let done = tell("notices", wiring::tell_once(ctx, &providers).await);
        // A clock that was put back gives its sign at once too.
        let quiet = ctx.now().micros() - alive.micros();
        if done.is_some() && !(0..BEAT).contains(&quiet) {
            alive = ctx.now();
            tell("beat", notices::watch::beat(ctx).await);
        }
        let done = done.unwrap_or(0);
        if done == 0 && !goes_on(NOTICES, &mut stop).await {
            return;
        }
    }
}

async fn calendar(ctx: &Ctx, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        tell("closing", clearance::close_due(ctx).await);
        tell("reminding", clearance::remind_due(ctx).await);
        tell("telling what ends", clearance::tell_ending(ctx).await);
        tell("reminding of visits", booking::remind_due(ctx).await);
        tell("visits ahead", booking::check_ahead(ctx).await);
        tell("reminding to answer", consents::remind_due(ctx).await);
        tell("reminding of corrections", corrections::remind_due(ctx).await);
        tell("children", wiring::end_with_clearances(ctx).await);
        tell("consents", consents::sweep(ctx).await);
        tell("trail", trail::tend(ctx).await);
        tell("looks", wiring::watch_looks(ctx).await);
        tell("alerts", trail::sweep(ctx).await);
        tell("figures", wiring::count_up(ctx).await);
        tell("sessions", sessions::tend(ctx).await);
        tell("visits asked for", booking::request::tend(ctx).await);
        tell("unreached", unreached::tend(ctx).await);
        tell("what is urgent", booking::counsel::urgent::tend(ctx).await);
        tell("what is brought", booking::counsel::bringing::tend(ctx).await);
        tell("waiting for times", booking::waiting::tend(ctx).await);
        tell("tries", form_try::sweep(ctx).await);
        tell("attempts", login::sweep(ctx).await);
        tell("wishes", notices::calendar::tend(ctx).await);
        tell("messages", messages::tend(ctx).await);
        tell("documents", documents::tend(ctx).await);
        tell("keeping", wiring::keeping::tonight(ctx).await);
        goes_on(CALENDAR, &mut stop).await;
    }
}

/// Scans what has been received, ends what nobody came back for, drops what is due.
async fn files(ctx: &Ctx, mut stop: watch::Receiver<bool>) {
    let scanner = Scanner::new(&ctx.settings.blobs);
    let mut swept = Instant(0);
    while !*stop.borrow() {
        let done = tell("files", blobs::check_due(ctx, &scanner).await).unwrap_or(0);
        if ctx.now() >= swept.plus_seconds(SWEEPING) || ctx.now() < swept {
            swept = ctx.now();
            tell("left files", blobs::finish_left(ctx).await);
            tell("expired files", blobs::expire(ctx).await);
            tell("dropped files", blobs::drop_due(ctx).await);
        }
        if done == 0 && !goes_on(PAUSE, &mut stop).await {
            return;
        }
    }
}

/// Looks through the whole store, so not often.
async fn orphans(ctx: &Ctx, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        tell("orphans", blobs::sweep_orphans(ctx).await);
        goes_on(ORPHANS, &mut stop).await;
    }
}

async fn count(ctx: &Ctx, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        tell("audit", audit::seal(ctx).await);
        tell("numbers", numbers(ctx).await);
        goes_on(PAUSE, &mut stop).await;
    }
}

async fn numbers(ctx: &Ctx) -> Result<()> {
    let oldest = audit::oldest_unsealed(ctx).await?;
    let age = oldest.map_or(0, |at| (ctx.now().micros() - at.micros()).max(0) / 1_000_000);
    let (open, oldest, failed) = outbox::backlog(ctx).await?;
    let (due, late) = notices::ladder::backlog(ctx).await?;
    let (waiting, eldest, unanswered) = blobs::backlog(ctx).await?;
    for (name, value) in [
        ("varde_audit_oldest_unsealed_seconds", age),
        ("varde_outbox_open", open),
        ("varde_outbox_oldest_seconds", oldest),
        ("varde_outbox_failed", failed),
        ("varde_notices_due", due),
        ("varde_notices_oldest_seconds", late),
        ("varde_files_checking", waiting),
        ("varde_files_checking_oldest_seconds", eldest),
        ("varde_files_scanner_away", unanswered),
    ] {
        metrics::gauge!(name).set(value as f64);
    }
    Ok(())
}
