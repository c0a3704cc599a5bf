//! The real binary as a process of its own, and what stands on the disk around it. Nothing here knows the inside
//! of the server but the database, which it opens as another process would.

use std::{
    net::{Ipv4Addr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use backend::{
    blobs::Store,
    config::Settings,
    ctx::{Chance, Clock, Ctx},
    db::Db,
    demo,
    identity::lawyers::Register,
    testing,
    vault::Vault,
};
use tempfile::TempDir;
use tokio::sync::{Mutex, MutexGuard};

/// 32 bytes of 7, for every process of a test: sessions are found by a keyed hash.
pub const KEY: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

/// These tests fill the machine: one at a time.
pub async fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::const_new(());
    // A crowd of a thousand has a connection each; the servers that are started inherit this.
    let _ = rlimit::increase_nofile_limit(8_192);
    TURN.lock().await
}

/// A place for a portal: its database, which servers may come and go on.
pub struct Site {
    pub folder: TempDir,
    pub url: String,
    /// Kept as long as the place.
    _database: Option<testing::Database>,
}

impl Site {
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("varde.db").display());
        Self { folder, url, _database: None }
    }

    /// `None` if the part was left out on purpose.
    pub async fn postgres() -> Option<Self> {
        let database = testing::Database::new().await?;
        let url = database.to_string();
        Some(Self { folder: tempfile::tempdir().expect("a folder"), url, _database: Some(database) })
    }

    /// At a database that somebody else looks after.
    pub fn at(url: String) -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), url, _database: None }
    }

    /// The database as this test sees it, with the units that a server would make.
    pub async fn ctx(&self) -> Ctx {
        let settings = settings(&self.url);
        let db = Db::open(&self.url).await.expect("a database");
        let vault = Vault::new([7; 32]).expect("a vault");
        let files = Store::at(&self.folder.path().join("files")).expect("a folder");
        let (clock, chance) = (Clock::system(), Chance::system());
        let lawyers = Register::open(&settings).expect("the demo's register");
        let ctx = Ctx { db, clock, chance, vault, files, lawyers, settings: Arc::new(settings) };
        demo::seed(&ctx).await.expect("the demo's units");
        ctx
    }

    /// `varde` with these words, about this place.
    pub fn varde(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_varde"));
        command
            .args(words)
            .args(["--config", concat!(env!("CARGO_MANIFEST_DIR"), "/../Leptos.toml")])
            .env("VARDE_DATABASE__URL", &self.url)
            .env("VARDE_VAULT__MASTER_KEY", KEY)
            .env("VARDE_SITE__ROOT", self.folder.path())
            .env("VARDE_BLOBS__STORE", self.folder.path().join("files"))
            .env("VARDE_MASKINPORTEN__DEMO_KEY_FILE", self.folder.path().join("sender.pem"))
            .stdin(Stdio::null());
        command
    }

    /// A server, when it is ready.
    pub async fn serve(&self, more: &[(&str, &str)]) -> Server {
        Server::start(self, more, "warn").await
    }

    /// The same, telling as much as this level of the log.
    pub async fn serve_telling(&self, level: &str, more: &[(&str, &str)]) -> Server {
        Server::start(self, more, level).await
    }
}

/// Runs `varde` to its end: whether all went well, and what it said.
pub async fn run(site: &Site, words: &[&str]) -> (bool, String) {
    ended(site.varde(words)).await
}

pub async fn ended(mut command: Command) -> (bool, String) {
    let output =
        tokio::task::spawn_blocking(move || command.output().expect("it runs")).await.expect("joined");
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
    (output.status.success(), said.concat())
}

pub fn settings(url: &str) -> Settings {
    let over = [("VARDE_DATABASE__URL", url)];
    Settings::from_text(include_str!("../../../Leptos.toml"), &over).expect("settings")
}

/// A process that does not outlive its test, not even one that was stopped: SIGKILL reaches it all the same.
pub struct Process(pub Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A running `varde serve`; killed when dropped.
pub struct Server {
    process: Process,
    pub base: String,
    pub ops: String,
}

impl Server {
    async fn start(site: &Site, more: &[(&str, &str)], level: &str) -> Self {
        let (port, ops) = (free_port(), free_port());
        let base = format!("http://127.0.0.1:{port}");
        let log = std::fs::File::create(site.folder.path().join(format!("{port}.log"))).expect("a log");
        let mut command = site.varde(&["serve", "--log", level]);
        command
            .env("VARDE_SERVER__LISTEN", format!("127.0.0.1:{port}"))
            .env("VARDE_SERVER__BASE_URL", &base)
            .env("VARDE_OPS__LISTEN", format!("127.0.0.1:{ops}"))
            // One machine is the whole crowd here.
            .env("VARDE_LIMITS__REQUESTS_PER_MINUTE", "100000")
            .env("VARDE_LIMITS__WRITES_PER_MINUTE", "100000")
            .env("VARDE_LIMITS__CONCURRENT_REQUESTS", "2000")
            .envs(more.iter().copied())
            .stdout(log.try_clone().expect("a log"))
            .stderr(log);
        let child = command.spawn().expect("the binary starts");
        let mut server = Self { process: Process(child), base, ops: format!("http://127.0.0.1:{ops}") };
        server.ready(&site.folder.path().join(format!("{port}.log"))).await;
        server
    }

    async fn ready(&mut self, log: &Path) {
        let client = client();
        for _ in 0..1200 {
            let answer = client.get(format!("{}/health/ready", self.ops)).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            if let Some(status) = self.process.0.try_wait().expect("a child") {
                panic!(
                    "the server ended with {status}: {}",
                    std::fs::read_to_string(log).unwrap_or_default()
                );
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the server did not get ready");
    }

    /// SIGKILL: nothing is finished, nothing is said.
    pub fn kill(self) {
        drop(self.process);
    }

    pub async fn metrics(&self) -> String {
        let answer = client().get(format!("{}/metrics", self.ops)).send().await.expect("metrics");
        answer.text().await.expect("text")
    }
}

pub fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    listener.local_addr().expect("an address").port()
}

/// A browser's way of asking: it follows nothing by itself. Each request has a connection of its own, as if from
/// another machine.
pub fn client() -> reqwest::Client {
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    builder.pool_max_idle_per_host(0).build().expect("a client")
}
