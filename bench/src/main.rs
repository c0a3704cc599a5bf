//! `cargo xtask bench`: ratios that are measured in one run on one machine, so that the machine falls out of them.
//!
//! The measured process has one core, whoever asks it the other. Two sides take turns (A, B, A, B, …), at least
//! seven times each; the ratio is that of the medians, with a bootstrap interval of 95 %; a target is met when the
//! worse end of the interval meets it.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the bench asks as a client does, by the real clock, and repeats statements as they were recorded"
)]

mod booking;
mod host;
mod load;
mod pages;
mod process;
mod report;
mod rows;
mod run;
mod stats;
mod twin;

use std::{net::SocketAddr, process::ExitCode};

use clap::{Parser, Subcommand};

pub type Failure = Box<dyn std::error::Error + Send + Sync>;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure everything, or some of it.
    Run(run::Run),
    /// Be the process that is measured.
    Serve(host::Host),
    /// Be a hello world and nothing else.
    Hello {
        #[arg(long)]
        listen: SocketAddr,
    },
}

#[tokio::main(flavor = "multi_thread", worker_threads = 4)]
async fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Run(run) => run.all().await,
        Command::Serve(host) => host::serve(host).await.map(|never| match never {}),
        Command::Hello { listen } => host::greet(listen).await.map(|()| ExitCode::SUCCESS),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}
