//! One run: which groups are measured, in which order, and what becomes of it.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, ValueEnum};

use crate::{
    Failure,
    process::Portal,
    report::{self, Row},
    rows,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Group {
    /// P1, P2, P5, P14.
    Pages,
    /// P3, P4.
    Peers,
    /// P6, P7.
    Booking,
    /// P8.
    Postgres,
    /// P10, P11.
    Browser,
    /// T9, T25.
    Timing,
    /// P9, T9.
    Notices,
    /// Letters: sent, and waiting at the control desk.
    Messages,
    /// P15, many uploads at once, and downloads.
    Files,
    /// P13.
    Memory,
}

#[derive(Args)]
pub struct Run {
    /// A PostgreSQL server on which databases may be made and dropped.
    #[arg(long)]
    postgres: String,
    /// The folder of the peers.
    #[arg(long, default_value = "bench/peers")]
    peers: PathBuf,
    #[arg(long, default_value = "target/bench/report.json")]
    report: PathBuf,
    /// These groups alone.
    #[arg(long, value_delimiter = ',')]
    only: Vec<Group>,
}

impl Run {
    pub async fn all(self) -> Result<ExitCode, Failure> {
        let folder = tempfile::tempdir()?;
        let table = table(folder.path())?;
        let portal = Portal::start(folder.path(), &at(folder.path(), "pages.db"), &table).await?;
        let mut all: Vec<Row> = Vec::new();
        for group in Group::value_variants() {
            if !self.only.is_empty() && !self.only.contains(group) {
                continue;
            }
            let found = self.group(*group, &portal, folder.path(), &table).await?;
            found.iter().for_each(Row::print);
            all.extend(found);
            report::write(&all, &self.report)?;
        }
        let missed: Vec<&str> = all.iter().filter(|row| !row.ok).map(|row| row.id.as_str()).collect();
        println!(
            "{} of {} rows as they should be; {}",
            all.len() - missed.len(),
            all.len(),
            self.report.display()
        );
        if !missed.is_empty() {
            println!("missed: {}", missed.join(", "));
        }
        Ok(ExitCode::SUCCESS)
    }

    async fn group(
        &self,
        group: Group,
        portal: &Portal,
        folder: &Path,
        table: &Path,
    ) -> Result<Vec<Row>, Failure> {
        match group {
            Group::Pages => rows::pages::rows(portal).await,
            Group::Peers => rows::peers::rows(portal, &self.peers, folder, table).await,
            Group::Booking => rows::booking::rows(folder, table).await,
            Group::Postgres => rows::postgres::rows(&self.postgres, folder, table).await,
            Group::Browser => rows::browser::rows(portal, &self.peers, folder, table).await,
            Group::Timing => rows::timing::rows(folder, table).await,
            Group::Notices => rows::notices::rows(folder, table).await,
            Group::Messages => rows::messages::rows(folder, table).await,
            Group::Files => rows::files::rows(folder, table).await,
            Group::Memory => rows::memory::rows(folder, table).await,
        }
    }
}

fn at(folder: &Path, name: &str) -> String {
    format!("sqlite:{}", folder.join(name).display())
}

/// The rows that every table shows.
fn table(folder: &Path) -> Result<PathBuf, Failure> {
    let id = || uuid::Uuid::new_v4().to_string();
    let rows: Vec<(String, String)> = (0..rows::peers::ROWS).map(|_| (id(), id())).collect();
    let file = folder.join("rows.json");
    std::fs::write(&file, serde_json::to_vec(&rows)?)?;
    Ok(file)
}
