//! Set-up of a fresh machine: the wasm target, the npm packages, and for tests the browser and the
//! PostgreSQL of a Debian-like system. Where it may not install, it names the one command that does.

use crate::tool::{answers, program, root, run, run_quietly};
use crate::{Options, deploy, postgres};
use std::path::Path;

const WASM: &str = "wasm32-unknown-unknown";

/// What every task needs.
pub fn base() -> Result<(), String> {
    wasm_target()?;
    npm_packages()
}

fn wasm_target() -> Result<(), String> {
    let sysroot = run_quietly(program("rustc", &["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM).is_dir() {
        return Ok(());
    }
    run(program("rustup", &["target", "add", WASM]))
}

fn npm_packages() -> Result<(), String> {
    if !answers("node", &["--version"]) || !answers("npm", &["--version"]) {
        return Err("node (20 or newer) and npm are missing: apt-get install -y nodejs npm".to_owned());
    }
    let installed = root().join("node_modules/.package-lock.json");
    let wanted = root().join("package-lock.json");
    if is_newer(&installed, &wanted) {
        return Ok(());
    }
    let mut npm = program("npm", &["ci", "--no-audit", "--no-fund"]);
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    run(npm)
}

/// Whether both are there and the first is not older.
pub fn is_newer(made: &Path, from: &Path) -> bool {
    matches!((modified(made), modified(from)), (Some(made), Some(from)) if made >= from)
}

fn modified(path: &Path) -> Option<std::time::SystemTime> {
    path.metadata().and_then(|meta| meta.modified()).ok()
}

/// What the tests need besides: parts that are left out need nothing.
pub fn for_tests(options: &Options) -> Result<(), String> {
    for component in ["rustfmt", "clippy"] {
        if !answers("cargo", &[if component == "rustfmt" { "fmt" } else { component }, "--version"]) {
            run(program("rustup", &["component", "add", component]))?;
        }
    }
    installed(|| missing_packages(options))
}

/// What the bench needs: who asks, a browser, a PostgreSQL.
pub fn for_bench() -> Result<(), String> {
    installed(|| {
        let mut missing = missing_packages(&Options::default());
        if !Path::new("/usr/bin/wrk").exists() {
            missing.push("wrk");
        }
        missing
    })
}

fn installed(missing: impl Fn() -> Vec<&'static str>) -> Result<(), String> {
    let packages = missing();
    if packages.is_empty() {
        return Ok(());
    }
    install(&packages)?;
    match missing() {
        still if still.is_empty() => Ok(()),
        still => Err(format!("still missing after installing: {}", still.join(" "))),
    }
}

fn missing_packages(options: &Options) -> Vec<&'static str> {
    let mut missing = Vec::new();
    // The whole browser draws a window that nobody sees: the same journeys, one run after the other, took a third longer with it.
    if !options.leaves_out("browser") && !Path::new("/usr/bin/chromium-headless-shell").exists() {
        missing.push("chromium-headless-shell");
    }
    if !options.leaves_out("postgres") && postgres::given().is_none() && postgres::binaries().is_none() {
        missing.push("postgresql");
    }
    // A bare Debian has Python without what makes an environment.
    if !options.leaves_out("api") && !answers("python3", &["-c", "import ensurepip, venv"]) {
        missing.push("python3-venv");
    }
    if !Path::new("/usr/sbin/clamd").exists() && !answers("clamd", &["--version"]) {
        missing.push("clamav-daemon");
    }
    // Judges of the PDFs that we make and copy.
    for (program, package) in [("qpdf", "qpdf"), ("pdfinfo", "poppler-utils")] {
        if !answers(program, &[if program == "qpdf" { "--version" } else { "-v" }]) {
            missing.push(package);
        }
    }
    if !Path::new("/usr/sbin/haproxy").exists() && !answers("haproxy", &["-v"]) {
        missing.push("haproxy");
    }
    if !options.leaves_out("api") && !Path::new(deploy::JUDGE).exists() {
        missing.push("systemd");
    }
    missing
}

fn install(packages: &[&str]) -> Result<(), String> {
    let line = format!("apt-get update && apt-get install -y --no-install-recommends {}", packages.join(" "));
    let root = is_root();
    if !answers("apt-get", &["--version"]) || !(root || answers("sudo", &["-n", "true"])) {
        return Err(format!("missing: {}. As an administrator: {line}", packages.join(", ")));
    }
    let shell: &[&str] = if root { &[] } else { &["sudo", "-n"] };
    let words: Vec<&str> =
        shell.iter().chain(&["env", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", &line]).copied().collect();
    run(program(words[0], &words[1..]))
}

pub fn is_root() -> bool {
    run_quietly(program("id", &["-u"])).is_ok_and(|id| id.trim() == "0")
}
