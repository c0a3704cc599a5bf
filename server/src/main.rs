//! `varde`: one binary for everything that runs.

use std::{
    error::Error,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use backend::{
    audit,
    config::Settings,
    consents,
    ctx::Ctx,
    db::{backup, doubts},
    delivery::Mailer,
};
use clap::{Parser, Subcommand};
use domain::kernel::Reference;
use server::{
    greeting, health, listener, master_key,
    open::{attach, http, open},
    restore, router, sender,
    simulate::{Pace, go_on, simulate},
    telemetry, watch as notices_watch, worker,
};
use tokio::{net::TcpListener, sync::watch};

#[derive(Parser)]
#[command(name = "varde", version, about = "Visits, messages and notices for people outside prison")]
struct Cli {
    /// The settings file; each key can be overridden by VARDE_<SECTION>__<KEY>.
    #[arg(long, global = true, default_value = "Leptos.toml")]
    config: PathBuf,
    /// What is logged, such as `info,sqlx=warn`.
    #[arg(long, global = true, default_value = "info,sqlx=warn")]
    log: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the portal, with a worker in the same process.
    Serve,
    /// Run a worker alone.
    Work,
    /// Bring the database's schema up to date.
    Migrate,
    /// Say everything that production would refuse to start with.
    CheckConfig,
    /// Copy the SQLite database to a new file, while it is at work.
    Backup { file: PathBuf },
    /// Put such a copy in the database's place.
    Restore {
        file: PathBuf,
        /// Also where there is a database; it is kept beside.
        #[arg(long)]
        overwrite: bool,
    },
    /// Look once whether anybody is at work on the notices; if not, page whoever is on duty and end with 2.
    Watch {
        /// Where the numbers go, for a collector of Prometheus text files.
        #[arg(long)]
        textfile: Option<PathBuf>,
    },
    /// Play a small synthetic prison service that tells this portal what happens in it; the demo alone.
    Simulate(Pace),
    /// Print a fresh token of the demo's own systems for calls to the API by hand, good for two minutes; the demo alone.
    Token {
        /// Bound to the inmate of this key, instead of the case system's own.
        #[arg(long, value_name = "KEY")]
        inmate: Option<String>,
    },
    /// The audit trail.
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Recompute the chain and name the first row that is not as it was written.
    Verify,
    /// Print what is kept of each consent in a case, one JSON a line, for a check without this program.
    Evidence { reference: String },
}

type Outcome = Result<ExitCode, Box<dyn Error + Send + Sync>>;

#[tokio::main(flavor = "multi_thread", worker_threads = 4)]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    telemetry::start_logs(&cli.log);
    telemetry::keep_panics_quiet();
    match run(&cli).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("varde: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: &Cli) -> Outcome {
    let settings = Settings::load(&cli.config)?;
    match &cli.command {
        Command::CheckConfig => Ok(check_config(&settings).await),
        Command::Serve => serve(open(settings.checked()?).await?).await,
        Command::Work => work(open(settings.checked()?).await?).await,
        Command::Migrate => open(settings.checked()?).await.map(|_| ExitCode::SUCCESS),
        Command::Backup { file } => {
            backup::backup(&settings.database.url, file).await?;
            println!("{} is a whole copy; keep the master key apart from it", file.display());
            Ok(ExitCode::SUCCESS)
        }
        Command::Restore { file, overwrite } => restored(settings.checked()?, file, *overwrite).await,
        Command::Watch { textfile } => watched(settings.checked()?, textfile.as_deref()).await,
        Command::Simulate(pace) => simulated(&open(settings.checked()?).await?, pace).await,
        Command::Token { inmate } => token(&open(settings.checked()?).await?, inmate.as_deref()).await,
        Command::Audit { command: AuditCommand::Evidence { reference } } => {
            evidence(&open(settings.checked()?).await?, reference).await
        }
        Command::Audit { command: AuditCommand::Verify } => verify(&open(settings.checked()?).await?).await,
    }
}

async fn check_config(settings: &Settings) -> ExitCode {
    let mut refusals = settings.check();
    if !settings.is_demo() {
        refusals.extend(doubts(&settings.database.url).await);
        refusals.extend(master_key::doubt(settings));
    }
    for refusal in &refusals {
        println!("{refusal}");
    }
    if refusals.is_empty() {
        println!("nothing unsafe");
        return ExitCode::SUCCESS;
    }
    ExitCode::FAILURE
}

async fn restored(settings: Settings, file: &Path, overwrite: bool) -> Outcome {
    let restored = restore::restore(settings, file, overwrite).await?;
    println!("whole: {} rows of the audit trail are as they were written", restored.audited);
    println!("everybody is signed out; {} jobs of the outbox wait", restored.open);
    if let Some(kept) = restored.kept {
        println!("what was there before is kept at {}: remove it when it is not needed", kept.display());
    }
    Ok(ExitCode::SUCCESS)
}

async fn serve(ctx: Ctx) -> Outcome {
    // The recorder comes before the first counter.
    let _ = telemetry::metrics();
    backend::demo::seed(&ctx).await?;
    backend::demo::live(&ctx).await?;
    let public = router::public(&ctx, &http()?)?;
    let mailer = Mailer::new(&ctx.settings)?;
    let (listen, ops) = (ctx.settings.server.listen, ctx.settings.ops.listen);
    let (listener, ops) = (TcpListener::bind(listen).await?, TcpListener::bind(ops).await?);
    let header_time = Duration::from_secs(ctx.settings.limits.header_seconds);
    let stop = stop_signal()?;
    let worker = tokio::spawn(worker::run(ctx.clone(), mailer, stop.clone()));
    let health =
        tokio::spawn(listener::serve(ops, health::router(ctx.clone()), header_time, stopped(stop.clone())));
    tracing::info!(address = %ctx.settings.server.base_url, "serving");
    if let Some(greeting) = greeting::text(&ctx) {
        println!("{greeting}");
    }
    let client = http()?;
    tokio::join!(
        go_on(&ctx, &client, stop.clone()),
        listener::serve(listener, public, header_time, stopped(stop))
    );
    let _ = tokio::join!(worker, health);
    ctx.db.close().await;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

async fn work(ctx: Ctx) -> Outcome {
    let mailer = Mailer::new(&ctx.settings)?;
    worker::run(ctx.clone(), mailer, stop_signal()?).await;
    ctx.db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn watched(settings: Settings, textfile: Option<&Path>) -> Outcome {
    let looked = match attach(settings.clone()).await {
        Ok(ctx) => notices_watch::watch(&ctx, textfile).await,
        Err(error) => Err(error),
    };
    let found = match looked {
        Ok(found) => found,
        Err(error) => {
            notices_watch::blind(&settings, textfile).await?;
            return Err(error);
        }
    };
    for raised in &found.raised {
        println!("alarm={} since={}", raised.alarm.code(), raised.since.rfc3339());
    }
    Ok(if found.raised.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

async fn simulated(ctx: &Ctx, pace: &Pace) -> Outcome {
    let tally = simulate(ctx, &http()?, pace).await?;
    println!("{} sent, {} accepted, {} refused", tally.sent, tally.accepted, tally.refused);
    println!("inmates opened {} and answered {}", tally.opened, tally.answered);
    Ok(ExitCode::SUCCESS)
}

async fn token(ctx: &Ctx, inmate: Option<&str>) -> Outcome {
    let (client, key) = (http()?, sender::own(ctx)?);
    let token = match inmate {
        None => sender::token(ctx, &client, &key).await?,
        Some(inmate) => sender::inmate_token(ctx, &client, &key, inmate).await?,
    };
    println!("{token}");
    Ok(ExitCode::SUCCESS)
}

async fn verify(ctx: &Ctx) -> Outcome {
    let verdict = audit::verify(ctx).await?;
    match verdict {
        audit::Verdict::Whole { rows } => {
            println!("whole: {rows} rows are as they were written");
            consented(ctx).await
        }
        audit::Verdict::Broken { seq, audit_id } => {
            println!("broken at seal {seq}, row {audit_id}");
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Each consent is as it was said, and the trail knows it.
async fn consented(ctx: &Ctx) -> Outcome {
    match consents::verify(ctx).await? {
        consents::EvidenceVerdict::Whole { words } => {
            println!("whole: {words} words of consent are as they were said");
            Ok(ExitCode::SUCCESS)
        }
        consents::EvidenceVerdict::Broken { word } => {
            println!("broken at consent {word}");
            Ok(ExitCode::FAILURE)
        }
    }
}

async fn evidence(ctx: &Ctx, reference: &str) -> Outcome {
    let reference = Reference::parse(reference).ok_or("that is no reference")?;
    for kept in consents::export(ctx, &reference).await? {
        println!("{}", serde_json::to_string(&kept)?);
    }
    Ok(ExitCode::SUCCESS)
}

/// Becomes true at SIGTERM or SIGINT.
fn stop_signal() -> std::io::Result<watch::Receiver<bool>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut term, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let (tell, stop) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = term.recv() => {}
            _ = interrupt.recv() => {}
        }
        let _ = tell.send(true);
        // The sender lives until everybody has read it.
        tell.closed().await;
    });
    Ok(stop)
}

async fn stopped(mut stop: watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}
