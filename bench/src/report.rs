//! What was found: a table for people, target/bench/report.json for machines.

use std::path::Path;

use serde::Serialize;

use crate::stats::Ratio;

/// What a ratio should be.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    AtLeast(f64),
    AtMost(f64),
    /// Told beside the others, judged by nobody.
    None,
}

impl Target {
    fn met(self, found: Ratio) -> bool {
        match self {
            Self::AtLeast(least) => found.low >= least,
            Self::AtMost(most) => found.high <= most,
            Self::None => true,
        }
    }

    fn words(self) -> String {
        match self {
            Self::AtLeast(least) => format!("≥ {least}"),
            Self::AtMost(most) => format!("≤ {most}"),
            Self::None => "–".to_owned(),
        }
    }
}

/// One line of the report. `ok` is whether the worse end of the interval meets the target.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub id: String,
    pub what: String,
    pub ratio: f64,
    pub low: f64,
    pub high: f64,
    pub target: String,
    pub ok: bool,
    /// Both sides as they were measured.
    pub beside: String,
}

impl Row {
    pub fn new(id: &str, what: &str, found: Ratio, target: Target, beside: String) -> Self {
        let rounded = |value: f64| (value * 1000.0).round() / 1000.0;
        Self {
            id: id.to_owned(),
            what: what.to_owned(),
            ratio: rounded(found.ratio),
            low: rounded(found.low),
            high: rounded(found.high),
            target: target.words(),
            ok: target.met(found),
            beside,
        }
    }

    pub fn print(&self) {
        let Self { id, what, ratio, low, high, target, beside, .. } = self;
        let verdict = if self.ok { "ok  " } else { "MISS" };
        println!("{verdict} {id:<14} {ratio:>9.3}  [{low:.3}, {high:.3}]  {target:<8} {what}: {beside}");
    }
}

pub fn write(rows: &[Row], file: &Path) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(file, serde_json::to_string_pretty(rows).map_err(std::io::Error::other)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worse_end_of_the_interval_decides() {
        let found = Ratio { ratio: 0.6, low: 0.45, high: 0.7 };
        let table = [
            (Target::AtLeast(0.5), false),
            (Target::AtLeast(0.4), true),
            (Target::AtMost(0.65), false),
            (Target::AtMost(0.7), true),
            (Target::None, true),
        ];
        for (target, ok) in table {
            assert_eq!(Row::new("P0", "x", found, target, String::new()).ok, ok, "{target:?}");
        }
    }
}
