//! Counts of tests, read from what cargo and Playwright print. Counts nothing that was not printed.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::tool::line_of;

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    pub passed: u32,
    pub failed: u32,
}

impl Tally {
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Reads one line of output.
pub type Reader = fn(&str) -> Tally;

/// `test result: ok. 12 passed; 0 failed; 0 ignored; …`
pub fn cargo_line(line: &str) -> Tally {
    let Some(rest) = line.trim().strip_prefix("test result:") else { return Tally::default() };
    let count = |word: &str| {
        let before = rest.split(word).next().filter(|before| before.len() < rest.len());
        before.and_then(|text| text.split_whitespace().last()).and_then(|n| n.parse().ok()).unwrap_or(0)
    };
    Tally { passed: count(" passed"), failed: count(" failed") }
}

/// Playwright's closing lines: `  12 passed (3.2s)`, `  1 failed`. A flaky test and one that did not
/// run have not passed.
pub fn playwright_line(line: &str) -> Tally {
    let mut words = line.split_whitespace();
    let Some(count) = words.next().and_then(|word| word.parse().ok()) else { return Tally::default() };
    let rest: Vec<&str> = words.collect();
    match rest.as_slice() {
        ["passed"] => Tally { passed: count, failed: 0 },
        ["passed", time] if time.starts_with('(') => Tally { passed: count, failed: 0 },
        ["failed" | "flaky" | "interrupted"] | ["did", "not", "run"] => Tally { passed: 0, failed: count },
        _ => Tally::default(),
    }
}

/// Runs a suite, shows its output, adds up what it says. A suite that ends badly without a failed test
/// to show for it (it did not compile, it crashed) is an error all the same.
pub fn suite(mut command: Command, reader: Reader) -> (Tally, Result<(), String>) {
    let line = line_of(&command);
    let mut tally = Tally::default();
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => return (tally, Err(format!("{line} did not start: {error}"))),
    };
    if let Some(out) = child.stdout.take() {
        for text in BufReader::new(out).lines().map_while(Result::ok) {
            println!("{text}");
            tally.add(reader(&text));
        }
    }
    let outcome = match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{line} ended with {status}")),
        Err(error) => Err(format!("{line}: {error}")),
    };
    (tally, outcome)
}

#[cfg(test)]
mod tests {
    use super::{Tally, cargo_line, playwright_line};

    fn tally(passed: u32, failed: u32) -> Tally {
        Tally { passed, failed }
    }

    #[test]
    fn cargo_says_how_many() {
        let ok =
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s";
        assert_eq!(cargo_line(ok), tally(12, 0));
        assert_eq!(cargo_line("test result: FAILED. 3 passed; 2 failed; 0 ignored"), tally(3, 2));
        assert_eq!(cargo_line("test visits::a_visit_is_booked ... ok"), tally(0, 0));
    }

    #[test]
    fn playwright_says_how_many() {
        assert_eq!(playwright_line("  12 passed (3.2s)"), tally(12, 0));
        assert_eq!(playwright_line("  2 failed"), tally(0, 2));
        assert_eq!(playwright_line("  1 flaky"), tally(0, 1));
        assert_eq!(playwright_line("  4 did not run"), tally(0, 4));
        assert_eq!(playwright_line("  3 skipped"), tally(0, 0));
        assert_eq!(playwright_line("Running 12 tests using 2 workers"), tally(0, 0));
    }
}
