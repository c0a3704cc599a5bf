//! The site: Wasm of the islands, its glue, the stylesheet, the public files; named by their content,
//! compressed, listed in target/site/pkg/manifest.json. What has not changed is not built again.

use crate::setup;
use crate::steps::step;
use crate::tool::{at, cargo, npm_bin, program, root, run, run_quietly, target};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    Dev,
    Release,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Dev => "wasm-dev",
            Self::Release => "wasm-release",
        }
    }
}

/// Exactly what rustc's own output uses: `--all-features` makes Wasm that browsers refuse.
const WASM_OPT: [&str; 11] = [
    // In this order it packs best: measured, 1 % of what a first visit fetches.
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-sign-ext",
    "--enable-mutable-globals",
];

pub fn build(profile: Profile) -> Result<(), String> {
    let wasm = compile(profile)?;
    let work = target().join("site-work").join(profile.name());
    bind(profile, &wasm, &work)?;
    let css = target().join("site-work/varde.css");
    stylesheet(&css)?;
    for script in ["islands.js", "leave.js", "live.js", "upload.js"] {
        minify(&root().join("app/src").join(script), &work.join(script))?;
    }
    let (work, css) = (work.display().to_string(), css.display().to_string());
    run(program("node", &["xtask/site.mjs", "pack", &work, &css]))
}

fn compile(profile: Profile) -> Result<PathBuf, String> {
    run(of_islands("build", profile))?;
    Ok(target().join(TRIPLE).join(profile.name()).join("app.wasm"))
}

/// Clippy over what goes to Wasm, with all that the release build has compiled for its macros.
pub fn lint() -> Result<(), String> {
    let mut clippy = of_islands("clippy", Profile::Release);
    clippy.args(["--quiet", "--", "-D", "warnings"]);
    run(clippy)
}

const TRIPLE: &str = "wasm32-unknown-unknown";

fn of_islands(what: &str, profile: Profile) -> Command {
    let mut command = cargo(&[what, "--package", "app", "--lib", "--target", TRIPLE]);
    command.args(["--no-default-features", "--features", "hydrate", "--profile", profile.name()]);
    if profile == Profile::Release {
        without_dev_flags(&mut command);
        // Macros that run once need no optimising: measured, it is most of a cold build's time.
        command.args(["--config", "profile.wasm-release.build-override.opt-level=0"]);
    }
    command
}

/// Shipped code is built without the flags of .cargo/config.toml: erased components compile faster
/// and run slower.
pub fn without_dev_flags(command: &mut Command) {
    command.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", "");
}

/// Glue and shrunken Wasm into `work`, unless the same Wasm has been through it before.
fn bind(profile: Profile, wasm: &Path, work: &Path) -> Result<(), String> {
    let stamp_file = work.join("stamp");
    let stamp = stamp_of(wasm)?;
    if std::fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp) {
        return Ok(());
    }
    if work.exists() {
        at(work, std::fs::remove_dir_all(work))?;
    }
    at(work, std::fs::create_dir_all(work))?;
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).omit_default_module_path(true).typescript(false).out_name("varde");
    bindgen
        .web(true)
        .and_then(|web| web.generate(work))
        .map_err(|error| format!("wasm-bindgen: {error:#}"))?;
    if profile == Profile::Release {
        let module = work.join("varde_bg.wasm").display().to_string();
        let mut opt = npm_bin("wasm-opt", &WASM_OPT);
        opt.args([&module, "-o", &module]);
        run(opt)?;
        let glue = work.join("varde.js");
        minify(&glue, &glue)?;
    }
    at(&stamp_file, std::fs::write(&stamp_file, stamp))
}

fn minify(module: &Path, to: &Path) -> Result<(), String> {
    let (module, to) = (module.display().to_string(), format!("--outfile={}", to.display()));
    let args = [&module, &to, "--minify", "--format=esm", "--allow-overwrite", "--log-level=warning"];
    run_quietly(npm_bin("esbuild", &args)).map(|_| ())
}

/// Says whether the same input went through the same tools; it protects against nothing else.
fn stamp_of(wasm: &Path) -> Result<String, String> {
    let lock = root().join("package-lock.json");
    let mut hasher = DefaultHasher::new();
    at(wasm, std::fs::read(wasm))?.hash(&mut hasher);
    at(&lock, std::fs::read(&lock))?.hash(&mut hasher);
    Ok(format!("{:016x}", hasher.finish()))
}

fn stylesheet(to: &Path) -> Result<(), String> {
    let to = to.display().to_string();
    let args = ["--bundle", "--minify", "style/main.css", "-o", &to];
    run_quietly(npm_bin("lightningcss", &args)).map(|_| ())
}

/// `size`: builds what is shipped and compares it, without everything else that `test` does.
pub fn size(record: bool) -> Result<(), String> {
    step("set-up", setup::base)?;
    step("site", || build(Profile::Release))?;
    budget(record)
}

/// Compares the brotli sizes with end2end/size-budget.json, or writes them down.
pub fn budget(record: bool) -> Result<(), String> {
    let verb = if record { "record" } else { "budget" };
    run(program("node", &["xtask/site.mjs", verb]))
}
