//! One version of one decision, read from what the case system sent. All faults of an item are told together, each at
//! its field; an unknown word is refused, never guessed.

use serde::{Deserialize, Serialize};

use super::Kind;
use crate::kernel::{Instant, line, paragraph};

/// Longest key of a decision or of an inmate, in characters.
pub const LONGEST_KEY: usize = 64;
/// Longest text of a condition, in characters.
pub const LONGEST_CONDITION: usize = 2_000;
/// Most conditions of one decision: there are two kinds.
const MOST_CONDITIONS: usize = 2;
/// How far the sender's clock may run ahead of ours, in minutes.
const AHEAD: i64 = 10;
/// Nothing is decided further ahead than this, in days: forty years.
const FARTHEST: i64 = 14_610;

/// What this version does to the decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Decided,
    /// The same, at another time.
    Moved,
    /// It will not be.
    Cancelled,
}

impl Change {
    pub const ALL: [Self; 3] = [Self::Decided, Self::Moved, Self::Cancelled];

    pub fn code(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::Moved => "moved",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.code() == code)
    }
}

/// The only conditions that the law lets a victim be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConditionKind {
    /// Where he must or must not be.
    PlaceOfStay,
    /// Whom he must not have contact with.
    Contact,
}

impl ConditionKind {
    pub const ALL: [Self; 2] = [Self::PlaceOfStay, Self::Contact];

    pub fn code(self) -> &'static str {
        match self {
            Self::PlaceOfStay => "place_of_stay",
            Self::Contact => "contact",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub kind: ConditionKind,
    pub text: String,
}

/// One version of one decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The decision's key at its source.
    pub decision: String,
    /// From 1; a higher one stands in place of the lower.
    pub version: u32,
    /// The inmate's key at the source.
    pub inmate: String,
    pub kind: Kind,
    pub change: Change,
    /// From when it holds, or when it happened.
    pub at: Instant,
    pub until: Option<Instant>,
    /// The unit it leads to, by its slug.
    pub unit: Option<String>,
    /// At most one a kind, sorted.
    pub conditions: Vec<Condition>,
}

/// An item as it was sent: one version of one decision. An item whose fields cannot be used is refused for itself, so
/// what the descriptions ask for is judged item by item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Wire {
    /// The decision's key at its source: at most 64 characters.
    pub decision: String,
    /// From 1; a higher one stands in place of the lower.
    #[cfg_attr(feature = "schema", schema(value_type = u64, minimum = 0, maximum = 4294967295_u64))]
    #[serde(deserialize_with = "whole")]
    pub version: u32,
    /// The inmate's key at the source: at most 64 characters, in the register before.
    pub inmate: String,
    /// `alternative_sentence`, `electronic_control`, `work_release`, `leave`, `interruption`, `escape`, `evasion`,
    /// `not_returned`, `release`, `conditional_release`, `preventive_conditional_release`, `residence_change`,
    /// `recapture`, `lower_security`, `transfer`, `escorted_leave`, `death`, `remand` or `restorative_offer`.
    pub kind: String,
    /// `decided`, `moved` or `cancelled`.
    pub change: String,
    /// RFC 3339 with its offset: from when it holds, or when it happened.
    pub at: String,
    /// RFC 3339 with its offset: the end, of a kind that has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// The slug of the unit that it leads to, of a kind that leads to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// At most one of each kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<WireCondition>,
}

/// A whole number, also as some senders write one: `3.0` is an integer to JSON Schema.
fn whole<'de, D: serde::Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Number {
        Whole(u32),
        Point(f64),
    }
    match Number::deserialize(from)? {
        Number::Whole(number) => Ok(number),
        Number::Point(number) if number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number) => {
            Ok(number as u32)
        }
        Number::Point(_) => Err(serde::de::Error::custom("not a whole number")),
    }
}

/// A condition that a victim may be told of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WireCondition {
    /// `place_of_stay` or `contact`.
    pub kind: String,
    /// At most 2,000 characters.
    pub text: String,
}

/// What is wrong with one field. Codes are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: &'static str,
    pub code: &'static str,
}

