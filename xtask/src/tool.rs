//! Other programs: where they are, and how they are run. A program that fails is an error that
//! names its command line.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The repository's root, from where this crate was compiled.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Cargo's target folder. The project keeps the default, so that every path in the docs is true.
pub fn target() -> PathBuf {
    root().join("target")
}

/// The cargo that runs us, at the repository's root.
pub fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args).current_dir(root());
    command
}

/// Any other program, at the repository's root.
pub fn program(name: impl AsRef<OsStr>, args: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(args).current_dir(root());
    command
}

/// A program that npm has put into node_modules.
pub fn npm_bin(name: &str, args: &[&str]) -> Command {
    program(root().join("node_modules/.bin").join(name), args)
}

/// Runs to the end with its output shown.
pub fn run(mut command: Command) -> Result<(), String> {
    let line = line_of(&command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{line} ended with {status}")),
        Err(error) => Err(format!("{line} did not start: {error}")),
    }
}

/// Runs to the end with its output kept out of sight unless it fails.
pub fn run_quietly(mut command: Command) -> Result<String, String> {
    let line = line_of(&command);
    let output = command.output().map_err(|error| format!("{line} did not start: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(format!("{line} ended with {}\n{out}{err}", output.status))
}

/// Whether a program answers at all.
pub fn answers(name: &str, args: &[&str]) -> bool {
    Command::new(name)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

pub fn line_of(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// An error of the file system, with the path that it is about.
pub fn at<T>(path: &Path, result: std::io::Result<T>) -> Result<T, String> {
    result.map_err(|error| format!("{}: {error}", path.display()))
}
