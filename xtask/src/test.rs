//! `test`: everything, one verdict. A red step does not stop the others; what cannot run is red, what was
//! left out is named. The last line is the plain count.

use crate::postgres::{self, Cluster, Keeps};
use crate::serve::{Server, built};
use crate::site::{self, Profile};
use crate::steps::step;
use crate::tally::{self, Failures, Reader, Tally, cargo_line, playwright_line};
use crate::tool::{cargo, npm_bin, root, run};
use crate::{Options, api, deploy, setup};
use std::{
    cmp::Reverse,
    process::Command,
    time::{Duration, Instant},
};

/// All that runs on a server, in one call: one set of features, so that no crate is compiled twice. The island's
/// feature `hydrate` is not among them; xtask stands alone, for it is what runs.
const NATIVE: [&str; 5] = ["--workspace", "--exclude", "xtask", "--features", "app/ssr,backend/testing"];
const XTASK: [&str; 2] = ["-p", "xtask"];

#[derive(Default)]
struct Verdict {
    tally: Tally,
    red: Vec<String>,
    failures: Failures,
    /// What took how long.
    steps: Vec<(String, Duration)>,
}

impl Verdict {
    /// A check that counts no tests: red is one failure.
    fn check(&mut self, name: &str, work: impl FnOnce() -> Result<(), String>) -> bool {
        let started = Instant::now();
        let outcome = step(name, work);
        self.steps.push((name.to_owned(), started.elapsed()));
        if outcome.is_err() {
            self.red.push(name.to_owned());
            self.tally.failed += 1;
        }
        outcome.is_ok()
    }

    fn suite(&mut self, name: &str, command: Command, reader: Reader) -> bool {
        let (started, mut tally) = (Instant::now(), Tally::default());
        let outcome = step(name, || {
            let (counted, failures, outcome) = tally::suite(command, reader);
            tally = counted;
            self.failures.add(failures);
            outcome
        });
        self.steps.push((name.to_owned(), started.elapsed()));
        if outcome.is_err() {
            self.red.push(name.to_owned());
            tally.failed = tally.failed.max(1);
        }
        self.tally.add(tally);
        outcome.is_ok()
    }

    fn print(mut self, options: &Options) -> Result<(), String> {
        println!();
        self.steps.sort_by_key(|(_, took)| Reverse(*took));
        self.steps.iter().take(12).for_each(|(name, took)| println!("{:>5} s  {name}", took.as_secs()));
        self.failures.print();
        if !options.without.is_empty() {
            println!("left out: {}", options.without.join(", "));
        }
        if !self.red.is_empty() {
            println!("red: {}", self.red.join(", "));
        }
        println!("{} passed, {} failed", self.tally.passed, self.tally.failed);
        let green = self.red.is_empty() && self.tally.failed == 0 && self.tally.passed > 0;
        if green { Ok(()) } else { Err(String::new()) }
    }
}

pub fn test(options: &Options) -> Result<(), String> {
    let mut verdict = Verdict::default();
    verdict.check("set-up", setup::base);
    verdict.check("set-up for tests", || setup::for_tests(options));
    verdict.check("format", || run(cargo(&["fmt", "--all", "--check"])));
    // Beside the rest: it has folders of its own, and its last step keeps one core alone. The release profile, although it takes
    // longer: the browsers meet what is shipped, and the size counts.
    let islands = std::thread::spawn(|| (site::build(Profile::Release), site::lint()));
    let linted = verdict.check("clippy and build, native", || run(native(&["--no-run"], true)));
    verdict.check("clippy, xtask", || lint(&[&XTASK[..], &["--all-targets"]].concat()));
    let (built, clean) =
        islands.join().unwrap_or_else(|_| (Err("it panicked".to_owned()), Err("it panicked".to_owned())));
    let site = verdict.check("site", || built);
    verdict.check("clippy, islands", || clean);
    if site {
        verdict.check("size budget", || site::budget(false));
    }
    crates(&mut verdict, options, linted);
    let (browser, api) = (!options.leaves_out("browser"), !options.leaves_out("api"));
    let server = (browser || api) && verdict.check("server", || run(native(&["--no-run"], linted)));
    if browser {
        browsers(&mut verdict, options, site && server);
    }
    if api && server {
        verdict.check("schemathesis", api::schemathesis);
    }
    if api {
        verdict.check("manifests", deploy::check);
    }
    verdict.print(options)
}

/// The native tests, and the program with their features: another set compiles half of everything once more. Linted, the lints
/// are looked for while the tests are compiled, so that nothing is read twice; what they find is an error.
fn native(more: &[&str], linted: bool) -> Command {
    let mut command = cargo(&[&["test", "--quiet"], &NATIVE[..], more].concat());
    if linted {
        command.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
        command.env("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__");
    }
    command
}

