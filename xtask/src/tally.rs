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

/// What failed and how, to be said once more at the end: of a long output only that is read.
#[derive(Debug, Default)]
pub struct Failures {
    lines: Vec<String>,
    /// How many lines still belong to the last that failed.
    left: usize,
}

impl Failures {
    /// Lines of each failure.
    const EACH: usize = 14;

    /// `---- name stdout ----` of cargo, `  1) [project] › file › name` of Playwright.
    fn begins(line: &str) -> bool {
        let cargo = line.starts_with("---- ") && line.ends_with(" stdout ----");
        let (number, rest) = line.trim_start().split_once(") [").unwrap_or_default();
        cargo || (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) && rest.contains('›'))
    }

    pub fn read(&mut self, line: &str) {
        if Self::begins(line) {
            self.left = Self::EACH;
        }
        if self.left > 0 && !line.trim().is_empty() {
            self.lines.push(line.to_owned());
            self.left -= 1;
        }
    }

    pub fn add(&mut self, other: Self) {
        self.lines.extend(other.lines);
    }

    pub fn print(&self) {
        self.lines.iter().for_each(|line| println!("{line}"));
    }
}

/// Runs a suite, shows its output, adds up what it says. A suite that ends badly without a failed test
/// to show for it (it did not compile, it crashed) is an error all the same.
pub fn suite(mut command: Command, reader: Reader) -> (Tally, Failures, Result<(), String>) {
    let line = line_of(&command);
    let (mut tally, mut failures) = (Tally::default(), Failures::default());
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => return (tally, failures, Err(format!("{line} did not start: {error}"))),
    };
    if let Some(out) = child.stdout.take() {
        for text in BufReader::new(out).lines().map_while(Result::ok) {
            println!("{text}");
            tally.add(reader(&text));
            failures.read(&text);
        }
    }
    let outcome = match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{line} ended with {status}")),
        Err(error) => Err(format!("{line}: {error}")),
    };
    (tally, failures, outcome)
}

#[cfg(test)]
mod tests {
    use super::{Failures, Tally, cargo_line, playwright_line};

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

    #[test]
    fn what_failed_is_kept_and_nothing_else() {
        let mut kept = Failures::default();
        let table = [
            ("test a ... ok", 0),
            ("---- visits::a stdout ----", 1),
            ("", 1),
            ("thread 'visits::a' panicked at x.rs:1", 2),
            ("  1) [script-360] › end2end/home.spec.ts:37:1 › a home is asked about ──", 3),
            ("    Error: it is not there", 4),
        ];
        for (line, lines) in table {
            kept.read(line);
            assert_eq!(kept.lines.len(), lines, "{line}");
        }
        (0..40).for_each(|_| kept.read("more"));
        assert_eq!(kept.lines.len(), 2 + Failures::EACH);
        let mut none = Failures::default();
        ["  ✓  1 [script-360] › a", "1) a list", "Running 12 tests"].iter().for_each(|line| none.read(line));
        assert!(none.lines.is_empty());
    }
}
