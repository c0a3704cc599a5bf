//! The integration API, tried by schemathesis: calls made from the published description, against a server of its own.
//! What it needs is kept under target/api and made anew when end2end/api/requirements.txt has changed.

use crate::serve::{Server, build_server, built};
use crate::setup::is_newer;
use crate::steps::step;
use crate::tool::{at, program, root, run, run_quietly, target};
use std::path::PathBuf;

/// `api`: without everything else that `test` does.
pub fn alone() -> Result<(), String> {
    step("server", build_server)?;
    step("schemathesis", schemathesis)
}

/// Red when a check fails, and when an operation never succeeded (end2end/api/hooks.py).
pub fn schemathesis() -> Result<(), String> {
    environment()?;
    let server = Server::start(&[])?;
    let config = root().join("end2end/api/schemathesis.toml").display().to_string();
    let description = format!("{}/api/openapi.json", server.base_url);
    let mut command =
        program(bin("schemathesis"), &["--config-file", &config, "run", &description, "--no-color"]);
    command
        .envs(server.settings.iter().cloned())
        .env("VARDE_PROGRAM", built())
        .env("PYTHONPATH", root().join("end2end/api"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .current_dir(folder());
    let outcome = run(command);
    if outcome.is_err() {
        println!("the server's last lines:\n{}", server.log());
    }
    outcome
}

fn folder() -> PathBuf {
    target().join("api")
}

pub(crate) fn bin(name: &str) -> PathBuf {
    folder().join("venv/bin").join(name)
}

/// The copy is made last: with it beside the packages they are all there.
pub(crate) fn environment() -> Result<(), String> {
    let (wanted, copy) = (root().join("end2end/api/requirements.txt"), folder().join("requirements.txt"));
    if is_newer(&copy, &wanted) {
        return Ok(());
    }
    at(&folder(), std::fs::create_dir_all(folder()))?;
    let (venv, from) = (folder().join("venv").display().to_string(), wanted.display().to_string());
    run_quietly(program("python3", &["-m", "venv", "--clear", &venv]))?;
    run_quietly(program(
        bin("pip"),
        &["install", "--quiet", "--disable-pip-version-check", "--requirement", &from],
    ))?;
    at(&copy, std::fs::copy(&wanted, &copy)).map(|_| ())
}
