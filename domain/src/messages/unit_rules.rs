//! What a unit has on of letters and within which bounds, from a day on; and the form by which its staff say so. A version
//! begins tomorrow at the earliest: what somebody was told today stays true today, and nothing is changed after the fact.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::{
    Level, Means, Pace,
    forms::{FieldError, FormErrors},
    ladder,
};
use crate::kernel::{CivilDate, DateError, TextError, line};

/// Characters of a letter.
pub const LONGEST: RangeInclusive<i64> = 100..=20_000;
/// Letters from each of the two in a week.
pub const PER_WEEK: RangeInclusive<i64> = 0..=50;
/// Until control is late, or a letter goes on by itself.
pub const HOURS: RangeInclusive<i64> = 1..=336;
const LONGEST_SOURCE: usize = 200;
const LONGEST_PHONE: usize = 30;
/// No version lies further ahead: the year is wrong then.
const FURTHEST: i64 = 3 * 366;
const MIDNIGHT: i64 = 24 * 60;

/// A unit's rules from a day on. Times in minutes after midnight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRules {
    pub valid_from: CivilDate,
    /// [F] § 3-27: off unless the unit says otherwise.
    pub exchange_on: bool,
    pub longest: i64,
    pub per_week: i64,
    pub control_hours: i64,
    /// None: nothing goes on without a person.
    pub release_hours: Option<i64>,
    pub means: Means,
    /// `weekdays` or `daily`.
    pub reads_days: String,
    pub reads_from: i64,
    pub reads_to: i64,
    pub duty_phone: String,
    pub sami: bool,
    pub source: String,
}

/// The version in force today, those that begin later, the nearest first, and those before, the newest first.
pub fn versions(
    rules: &[UnitRules],
    today: CivilDate,
) -> (Option<&UnitRules>, Vec<&UnitRules>, Vec<&UnitRules>) {
    let mut sorted: Vec<&UnitRules> = rules.iter().collect();
    sorted.sort_by_key(|r| r.valid_from);
    let (begun, coming): (Vec<_>, Vec<_>) = sorted.into_iter().partition(|r| r.valid_from <= today);
    let mut begun = begun.into_iter().rev();
    (begun.next(), coming, begun.collect())
}

/// Stands for the versions that somebody looked at: another stamp means that another has written since. Not a secret and
/// no proof; who may write is asked apart from it.
pub fn stamp(rules: &[UnitRules]) -> String {
    let bytes = rules.iter().flat_map(|r| format!("{r:?}\n").into_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// As posted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UnitRulesForm {
    /// The unit's slug.
    pub unit: String,
    /// The stamp of the versions that the page showed.
    pub seen: String,
    /// `yes` or `no`.
    pub exchange: String,
    pub longest: String,
    pub per_week: String,
    pub control_hours: String,
    /// Empty: never without a person.
    pub release_hours: String,
    /// `screen` or `print`.
    pub means: String,
    pub reads_days: String,
    pub reads_from: String,
    pub reads_to: String,
    pub duty_phone: String,
    /// `yes`: Sámi may be used with relatives here.
    pub sami: String,
    pub from_day: String,
    pub from_month: String,
    pub from_year: String,
    pub source: String,
}

#[derive(Default)]
struct Reader(FormErrors);

impl Reader {
    fn take<T>(&mut self, field: &'static str, part: Result<T, &'static str>) -> Option<T> {
        part.map_err(|code| self.0.push(FieldError { field, code })).ok()
    }
}

impl UnitRulesForm {
    /// For a unit of this level. All that is wrong comes together, in the order of the fields.
    pub fn parse(&self, level: Level, today: CivilDate) -> Result<UnitRules, FormErrors> {
        let mut r = Reader::default();
        let exchange_on = r.take("exchange", choice(&self.exchange, &["yes", "no"]));
        let longest = r.take("longest", number(&self.longest, &LONGEST));
        let per_week = r.take("per_week", number(&self.per_week, &PER_WEEK));
        let control_hours = r.take("control_hours", number(&self.control_hours, &HOURS));
        let release_hours = r.take("release_hours", release(&self.release_hours, level));
        let means = r.take("means", Means::parse(&self.means).ok_or("choose"));
        let reads_days = r.take("reads_days", choice(&self.reads_days, &["weekdays", "daily"]));
        let reads_from = r.take("reads_from", clock(&self.reads_from));
        let to = clock(&self.reads_to);
        let to =
            to.and_then(|to| if reads_from.is_some_and(|from| to <= from) { Err("order") } else { Ok(to) });
        let reads_to = r.take("reads_to", to);
        let duty_phone = r.take("duty_phone", words(&self.duty_phone, LONGEST_PHONE));
        let from = [self.from_day.as_str(), &self.from_month, &self.from_year];
        let valid_from = r.take("from", day(from, today));
        let source = r.take("source", words(&self.source, LONGEST_SOURCE));
        let rules = || {
            Some(UnitRules {
                valid_from: valid_from?,
                exchange_on: exchange_on? == "yes",
                longest: longest?,
                per_week: per_week?,
                control_hours: control_hours?,
                release_hours: release_hours?,
                means: means?,
                reads_days: reads_days?.to_owned(),
                reads_from: reads_from?,
                reads_to: reads_to?,
                duty_phone: duty_phone?,
                sami: self.sami == "yes",
                source: source?,
            })
        };
        rules().ok_or(r.0)
    }
}

fn choice(text: &str, of: &[&'static str]) -> Result<&'static str, &'static str> {
    of.iter().find(|one| **one == text).copied().ok_or("choose")
}

fn number(text: &str, range: &RangeInclusive<i64>) -> Result<i64, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Err("empty");
    }
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|n| digits && range.contains(n)).ok_or("number")
}