impl Event {
    /// `now` bounds what can have happened and what can be planned.
    pub fn parse(wire: &Wire, now: Instant) -> Result<Self, Vec<FieldError>> {
        let mut faults = Faults::default();
        let kind = faults.must("kind", "unknown", Kind::parse(&wire.kind));
        let at = faults.instant("at", &wire.at);
        let event = Self {
            decision: faults.key("decision", &wire.decision),
            version: wire.version,
            inmate: faults.key("inmate", &wire.inmate),
            kind: kind.unwrap_or(Kind::Remand),
            change: faults.must("change", "unknown", Change::parse(&wire.change)).unwrap_or(Change::Decided),
            at,
            until: wire.until.as_deref().map(|until| faults.instant("until", until)),
            unit: wire.unit.as_deref().map(|unit| faults.key("unit", unit)),
            conditions: conditions(&mut faults, &wire.conditions),
        };
        if event.version == 0 {
            faults.add("version", "from_one");
        }
        if kind.is_some() && faults.0.is_empty() {
            fits_its_kind(&mut faults, &event, now);
        }
        if faults.0.is_empty() { Ok(event) } else { Err(faults.0) }
    }

    /// What the source sent, once more: the same for equal events whatever the spelling was.
    pub fn wire(&self) -> Wire {
        let condition = |c: &Condition| WireCondition { kind: c.kind.code().into(), text: c.text.clone() };
        Wire {
            decision: self.decision.clone(),
            version: self.version,
            inmate: self.inmate.clone(),
            kind: self.kind.code().into(),
            change: self.change.code().into(),
            at: self.at.rfc3339(),
            until: self.until.map(Instant::rfc3339),
            unit: self.unit.clone(),
            conditions: self.conditions.iter().map(condition).collect(),
        }
    }
}

fn fits_its_kind(faults: &mut Faults, event: &Event, now: Instant) {
    let kind = event.kind;
    if kind.is_fact() && event.at > now.plus_minutes(AHEAD) {
        faults.add("at", "ahead");
    }
    if event.at > now.plus_days(FARTHEST) || event.at < now.plus_days(-FARTHEST) {
        faults.add("at", "far");
    }
    match event.until {
        Some(_) if !kind.has_end() => faults.add("until", "not_of_this_kind"),
        Some(until) if until <= event.at => faults.add("until", "before_start"),
        _ => {}
    }
    match &event.unit {
        Some(_) if !kind.has_unit() => faults.add("unit", "not_of_this_kind"),
        None if kind.has_unit() && event.change != Change::Cancelled => faults.add("unit", "missing"),
        _ => {}
    }
    if !event.conditions.is_empty() && !kind.has_conditions() {
        faults.add("conditions", "not_of_this_kind");
    }
}

fn conditions(faults: &mut Faults, sent: &[WireCondition]) -> Vec<Condition> {
    if sent.len() > MOST_CONDITIONS {
        faults.add("conditions", "too_many");
        return Vec::new();
    }
    let mut read: Vec<Condition> = Vec::with_capacity(sent.len());
    for condition in sent {
        let kind = faults.must("conditions.kind", "unknown", ConditionKind::parse(&condition.kind));
        let text = paragraph(&condition.text, LONGEST_CONDITION);
        let text = text.map_err(|error| faults.add("conditions.text", error.code())).ok();
        if let (Some(kind), Some(text)) = (kind, text) {
            read.push(Condition { kind, text });
        }
    }
    read.sort_by_key(|condition| condition.kind);
    if read.windows(2).any(|pair| pair[0].kind == pair[1].kind) {
        faults.add("conditions", "repeated");
    }
    read
}

#[derive(Default)]
struct Faults(Vec<FieldError>);

impl Faults {
    fn add(&mut self, field: &'static str, code: &'static str) {
        self.0.push(FieldError { field, code });
    }

    fn must<T>(&mut self, field: &'static str, code: &'static str, found: Option<T>) -> Option<T> {
        if found.is_none() {
            self.add(field, code);
        }
        found
    }

