//! `run`: the demo from a fresh clone; and the real binary on a free port for the browser tests.

use crate::setup;
use crate::site::{self, Profile};
use crate::steps::step;
use crate::tool::{answers, at, cargo, program, run as run_tool, target};
use std::fs::File;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

pub fn build_server() -> Result<(), String> {
    run_tool(cargo(&["build", "--package", "server"]))
}

/// The program, as the tests run it.
pub fn built() -> PathBuf {
    target().join("debug/varde")
}

/// The server migrates its database and fills it with demo data by itself (Leptos.toml: `demo`).
pub fn command() -> Command {
    program(built(), &["serve"])
}

pub fn run() -> Result<(), String> {
    step("set-up", setup::base)?;
    step("site", || site::build(Profile::Dev))?;
    step("server", build_server)?;
    // From here on this process is the server: signals and exit code are its own.
    Err(format!("the server did not start: {}", command().exec()))
}

/// A server of its own for a test run: fresh database, free ports, stopped when dropped.
pub struct Server {
    child: Child,
    folder: PathBuf,
    /// Its settings, for whatever else runs with the same.
    pub settings: Vec<(String, String)>,
    pub base_url: String,
}

impl Server {
    /// `settings` stand over those of every test run.
    pub fn start(settings: &[(&str, &str)]) -> Result<Self, String> {
        let (port, ops) = (free_port()?, free_port()?);
        let folder = std::env::temp_dir().join(format!("varde-e2e-{}-{port}", std::process::id()));
        at(&folder, std::fs::create_dir_all(&folder))?;
        let base_url = format!("http://localhost:{port}");
        let log = folder.join("server.log");
        let file = at(&log, File::create(&log))?;
        let in_folder = |name: &str| folder.join(name).display().to_string();
        let own = [
            ("VARDE_SERVER__LISTEN", format!("127.0.0.1:{port}")),
            ("VARDE_SERVER__BASE_URL", base_url.clone()),
            ("VARDE_OPS__LISTEN", format!("127.0.0.1:{ops}")),
            ("VARDE_DATABASE__URL", format!("sqlite:{}", in_folder("varde.db"))),
            ("VARDE_VAULT__MASTER_KEY_FILE", in_folder("master.key")),
            ("VARDE_MASKINPORTEN__DEMO_KEY_FILE", in_folder("sender.pem")),
            // The whole suite comes from one address.
            ("VARDE_LIMITS__REQUESTS_PER_MINUTE", "100000".to_owned()),
            // Nothing happens that the journeys have not brought about.
            ("VARDE_DEMO__HOUR_SECONDS", "0".to_owned()),
            ("VARDE_LIMITS__WRITES_PER_MINUTE", "10000".to_owned()),
        ];
        let more = settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        let settings: Vec<(String, String)> =
            own.map(|(key, value)| (key.to_owned(), value)).into_iter().chain(more).collect();
        let mut command = command();
        command
            .envs(settings.iter().cloned())
            .stdin(Stdio::null())
            .stdout(at(&log, file.try_clone())?)
            .stderr(file);
        let child = command.spawn().map_err(|error| format!("the server did not start: {error}"))?;
        let mut server = Self { child, folder, settings, base_url };
        server.wait(port)?;
        Ok(server)
    }

    /// What the server has written so far; shown when a run is red.
    pub fn log(&self) -> String {
        let text = std::fs::read_to_string(self.folder.join("server.log")).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(60)..].join("\n")
    }

    fn wait(&mut self, port: u16) -> Result<(), String> {
        for _ in 0..600 {
            if front_page_answers(port) {
                return Ok(());
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("the server ended with {status}\n{}", self.log()));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err(format!("the front page did not answer 200 within 60 s\n{}", self.log()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let pid = self.child.id().to_string();
        answers("kill", &["-TERM", &pid]);
        for _ in 0..100 {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(|error| error.to_string())?;
    listener.local_addr().map(|address| address.port()).map_err(|error| error.to_string())
}

fn front_page_answers(port: u16) -> bool {
    let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) else { return false };
    let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
    let request = format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
    let mut head = [0_u8; 12];
    stream.write_all(request.as_bytes()).is_ok()
        && stream.read_exact(&mut head).is_ok()
        && head == *b"HTTP/1.1 200"
}