/// [L] § 30: at the strictest level a person reads every letter, so none goes on by itself.
fn release(text: &str, level: Level) -> Result<Option<i64>, &'static str> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let hours = number(text, &HOURS)?;
    if ladder(level) == Pace::Always { Err("not_by_level") } else { Ok(Some(hours)) }
}

/// `8.00`, `08:00` or `8`; midnight at the end of the day is `24`.
fn clock(text: &str) -> Result<i64, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Err("empty");
    }
    let (hours, minutes) = text.split_once(['.', ':']).unwrap_or((text, "00"));
    let part = |text: &str| {
        let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if digits { text.parse::<i64>().map_err(|_| "clock") } else { Err("clock") }
    };
    let (hours, minutes) = (part(hours)?, part(minutes)?);
    Some(hours * 60 + minutes).filter(|at| minutes < 60 && *at <= MIDNIGHT).ok_or("clock")
}

fn words(text: &str, longest: usize) -> Result<String, &'static str> {
    line(text, longest).map_err(TextError::code)
}

/// Tomorrow or later.
fn day(parts: [&str; 3], today: CivilDate) -> Result<CivilDate, &'static str> {
    let [day, month, year] = parts;
    match CivilDate::from_parts(day, month, year).map_err(DateError::code)? {
        date if date <= today => Err("date_tomorrow"),
        date if date > today.plus_days(FURTHEST) => Err("date_far"),
        date => Ok(date),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CivilDate {
        CivilDate::parse_iso(text).unwrap()
    }

    fn form() -> UnitRulesForm {
        let text = |text: &str| text.to_owned();
        UnitRulesForm {
            unit: text("lyngmo"),
            seen: text(""),
            exchange: text("yes"),
            longest: text("2500"),
            per_week: text("5"),
            control_hours: text("24"),
            release_hours: text(""),
            means: text("screen"),
            reads_days: text("daily"),
            reads_from: text("8"),
            reads_to: text("15.30"),
            duty_phone: text("+47 00 00 00 99"),
            sami: text("yes"),
            from_day: text("2"),
            from_month: text("9"),
            from_year: text("2026"),
            source: text("Besluttet av leder"),
        }
    }

    #[test]
    fn a_whole_form_is_a_version() {
        let rules = form().parse(Level::High, day("2026-09-01")).unwrap();
        assert_eq!((rules.valid_from, rules.reads_from, rules.reads_to), (day("2026-09-02"), 480, 930));
        assert_eq!((rules.exchange_on, rules.sami, rules.release_hours), (true, true, None));
    }

    #[test]
    fn what_is_wrong_stands_at_its_field() {
        type Change = fn(&mut UnitRulesForm);
        let table: [(Change, Level, &str, &str); 16] = [
            (|f| f.exchange.clear(), Level::High, "exchange", "choose"),
            (|f| f.longest = "99".into(), Level::High, "longest", "number"),
            (|f| f.longest = "1e3".into(), Level::High, "longest", "number"),
            (|f| f.per_week.clear(), Level::High, "per_week", "empty"),
            (|f| f.control_hours = "0".into(), Level::High, "control_hours", "number"),
            (|f| f.release_hours = "48".into(), Level::SpecialHigh, "release_hours", "not_by_level"),
            (|f| f.release_hours = "x".into(), Level::High, "release_hours", "number"),
            (|f| f.means = "post".into(), Level::High, "means", "choose"),
            (|f| f.reads_days = "never".into(), Level::High, "reads_days", "choose"),
            (|f| f.reads_from = "25".into(), Level::High, "reads_from", "clock"),
            (|f| f.reads_to = "7.00".into(), Level::High, "reads_to", "order"),
            (|f| f.reads_to = "8.99".into(), Level::High, "reads_to", "clock"),
            (|f| f.duty_phone.clear(), Level::High, "duty_phone", "empty"),
            (|f| f.from_day = "1".into(), Level::High, "from", "date_tomorrow"),
            (|f| f.from_year = "2126".into(), Level::High, "from", "date_far"),
            (|f| f.source.clear(), Level::High, "source", "empty"),
        ];
        for (change, level, field, code) in table {
            let mut form = form();
            change(&mut form);
            assert_eq!(
                form.parse(level, day("2026-09-01")),
                Err(vec![FieldError { field, code }]),
                "{field}"
            );
        }
        let empty = UnitRulesForm::default().parse(Level::High, day("2026-09-01")).unwrap_err();
        assert_eq!(empty.len(), 11, "all together: {empty:?}");
        let mut lower = form();
        lower.release_hours = "48".into();
        assert_eq!(lower.parse(Level::Lower, day("2026-09-01")).unwrap().release_hours, Some(48));
    }

    #[test]
    fn versions_stand_in_time() {
        let at = |text: &str| {
            let rules = form().parse(Level::High, day("2026-09-01")).unwrap();
            UnitRules { valid_from: day(text), ..rules }
        };
        let all = ["2027-01-01", "2025-01-01", "2026-09-09", "2026-10-01"].map(at);
        let (now, coming, past) = versions(&all, day("2026-09-09"));
        let days = |rules: Vec<&UnitRules>| rules.iter().map(|r| r.valid_from.iso()).collect::<Vec<_>>();
        assert_eq!(now.map(|r| r.valid_from.iso()), Some("2026-09-09".into()));
        assert_eq!(
            (days(coming), days(past)),
            (vec!["2026-10-01".into(), "2027-01-01".into()], vec!["2025-01-01".into()])
        );
        assert_eq!(versions(&[], day("2026-09-09")), (None, vec![], vec![]));
        assert_ne!(stamp(&all), stamp(&all[1..]));
    }
}
