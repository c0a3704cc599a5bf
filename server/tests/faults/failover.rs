//! F14: the machine of the database is gone while many book, and its standby takes over. With synchronous replication,
//! which OPERATIONS asks for, what was answered is there. Two PostgreSQL of this test's own, which it may kill.

use std::{
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use backend::{testing, visits::booking::testing::Whom};
use tempfile::TempDir;

use crate::{
    killed::{asked_again, busy_unit, judge, set_off_until_it_breaks, until_booked},
    process::{Process, Site, alone, run},
    visitor::without_demo,
};

/// After so many answers of yes the first machine goes.
const ANSWERS: usize = 25;

/// Where PostgreSQL's programs are; Debian keeps them off the path.
/// `cargo xtask test` installs them.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let folders = versions.map(|entry| entry.path().join("bin"));
    folders
        .filter(|folder| folder.join("pg_basebackup").exists())
        .max()
        .expect("PostgreSQL's own programs are on this machine")
}

/// One machine: its data, its socket, its server.
struct Machine {
    programs: PathBuf,
    folder: TempDir,
    /// None before it runs and when it is gone.
    server: Option<Process>,
}

impl Machine {
    fn new(programs: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        if is_root() {
            let owned = Command::new("chown").arg("nobody:nogroup").arg(folder.path()).status();
            assert!(owned.expect("chown").success());
        }
        Self { programs: programs.to_owned(), folder, server: None }
    }

    fn host(&self) -> String {
        self.folder.path().display().to_string()
    }

    fn data(&self) -> String {
        format!("{}/data", self.host())
    }

    fn url(&self) -> String {
        format!("postgres:///postgres?host={}&user=postgres", self.host())
    }

    /// A program of PostgreSQL, which does not run as root.
    fn command(&self, name: &str, args: &[&str]) -> Command {
        let program = self.programs.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.args(args).current_dir(self.folder.path()).stdin(Stdio::null()).stdout(Stdio::null());
        command
    }

    fn done(&self, name: &str, args: &[&str]) {
        let output = self.command(name, args).stderr(Stdio::piped()).output().expect("it runs");
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Nothing here outlives the test, so nothing needs to reach a disk: no machine loses its power.
    fn start(&mut self, more: &[&str]) {
        let (data, host) = (self.data(), self.host());
        let quiet = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", "log_min_messages=panic"];
        let args = [&["-D", &data, "-k", &host], &quiet[..], more].concat();
        self.server = Some(Process(self.command("postgres", &args).spawn().expect("a server")));
    }

    async fn until_ready(&self) {
        for _ in 0..600 {
            if self.command("pg_isready", &["-q", "-h", &self.host()]).status().is_ok_and(|s| s.success()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("PostgreSQL did not get ready within a minute");
    }

    /// Every commit waits until the standby has it.
    async fn first(programs: &Path) -> Self {
        let mut machine = Self::new(programs);
        let data = machine.data();
        machine.done("initdb", &["-D", &data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]);
        machine.start(&["-c", "synchronous_commit=on", "-c", "synchronous_standby_names=*"]);
        machine.until_ready().await;
        machine
    }

    /// It follows the first one.
    async fn standby(first: &Self) -> Self {
        let mut machine = Self::new(&first.programs);
        let (data, from) = (machine.data(), first.host());
        let copy =
            ["-D", &data, "-h", &from, "-U", "postgres", "-R", "-X", "stream", "-c", "fast", "--no-sync"];
        machine.done("pg_basebackup", &copy);
        machine.start(&[]);
        machine.until_ready().await;
        machine
    }

    /// It follows no more: it is the database now.
    async fn promote(&self) {
        let data = self.data();
        self.done("pg_ctl", &["promote", "-w", "-t", "60", "-D", &data]);
    }

    /// SIGKILL: its own children find out by themselves, and nobody hears a word.
    fn is_gone(&mut self) {
        drop(self.server.take());
    }
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|about| about.uid() == 0)
}

#[tokio::test(flavor = "multi_thread")]
async fn f14_what_was_answered_is_there_after_a_failover() {
    let _alone = alone().await;
    if testing::Database::new().await.is_none() {
        return;
    }
    let programs = programs();
    let mut first = Machine::first(&programs).await;
    let second = Machine::standby(&first).await;
    let site = Site::at(first.url());
    // The first commit of the schema waits for the standby: from here on the two go together.
    let ctx = site.ctx().await;
    without_demo(&ctx).await;
    let people = busy_unit(&ctx).await.crowd(16, Whom::OneEach).await;
    let server = site.serve(&[]).await;
    let (mut told, visitors) = set_off_until_it_breaks(&server.base, &people, 0);
    let mut heard = until_booked(&mut told, ANSWERS).await;
    first.is_gone();
    second.promote().await;
    for visitor in visitors {
        visitor.await.expect("a visitor");
    }
    while let Some(one) = told.recv().await {
        heard.push(one);
    }
    server.kill();
    let site = Site::at(second.url());
    let ctx = site.ctx().await;
    let unsure = asked_again(&site, &heard).await;
    println!("{} answers, {unsure} confirmations without one", heard.len());
    judge(&ctx, heard).await;
    let (done, said) = run(&site, &["audit", "verify"]).await;
    assert!(done && said.contains("whole:"), "{said}");
    ctx.db.close().await;
}
