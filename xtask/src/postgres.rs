//! A throwaway PostgreSQL for the tests: own folder, socket only, gone afterwards.
//! `VARDE_TEST_PG_URL`, when set, names a server to use instead, and none is started.

use crate::setup::is_root;
use crate::tool::{answers, at, program, run_quietly};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

pub const URL: &str = "VARDE_TEST_PG_URL";

/// The server that whoever runs us has chosen.
pub fn given() -> Option<String> {
    std::env::var_os(URL).map(|url| url.to_string_lossy().into_owned()).filter(|url| !url.is_empty())
}

/// Debian keeps `initdb` and `postgres` off the path; the newest version wins.
pub fn binaries() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = versions.map(|entry| entry.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = debian.chain(std::env::split_paths(&path)).filter(|folder| folder.join("initdb").exists());
    found.filter(|folder| folder.join("postgres").exists()).max_by_key(|folder| version(folder))
}

fn version(folder: &Path) -> u32 {
    let name = folder.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    name.and_then(|name| name.parse().ok()).unwrap_or(0)
}

pub struct Cluster {
    folder: PathBuf,
    child: Child,
}

/// What the server has on the disk when it has answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keeps {
    /// For tests, of which nothing has to outlive the machine.
    Nothing,
    /// As it would be run.
    Everything,
}

impl Cluster {
    pub fn start(keeps: Keeps) -> Result<Self, String> {
        let bin = binaries().ok_or("no PostgreSQL on this machine")?;
        // Short, for the path of a socket may have 107 bytes.
        let folder = std::env::temp_dir().join(format!("varde-pg-{}", std::process::id()));
        let data = folder.join("data").display().to_string();
        let socket = folder.display().to_string();
        at(&folder, std::fs::create_dir_all(&folder))?;
        if is_root() {
            run_quietly(program("chown", &["nobody:nogroup", &socket]))?;
        }
        let init =
            ["-D", &data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"];
        run_quietly(unprivileged(&bin.join("initdb"), &init, &folder))?;
        let mut serve = vec![
            "-D",
            &data,
            "-k",
            &socket,
            "-c",
            "listen_addresses=",
            "-c",
            "max_connections=200",
            "-c",
            "log_min_messages=fatal",
        ];
        if keeps == Keeps::Nothing {
            serve.extend(["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_wal_size=128MB"]);
        }
        let mut server = unprivileged(&bin.join("postgres"), &serve, &folder);
        let child = server.stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        let cluster = Self { child: at(&bin, child)?, folder };
        cluster.wait(&bin)?;
        Ok(cluster)
    }

    pub fn url(&self) -> String {
        format!("postgres:///postgres?host={}&user=postgres", self.folder.display())
    }

    fn wait(&self, bin: &Path) -> Result<(), String> {
        let (ready, host) = (bin.join("pg_isready").display().to_string(), self.folder.display().to_string());
        for _ in 0..200 {
            if answers(&ready, &["-q", "-U", "postgres", "-h", &host]) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err("PostgreSQL did not get ready within 20 s".to_owned())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // A fast shutdown; a kill would leave its own children behind for a while.
        let pid = self.child.id().to_string();
        answers("kill", &["-INT", &pid]);
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// PostgreSQL refuses to run as root, so root hands it to nobody.
fn unprivileged(binary: &Path, args: &[&str], folder: &Path) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups"]).arg(binary);
        command.env_clear().env("PATH", "/usr/bin:/bin");
        command
    } else {
        Command::new(binary)
    };
    command.args(args).current_dir(folder);
    command
}