    fn key(&mut self, field: &'static str, text: &str) -> String {
        match line(text, LONGEST_KEY) {
            Ok(key) => key,
            Err(error) => {
                self.add(field, error.code());
                String::new()
            }
        }
    }

    fn instant(&mut self, field: &'static str, text: &str) -> Instant {
        self.must(field, "time", Instant::parse_rfc3339(text)).unwrap_or(Instant(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1 September 2026, 12.00 in Oslo.
    const NOW: Instant = Instant(1_788_256_800_000_000);

    fn leave() -> Wire {
        Wire {
            decision: "2026/17".into(),
            version: 1,
            inmate: "K-1".into(),
            kind: "leave".into(),
            change: "decided".into(),
            at: "2026-09-10T08:00:00+02:00".into(),
            until: Some("2026-09-12T18:00:00+02:00".into()),
            ..Wire::default()
        }
    }

    fn faults(wire: &Wire) -> Vec<(&'static str, &'static str)> {
        Event::parse(wire, NOW).err().unwrap_or_default().iter().map(|e| (e.field, e.code)).collect()
    }

    #[test]
    fn an_item_is_read_or_each_of_its_faults_is_named() {
        let contact = WireCondition { kind: "contact".into(), text: "Skal ikke oppsøke henne.".into() };
        type Faults = &'static [(&'static str, &'static str)];
        let table: [(Wire, Faults); 16] = [
            (leave(), &[]),
            (
                Wire { kind: "parole".into(), change: "".into(), ..leave() },
                &[("kind", "unknown"), ("change", "unknown")],
            ),
            (Wire { version: 0, ..leave() }, &[("version", "from_one")]),
            (
                Wire { decision: " ".into(), inmate: "a\nb".into(), ..leave() },
                &[("decision", "empty"), ("inmate", "character")],
            ),
            (Wire { at: "2026-09-10T08:00:00".into(), ..leave() }, &[("at", "time")]),
            (Wire { at: "2026-13-10T08:00:00Z".into(), ..leave() }, &[("at", "time")]),
            (
                Wire { until: Some("2026-09-10T08:00:00+02:00".into()), ..leave() },
                &[("until", "before_start")],
            ),
            (Wire { kind: "release".into(), ..leave() }, &[("until", "not_of_this_kind")]),
            (Wire { kind: "escape".into(), until: None, ..leave() }, &[("at", "ahead")]),
            (
                Wire { kind: "death".into(), until: None, at: "2026-09-01T12:05:00+02:00".into(), ..leave() },
                &[],
            ),
            (Wire { at: "2087-01-01T00:00:00Z".into(), until: None, ..leave() }, &[("at", "far")]),
            (Wire { kind: "transfer".into(), until: None, ..leave() }, &[("unit", "missing")]),
            (Wire { kind: "transfer".into(), until: None, change: "cancelled".into(), ..leave() }, &[]),
            (Wire { unit: Some("halden".into()), ..leave() }, &[("unit", "not_of_this_kind")]),
            (
                Wire { kind: "work_release".into(), conditions: vec![contact.clone()], ..leave() },
                &[("conditions", "not_of_this_kind")],
            ),
            (
                Wire { conditions: vec![contact.clone(), contact.clone()], ..leave() },
                &[("conditions", "repeated")],
            ),
        ];
        for (wire, expected) in table {
            assert_eq!(faults(&wire), expected, "{wire:?}");
        }
    }

    #[test]
    fn what_was_read_says_the_same_again() {
        let text = "\u{a0}Ikke i Halden. ".to_owned();
        let place = WireCondition { kind: "place_of_stay".into(), text };
        let contact = WireCondition { kind: "contact".into(), text: "Ikke henne.".into() };
        let event = Event::parse(&Wire { conditions: vec![contact, place], ..leave() }, NOW).unwrap();
        assert_eq!(event.conditions[0].kind, ConditionKind::PlaceOfStay);
        assert_eq!(event.wire().at, "2026-09-10T06:00:00Z");
        assert_eq!(Event::parse(&event.wire(), NOW), Ok(event));
    }
}
