//! `bench`: everything that the measuring needs, then the program that measures (bench/src/main.rs).

use crate::postgres::{self, Cluster, Keeps};
use crate::setup;
use crate::site::{self, Profile};
use crate::steps::step;
use crate::tool::{at, cargo, program, root, run, target};
use std::path::Path;

/// The core of the program that measures; what is measured has the other.
const MEASURING: &str = "1";

pub fn bench(groups: &[String]) -> Result<(), String> {
    step("set-up", setup::base)?;
    step("set-up for the bench", setup::for_bench)?;
    step("site", || site::build(Profile::Release))?;
    step("peers", peers)?;
    step("the program that measures, as it would be shipped", build)?;
    let cluster = Cluster::start(Keeps::Everything)?;
    let mut measure = program("taskset", &["-c", MEASURING]);
    measure.arg(target().join("release/bench")).args(["run", "--postgres", &cluster.url()]);
    if !groups.is_empty() {
        measure.args(["--only", &groups.join(",")]);
    }
    if let Some(folder) = postgres::binaries() {
        measure.env("PATH", with_folder(&folder)?);
    }
    run(measure)
}

/// Debian keeps `pgbench` where it keeps the server.
fn with_folder(folder: &Path) -> Result<std::ffi::OsString, String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(folder.to_path_buf()).chain(std::env::split_paths(&path));
    std::env::join_paths(all).map_err(|error| error.to_string())
}

fn build() -> Result<(), String> {
    let mut build = cargo(&["build", "--release", "--package", "bench"]);
    site::without_dev_flags(&mut build);
    run(build)
}

/// The npm packages of the peers, and SvelteKit's build, unless they are there.
fn peers() -> Result<(), String> {
    let folder = root().join("bench/peers");
    let installed = folder.join("node_modules/.package-lock.json");
    if !setup::is_newer(&installed, &folder.join("package-lock.json")) {
        let mut npm = program("npm", &["ci", "--no-audit", "--no-fund"]);
        npm.current_dir(&folder);
        run(npm)?;
    }
    let built = folder.join("sveltekit/build");
    if built.exists() {
        at(&built, std::fs::remove_dir_all(&built))?;
    }
    let mut npm = program("npm", &["run", "build"]);
    npm.current_dir(&folder);
    run(npm)
}
