//! The one tool of the repository: `cargo xtask run | dev | test | api | bench | seeds | size | dist`.
//!
//! Promises: everything from a fresh clone, each step with its name and its time, and no tool
//! that is missing passes in silence. Installs nothing by `cargo install`.

mod api;
mod bench;
mod deploy;
mod dev;
mod dist;
mod postgres;
mod serve;
mod setup;
mod site;
mod steps;
mod tally;
mod test;
mod tool;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask run                          build everything and serve the demo on http://localhost:3000
cargo xtask dev                          the same, and build again on every change
cargo xtask test [--full] [--without browser,postgres,api]
                                         format, lints, tests of all crates, browsers, calls to the API: one verdict
cargo xtask api                          the calls to the API alone
cargo xtask manifests                    what stands in deploy, judged without a cluster
cargo xtask bench [group …]              ratios against peers, a table and target/bench/report.json; a group is
                                         pages, peers, booking, postgres, browser, timing or memory
cargo xtask seeds [how many | one N]     the ladder of notices in so many simulated worlds (2000), or world N in detail
cargo xtask size [--record-size]         the site as it is shipped, held against end2end/size-budget.json
cargo xtask dist [--record-size]         release binary and hashed, precompressed site in target/dist
";

/// What was asked for after the name of the task.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Options {
    pub full: bool,
    pub record_size: bool,
    pub without: Vec<String>,
}

impl Options {
    pub fn leaves_out(&self, part: &str) -> bool {
        self.without.iter().any(|name| name == part)
    }

    fn parse(args: &[String]) -> Result<Self, String> {
        let mut options = Self::default();
        let mut rest = args.iter();
        while let Some(arg) = rest.next() {
            match arg.as_str() {
                "--full" => options.full = true,
                "--record-size" => options.record_size = true,
                "--without" => options.leave_out(rest.next().map_or("", String::as_str))?,
                other => match other.strip_prefix("--without=") {
                    Some(parts) => options.leave_out(parts)?,
                    None => return Err(format!("unknown option {other}")),
                },
            }
        }
        Ok(options)
    }

    fn leave_out(&mut self, parts: &str) -> Result<(), String> {
        for part in parts.split(',') {
            match part {
                "browser" | "postgres" | "api" => self.without.push(part.to_owned()),
                other => return Err(format!("--without knows browser, postgres and api, not '{other}'")),
            }
        }
        Ok(())
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some((task, rest)) = args.split_first() else {
        eprint!("{USAGE}");
        return ExitCode::from(2);
    };
    if task == "bench" {
        return ended(bench::bench(rest));
    }
    if task == "seeds" {
        return ended(seeds(rest));
    }
    let outcome = Options::parse(rest).and_then(|options| match task.as_str() {
        "run" => serve::run(),
        "dev" => dev::dev(),
        "test" => test::test(&options),
        "api" => api::alone(),
        "manifests" => deploy::check(),
        "size" => site::size(options.record_size),
        "dist" => dist::dist(&options),
        other => Err(format!("unknown task {other}\n{USAGE}")),
    });
    ended(outcome)
}

/// Worlds are numbers from 0; a failure names its own.
fn seeds(args: &[String]) -> Result<(), String> {
    let mut ladder =
        tool::cargo(&["test", "--package", "domain", "--test", "ladder", "--", "--nocapture", "f01"]);
    match args {
        [] => {}
        [many] => drop(ladder.env("VARDE_SEEDS", many)),
        [_, seed, ..] => drop(ladder.env("VARDE_SEED", seed)),
    }
    tool::run(ladder)
}

fn ended(outcome: Result<(), String>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        // An empty message means that the verdict has already been printed.
        Err(message) => {
            if !message.is_empty() {
                eprintln!("xtask: {message}");
            }
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Options;

    fn parse(args: &[&str]) -> Result<Options, String> {
        Options::parse(&args.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn parts_can_be_left_out_in_both_spellings() {
        for args in [vec!["--without", "browser,postgres,api"], vec!["--without=browser,postgres,api"]] {
            let options = parse(&args).unwrap();
            assert!(["browser", "postgres", "api"].iter().all(|part| options.leaves_out(part)));
        }
    }

    #[test]
    fn a_part_nobody_knows_is_refused() {
        assert!(parse(&["--without", "everything"]).is_err());
        assert!(parse(&["--without"]).is_err());
        assert!(parse(&["--fast"]).is_err());
    }
}
