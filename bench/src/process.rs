//! Processes that are measured: each on the first core, killed when dropped.

use std::{
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use crate::Failure;

/// The core of whoever is measured.
const MEASURED: &str = "0";

/// The same key for every process of a bench: sessions are found by a keyed hash.
const KEY: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

/// Settings that stand over Leptos.toml's: this machine is all the world's visitors.
pub const LIMITS: [(&str, &str); 4] = [
    ("VARDE_VAULT__MASTER_KEY", KEY),
    ("VARDE_LIMITS__REQUESTS_PER_MINUTE", "1000000000"),
    ("VARDE_LIMITS__WRITES_PER_MINUTE", "1000000000"),
    ("VARDE_LIMITS__CONCURRENT_REQUESTS", "10000"),
];

pub struct Measured {
    child: Child,
    pub base: String,
}

impl Measured {
    /// Runs `command` on the measured core until it listens.
    pub async fn start(name: &str, command: &mut Command, port: u16, log: &Path) -> Result<Self, Failure> {
        let file = std::fs::File::create(log)?;
        let child = command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file).spawn()?;
        let mut measured = Self { child, base: format!("http://127.0.0.1:{port}") };
        for _ in 0..600 {
            if std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
                return Ok(measured);
            }
            if measured.child.try_wait()?.is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Err(format!("{name} does not listen: {}", std::fs::read_to_string(log).unwrap_or_default()).into())
    }

    /// From now on the peak is counted anew.
    pub fn forget_peak(&self) -> Result<(), Failure> {
        Ok(std::fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5")?)
    }

    /// The most memory that was resident at once, in KiB.
    pub fn peak(&self) -> Result<f64, Failure> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM in status")?;
        Ok(line.trim().trim_end_matches(" kB").parse()?)
    }

    /// Resident memory in KiB.
    pub fn resident(&self) -> Result<f64, Failure> {
        let rollup = std::fs::read_to_string(format!("/proc/{}/smaps_rollup", self.child.id()))?;
        let line =
            rollup.lines().find_map(|line| line.strip_prefix("Rss:")).ok_or("no Rss in smaps_rollup")?;
        Ok(line.trim().trim_end_matches(" kB").parse()?)
    }
}

impl Drop for Measured {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command that will run on the measured core.
pub fn pinned(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new("taskset");
    command.args(["-c", MEASURED]).arg(program);
    command
}

pub fn free_port() -> Result<u16, Failure> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// The portal with what stands beside it in the same process.
pub struct Portal {
    pub process: Measured,
    pub bare: String,
    pub hello: String,
}

impl Portal {
    /// On this database, with the table's rows from a file.
    pub async fn start(folder: &Path, database: &str, rows: &Path) -> Result<Self, Failure> {
        Self::start_with(folder, database, rows, &[]).await
    }

    /// With these settings besides.
    pub async fn start_with(
        folder: &Path,
        database: &str,
        rows: &Path,
        more: &[(&str, &str)],
    ) -> Result<Self, Failure> {
        let (port, bare, hello) = (free_port()?, free_port()?, free_port()?);
        let mut command = pinned(this_program()?);
        command
            .args(["serve", "--bare", &format!("127.0.0.1:{bare}"), "--hello", &format!("127.0.0.1:{hello}")])
            .arg("--rows")
            .arg(rows)
            .envs(LIMITS)
            .envs(more.iter().copied())
            .env("VARDE_DATABASE__URL", database)
            .env("VARDE_SERVER__LISTEN", format!("127.0.0.1:{port}"))
            .env("VARDE_SERVER__BASE_URL", format!("http://127.0.0.1:{port}"));
        let log = folder.join(format!("{port}.log"));
        // The hello world listens last.
        let mut process = Measured::start("the portal", &mut command, hello, &log).await?;
        process.base = format!("http://127.0.0.1:{port}");
        let at = |port| format!("http://127.0.0.1:{port}");
        Ok(Self { process, bare: at(bare), hello: at(hello) })
    }
}

fn this_program() -> std::io::Result<PathBuf> {
    std::env::current_exe()
}
