//! `dev`: the demo, built again and started anew whenever a file changes. A build that fails leaves the
//! last good server running.

use crate::serve::{build_server, command};
use crate::setup;
use crate::site::{self, Profile};
use crate::steps::step;
use crate::tool::{answers, root};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::{Duration, SystemTime};

const WATCHED: [&str; 10] = [
    "domain",
    "backend",
    "app",
    "server",
    "testid",
    "locales",
    "style",
    "public",
    "Leptos.toml",
    "Cargo.toml",
];

pub fn dev() -> Result<(), String> {
    step("set-up", setup::base)?;
    let mut server: Option<Child> = None;
    let mut seen = None;
    loop {
        let now = newest();
        if now == seen {
            std::thread::sleep(Duration::from_millis(500));
            continue;
        }
        seen = now;
        let built = step("site", || site::build(Profile::Dev)).and_then(|()| step("server", build_server));
        if built.is_err() {
            continue;
        }
        if let Some(old) = server.take() {
            stop(old);
        }
        server = Some(command().spawn().map_err(|error| format!("the server did not start: {error}"))?);
    }
}

fn stop(mut child: Child) {
    answers("kill", &["-TERM", &child.id().to_string()]);
    let _ = child.wait();
}

/// The newest change and how many files there are, so that a deletion is a change too.
fn newest() -> Option<(SystemTime, usize)> {
    let mut files = Vec::new();
    for name in WATCHED {
        collect(&root().join(name), &mut files);
    }
    let newest = files.iter().filter_map(|file| file.metadata().and_then(|meta| meta.modified()).ok()).max();
    newest.map(|time| (time, files.len()))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_file() {
        files.push(path.to_path_buf());
    }
    for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
        collect(&entry.path(), files);
    }
}
