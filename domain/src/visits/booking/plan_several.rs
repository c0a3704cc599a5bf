//! Several times of the week changed in one go: how many places they have, their last day, or that they are not held for a
//! while. The raw form, and what it becomes.

use serde::{Deserialize, Serialize};

use super::{
    Template,
    plan_forms::{CAPACITY, Reader, day, last_day, number},
};
use crate::{
    kernel::{CivilDate, Public},
    visits::clearance::forms::FormErrors,
};

/// What becomes of all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Several {
    /// So many places from today on; what is booked beyond them stands until somebody cancels it.
    Places(i64),
    /// The last day.
    Last(CivilDate),
    /// Not held on these days, both included.
    Pause { first: CivilDate, last: CivilDate },
}

impl Several {
    pub const CODES: [&str; 3] = ["places", "last", "pause"];
}

/// `seen` stamps the times that the page showed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SeveralForm {
    pub unit: String,
    pub seen: String,
    pub times: Vec<String>,
    pub what: String,
    pub capacity: String,
    pub last_day: String,
    pub last_month: String,
    pub last_year: String,
    pub from_day: String,
    pub from_month: String,
    pub from_year: String,
    pub to_day: String,
    pub to_month: String,
    pub to_year: String,
}

impl SeveralForm {
    /// Only what was chosen is read; what stands in the other fields is left alone.
    pub fn parse(&self, today: CivilDate) -> Result<(Vec<Public<Template>>, Several), FormErrors> {
        let mut r = Reader::default();
        let times: Option<Vec<Public<Template>>> = self.times.iter().map(|id| Public::parse(id)).collect();
        let times = r.take("times", times.filter(|times| !times.is_empty()).ok_or("choose"));
        let what = match self.what.as_str() {
            "places" => r.take("capacity", number(&self.capacity, &CAPACITY)).map(Several::Places),
            "last" => {
                let parts = [self.last_day.as_str(), &self.last_month, &self.last_year];
                r.take("last", day(parts, today)).map(Several::Last)
            }
            "pause" => self.pause(&mut r, today),
            _ => r.take("what", Err("choose")),
        };
        let both = times.zip(what);
        both.ok_or(r.0)
    }

    fn pause(&self, r: &mut Reader, today: CivilDate) -> Option<Several> {
        let first = r.take("from", day([&self.from_day, &self.from_month, &self.from_year], today));
        let to = last_day([&self.to_day, &self.to_month, &self.to_year], first, today);
        let last = r.take("to", to.and_then(|to| to.ok_or("date_empty")));
        Some(Several::Pause { first: first?, last: last? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(what: &str) -> SeveralForm {
        let text = |text: &str| text.to_owned();
        SeveralForm {
            times: vec!["0".repeat(26)],
            what: text(what),
            capacity: text("2"),
            last_day: text("30"),
            last_month: text("9"),
            last_year: text("2026"),
            from_day: text("5"),
            from_month: text("10"),
            from_year: text("2026"),
            to_day: text("9"),
            to_month: text("10"),
            to_year: text("2026"),
            ..SeveralForm::default()
        }
    }

    fn day(text: &str) -> CivilDate {
        CivilDate::parse_iso(text).expect("a date")
    }

    #[test]
    fn what_is_chosen_is_read_and_the_rest_left_alone() {
        type Change = fn(&mut SeveralForm);
        let pause = Several::Pause { first: day("2026-10-05"), last: day("2026-10-09") };
        let one_day = Several::Pause { first: day("2026-10-05"), last: day("2026-10-05") };
        type Expected<'a> = Result<Several, &'a [(&'static str, &'static str)]>;
        let table: [(&str, Change, Expected); 11] = [
            ("places", |_| {}, Ok(Several::Places(2))),
            ("places", |f| f.last_day = "x".into(), Ok(Several::Places(2))),
            ("places", |f| f.capacity = "0".into(), Err(&[("capacity", "number_range")])),
            ("last", |f| f.capacity = String::new(), Ok(Several::Last(day("2026-09-30")))),
            ("last", |f| f.last_month = "8".into(), Err(&[("last", "date_early")])),
            ("pause", |_| {}, Ok(pause)),
            ("pause", |f| f.to_day = "5".into(), Ok(one_day)),
            ("pause", |f| f.to_day = "4".into(), Err(&[("to", "to_before_from")])),
            (
                "pause",
                |f| (f.from_month, f.to_day, f.to_month, f.to_year) = Default::default(),
                Err(&[("from", "date_month"), ("to", "date_empty")]),
            ),
            ("places", |f| f.times.clear(), Err(&[("times", "choose")])),
            ("everything", |f| f.times = vec!["x".into()], Err(&[("times", "choose"), ("what", "choose")])),
        ];
        for (what, change, expected) in table {
            let mut form = form(what);
            change(&mut form);
            let parsed = form.parse(day("2026-09-01")).map(|(_, what)| what);
            let parsed =
                parsed.map_err(|errors| errors.iter().map(|e| (e.field, e.code)).collect::<Vec<_>>());
            assert_eq!(parsed, expected.map_err(<[_]>::to_vec), "{form:?}");
        }
    }
}