fn lint(args: &[&str]) -> Result<(), String> {
    let mut clippy = cargo(&["clippy", "--quiet"]);
    clippy.args(args).args(["--", "-D", "warnings"]);
    run(clippy)
}

fn crates(verdict: &mut Verdict, options: &Options, linted: bool) {
    let mut cluster = None;
    let mut url = postgres::given();
    if options.leaves_out("postgres") {
        url = None;
    } else if url.is_none() {
        verdict.check("PostgreSQL", || Cluster::start(Keeps::Nothing).map(|started| cluster = Some(started)));
        url = cluster.as_ref().map(Cluster::url);
    }
    // A finding has stopped the linted build: the tests are run all the same.
    let xtask = cargo(&[&["test", "--quiet", "--no-fail-fast"], &XTASK[..]].concat());
    for (name, mut command) in [("native", native(&["--no-fail-fast"], linted)), ("xtask", xtask)] {
        command.env_remove(postgres::URL);
        if let Some(url) = &url {
            command.env(postgres::URL, url);
        }
        if options.full {
            command.env("VARDE_FULL", "1");
        }
        verdict.suite(&format!("tests, {name}"), command, cargo_line);
    }
}

/// How each journey is made (end2end/playwright.config.ts says what each is): between them both widths, and with
/// script and without.
const WAYS: [&str; 2] = ["script-1280", "noscript-360"];

/// A phone with script is a third way of what people do with a phone in their hand; of all else with `--full`.
const PHONE: &str = "script-360";
const IN_THE_HAND: [&str; 6] = ["booking", "files", "gate", "rooms", "session", "upload"];

/// The same journeys once more, with `--full`.
const MATRIX: [&str; 8] = [
    "noscript-1280",
    "script-keyboard",
    "script-nowasm",
    "script-slow",
    "script-zoom",
    "script-forced",
    "script-still",
    "script-dark",
];

/// Everything but the session's end, which takes its minutes and is the same in each way of the matrix.
fn journeys() -> Result<Vec<String>, String> {
    let folder = std::fs::read_dir(root().join("end2end")).map_err(|why| format!("end2end: {why}"))?;
    let names = folder.flatten().filter_map(|file| file.file_name().into_string().ok());
    let specs = names.filter_map(|name| name.strip_suffix(".spec.ts").map(str::to_owned));
    let mut all: Vec<String> = specs.filter(|spec| spec != "session").collect();
    all.sort();
    if all.is_empty() { Err("no journeys in end2end".to_owned()) } else { Ok(all) }
}

fn browsers(verdict: &mut Verdict, options: &Options, ready: bool) {
    if !ready {
        verdict.check("browsers", || Err("nothing to open: the site or the server is not built".to_owned()));
        return;
    }
    // One where a session soon runs out: a browser cannot make the server's half hour pass.
    let mut short = None;
    verdict.check("start a server of short sessions", || {
        short = Some(Server::start(&[("VARDE_SESSION__IDLE_MINUTES", "1")])?);
        Ok(())
    });
    let Some(short) = short else { return };
    for way in WAYS {
        walk(verdict, options, way, &short, &[]);
    }
    let in_the_hand = IN_THE_HAND.map(str::to_owned);
    walk(verdict, options, PHONE, &short, if options.full { &[] } else { &in_the_hand });
    if options.full {
        let mut specs = Vec::new();
        verdict.check("the list of journeys", || journeys().map(|all| specs = all));
        MATRIX
            .iter()
            .filter(|_| !specs.is_empty())
            .for_each(|way| walk(verdict, options, way, &short, &specs));
    }
}

/// One way, with a server of its own: the people of the journeys are found as they were at first.
fn walk(verdict: &mut Verdict, options: &Options, way: &str, short: &Server, specs: &[String]) {
    let mut server = None;
    verdict.check(&format!("start a server for {way}"), || {
        server = Some(Server::start(&[])?);
        Ok(())
    });
    let Some(server) = server else { return };
    let project = format!("--project={way}");
    let mut args = vec!["test", "--config", "end2end/playwright.config.ts", &project];
    // Each is looked for in the whole path of a file: a bare word may stand in the folder's.
    let specs: Vec<String> = specs.iter().map(|spec| format!("/{spec}.spec.ts")).collect();
    args.extend(specs.iter().map(String::as_str));
    let mut playwright = npm_bin("playwright", &args);
    playwright.env("VARDE_BASE_URL", &server.base_url).env("VARDE_SHORT_SESSION_URL", &short.base_url);
    // A journey asks the program for a sender's token.
    playwright.envs(server.settings.iter().cloned()).env("VARDE_PROGRAM", built());
    playwright.env("NO_COLOR", "1").env_remove("FORCE_COLOR");
    if options.full {
        playwright.env("VARDE_FULL", "1");
    }
    if !verdict.suite(&format!("browsers, {way}"), playwright, playwright_line) {
        println!("the server's last lines:\n{}", server.log());
    }
}
