//! What a unit tells its visitors in its own words, each version from a day: when the visitors' department is open, how to get
//! there, what may be brought, what to show at the gate. Told as it holds on the day of the visit.

use serde::{Deserialize, Serialize};

use super::{
    PlanChange,
    plan_forms::{Reader, day, last_day},
};
use crate::{
    kernel::{CivilDate, Locale, TextError, paragraph},
    visits::clearance::forms::FormErrors,
};

pub const LONGEST_TEXT: usize = 1500;

/// What a text is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    Hours,
    Travel,
    Bring,
    Identity,
}

impl Topic {
    pub const ALL: [Self; 4] = [Self::Hours, Self::Travel, Self::Bring, Self::Identity];

    pub fn code(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Travel => "travel",
            Self::Bring => "bring",
            Self::Identity => "identity",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.code() == code)
    }
}

/// One version: plain text with line feeds, always in bokmål, in the other languages where the unit has written it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitText {
    pub topic: Topic,
    pub valid_from: CivilDate,
    /// The last day; open when none.
    pub valid_to: Option<CivilDate>,
    pub nb: String,
    pub nn: Option<String>,
    pub en: Option<String>,
    pub se: Option<String>,
}

impl UnitText {
    pub fn holds_on(&self, date: CivilDate) -> bool {
        self.valid_from <= date && self.valid_to.is_none_or(|to| date <= to)
    }

    /// As it was written in this language, else in bokmål, with the language it is in.
    pub fn said(&self, l: Locale) -> (Locale, &str) {
        let own = match l {
            Locale::Nb => None,
            Locale::Nn => self.nn.as_deref(),
            Locale::En => self.en.as_deref(),
            Locale::Se => self.se.as_deref(),
        };
        own.map_or((Locale::Nb, self.nb.as_str()), |own| (l, own))
    }
}

/// Of each topic the newest version that holds on the day, in the order of topics.
pub fn on_day(all: &[UnitText], date: CivilDate) -> Vec<UnitText> {
    let newest = |topic: Topic| {
        let holds = all.iter().filter(move |text| text.topic == topic && text.holds_on(date));
        holds.max_by_key(|text| text.valid_from).cloned()
    };
    Topic::ALL.into_iter().filter_map(newest).collect()
}

/// A version as it is typed. `seen` stamps those of its topic that the page showed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TextForm {
    pub unit: String,
    pub seen: String,
    pub topic: String,
    pub nb: String,
    pub nn: String,
    pub en: String,
    pub se: String,
    pub from_day: String,
    pub from_month: String,
    pub from_year: String,
    pub to_day: String,
    pub to_month: String,
    pub to_year: String,
}

impl TextForm {
    pub fn parse(&self, today: CivilDate) -> Result<PlanChange, FormErrors> {
        let mut r = Reader::default();
        let topic = r.take("topic", Topic::parse(&self.topic).ok_or("choose"));
        let nb = r.take("nb", words(&self.nb).and_then(|text| text.ok_or("text_empty")));
        let nn = r.take("nn", words(&self.nn));
        let en = r.take("en", words(&self.en));
        let se = r.take("se", words(&self.se));
        let from = [self.from_day.as_str(), &self.from_month, &self.from_year];
        let valid_from = r.take("from", day(from, today));
        let to = [self.to_day.as_str(), &self.to_month, &self.to_year];
        let valid_to = r.take("to", last_day(to, valid_from, today));
        let text = || {
            let (topic, valid_from, valid_to) = (topic?, valid_from?, valid_to?);
            Some(UnitText { topic, valid_from, valid_to, nb: nb?, nn: nn?, en: en?, se: se? })
        };
        let text = text().ok_or(r.0)?;
        Ok(PlanChange::Text { seen: self.seen.clone(), text: Box::new(text) })
    }
}

fn words(text: &str) -> Result<Option<String>, &'static str> {
    match paragraph(text, LONGEST_TEXT) {
        Ok(text) => Ok(Some(text)),
        Err(TextError::Empty) => Ok(None),
        Err(error) => Err(error.code()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CivilDate {
        CivilDate::parse_iso(text).expect("a date")
    }

    fn text(topic: Topic, from: &str, to: Option<&str>) -> UnitText {
        let valid_to = to.map(day);
        UnitText {
            topic,
            valid_from: day(from),
            valid_to,
            nb: from.into(),
            nn: None,
            en: Some("en".into()),
            se: None,
        }
    }

    #[test]
    fn the_newest_version_of_the_day_is_told_and_after_its_end_the_one_before() {
        let all = [
            text(Topic::Bring, "2026-09-01", None),
            text(Topic::Bring, "2026-10-01", Some("2026-10-31")),
            text(Topic::Hours, "2026-10-15", None),
        ];
        let table: [(&str, &[&str]); 4] = [
            ("2026-08-31", &[]),
            ("2026-09-30", &["2026-09-01"]),
            ("2026-10-31", &["2026-10-15", "2026-10-01"]),
            ("2026-11-01", &["2026-10-15", "2026-09-01"]),
        ];
        for (on, expected) in table {
            let told: Vec<String> = on_day(&all, day(on)).into_iter().map(|text| text.nb).collect();
            assert_eq!(told, expected, "{on}");
        }
    }

    #[test]
    fn who_reads_another_language_gets_hers_or_bokmal_as_such() {
        let text = text(Topic::Hours, "2026-09-01", None);
        assert_eq!(text.said(Locale::En), (Locale::En, "en"));
        for l in [Locale::Nb, Locale::Nn, Locale::Se] {
            assert_eq!(text.said(l), (Locale::Nb, "2026-09-01"));
        }
    }

    #[test]
    fn a_text_is_in_bokmal_and_keeps_its_lines() {
        let form = |nb: &str| TextForm {
            topic: "hours".into(),
            nb: nb.into(),
            from_day: "1".into(),
            from_month: "9".into(),
            from_year: "2026".into(),
            ..TextForm::default()
        };
        let parse = |form: TextForm| form.parse(day("2026-09-01")).map_err(|e| (e[0].field, e[0].code));
        let Ok(PlanChange::Text { text, .. }) = parse(form("Tirsdag\r\n<b>Lørdag</b>")) else {
            panic!("a text")
        };
        assert_eq!((text.nb.as_str(), text.nn), ("Tirsdag\n<b>Lørdag</b>", None));
        assert_eq!(parse(form(" ")), Err(("nb", "text_empty")));
        assert_eq!(parse(form(&"x".repeat(1501))), Err(("nb", "too_long")));
        assert_eq!(parse(TextForm { topic: String::new(), ..form("x") }), Err(("topic", "choose")));
        assert_eq!(parse(TextForm { from_month: "8".into(), ..form("x") }), Err(("from", "date_early")));
    }
}
