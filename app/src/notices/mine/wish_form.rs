//! Her wishes as they are typed: flat fields, a from and a to for each day of the week.

use std::collections::BTreeMap;

use backend::notices::{Profile, wish::WishForm};
use domain::kernel::{Clock, Locale};
use serde::{Deserialize, Serialize};

use super::words::KINDS;

/// A day has no more minutes.
const DAY: u16 = 24 * 60;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WishPost {
    locale: String,
    telephone: String,
    safe_word: String,
    text: String,
    from_1: String,
    to_1: String,
    from_2: String,
    to_2: String,
    from_3: String,
    to_3: String,
    from_4: String,
    to_4: String,
    from_5: String,
    to_5: String,
    from_6: String,
    to_6: String,
    from_7: String,
    to_7: String,
    at_any_hour: String,
    meeting: String,
    kinds: Vec<String>,
}

impl WishPost {
    pub(super) const NAMES: &[&str] = &[
        "locale",
        "telephone",
        "safe_word",
        "text",
        "from_1",
        "to_1",
        "from_2",
        "to_2",
        "from_3",
        "to_3",
        "from_4",
        "to_4",
        "from_5",
        "to_5",
        "from_6",
        "to_6",
        "from_7",
        "to_7",
        "at_any_hour",
        "meeting",
        "kinds[]",
    ];

    fn days(&self) -> [(&str, &str); 7] {
        [
            (&self.from_1, &self.to_1),
            (&self.from_2, &self.to_2),
            (&self.from_3, &self.to_3),
            (&self.from_4, &self.to_4),
            (&self.from_5, &self.to_5),
            (&self.from_6, &self.to_6),
            (&self.from_7, &self.to_7),
        ]
    }

    /// As the use case takes it. Hours that cannot be read become hours that it refuses; all that she may be told of,
    /// chosen at once, is no choice.
    pub(super) fn read(&self) -> WishForm {
        let hours = (1..).zip(self.days()).filter_map(|(day, (from, to))| match window(from, to) {
            Hours::None => None,
            Hours::Wrong => Some((day, 0, 0)),
            Hours::Open(from, to) => Some((day, from, to)),
        });
        let all = KINDS.iter().all(|kind| self.kinds.iter().any(|code| code == kind.code()));
        WishForm {
            locale: self.locale.clone(),
            telephone: self.telephone.clone(),
            safe_word: self.safe_word.clone(),
            text: self.text.parse().unwrap_or(u8::MAX),
            hours: hours.collect(),
            escape_breaks: !self.at_any_hour.is_empty(),
            meeting: self.meeting.clone(),
            kinds: if all { Vec::new() } else { self.kinds.clone() },
        }
    }

    pub(super) fn values(&self) -> BTreeMap<String, String> {
        let mut values = BTreeMap::from([
            ("locale".to_owned(), self.locale.clone()),
            ("telephone".to_owned(), self.telephone.clone()),
            ("safe_word".to_owned(), self.safe_word.clone()),
            ("text".to_owned(), self.text.clone()),
            ("at_any_hour".to_owned(), self.at_any_hour.clone()),
            ("meeting".to_owned(), self.meeting.clone()),
            ("kinds".to_owned(), self.kinds.join(" ")),
        ]);
        for (day, (from, to)) in (1..).zip(self.days()) {
            values.extend(both(day, from.to_owned(), to.to_owned()));
        }
        values
    }
}

/// The two fields of a day.
fn both(day: u8, from: String, to: String) -> [(String, String); 2] {
    [(format!("from_{day}"), from), (format!("to_{day}"), to)]
}

/// What was typed for a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hours {
    /// Not that day.
    None,
    Open(u16, u16),
    /// One of them alone, no time of day, or in the wrong order.
    Wrong,
}

pub(super) fn window(from: &str, to: &str) -> Hours {
    if from.trim().is_empty() && to.trim().is_empty() {
        return Hours::None;
    }
    match (minutes(from), minutes(to)) {
        (Some(from), Some(to)) if from < to => Hours::Open(from, to),
        _ => Hours::Wrong,
    }
}

/// Midnight at the end of a day is written as people write it.
fn minutes(text: &str) -> Option<u16> {
    if matches!(text.trim(), "24:00" | "24.00") { Some(DAY) } else { Clock::parse(text).map(|clock| clock.0) }
}

fn typed(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// What she has set, as if she had typed it just now.
pub(super) fn stored(l: Locale, profile: &Profile, kinds: &[String]) -> BTreeMap<String, String> {
    let all = || KINDS.iter().map(|kind| kind.code()).collect::<Vec<_>>().join(" ");
    let mut values = BTreeMap::from([
        ("locale".to_owned(), profile.locale.clone().unwrap_or_else(|| l.code().to_owned())),
        ("telephone".to_owned(), profile.telephone.clone().unwrap_or_default()),
        ("safe_word".to_owned(), profile.safe_word.clone().unwrap_or_default()),
        ("text".to_owned(), profile.text.to_string()),
        ("meeting".to_owned(), profile.meeting.clone().unwrap_or_default()),
        ("at_any_hour".to_owned(), if profile.escape_breaks { "yes" } else { "" }.to_owned()),
        ("kinds".to_owned(), if kinds.is_empty() { all() } else { kinds.join(" ") }),
    ]);
    for &(day, from, to) in &profile.hours {
        values.extend(both(day, typed(from), typed(to)));
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        let table = [
            ("", "", Hours::None),
            (" ", "", Hours::None),
            ("08:00", "20.30", Hours::Open(480, 1230)),
            ("8.00", "24:00", Hours::Open(480, 1440)),
            ("08:00", "", Hours::Wrong),
            ("", "08:00", Hours::Wrong),
            ("20:00", "08:00", Hours::Wrong),
            ("08:00", "08:00", Hours::Wrong),
            ("åtte", "ti", Hours::Wrong),
            ("24:00", "25:00", Hours::Wrong),
        ];
        for (from, to, read) in table {
            assert_eq!(window(from, to), read, "{from}-{to}");
        }
    }

    #[test]
    fn what_is_stored_is_typed_as_it_is_read() {
        let profile = Profile { hours: vec![(1, 480, 1440), (7, 0, 61)], text: 2, ..Profile::default() };
        let values = stored(Locale::Nb, &profile, &[]);
        let of = |name: &str| values.get(name).cloned().unwrap_or_default();
        let post = WishPost {
            from_1: of("from_1"),
            to_1: of("to_1"),
            from_7: of("from_7"),
            to_7: of("to_7"),
            text: of("text"),
            kinds: of("kinds").split(' ').map(str::to_owned).collect(),
            ..WishPost::default()
        };
        let read = post.read();
        assert_eq!((read.hours, read.text, read.kinds), (profile.hours, 2, vec![]));
    }
}
