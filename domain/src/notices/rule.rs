//! What the law says of one kind of event: versioned data with a source. A field that is not in the rule cannot be shown
//! or sent. Straffegjennomføringsloven §§ 7 b, 7 i.

use crate::{custody::Kind, kernel::CivilDate};

/// When she is to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// Before it happens: a number of hours before, by the rules.
    Advance,
    /// As soon as possible, whatever the hour.
    AtOnce,
}

impl Timing {
    pub fn code(self) -> &'static str {
        match self {
            Self::Advance => "advance",
            Self::AtOnce => "at_once",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        [Self::Advance, Self::AtOnce].into_iter().find(|timing| timing.code() == code)
    }
}

/// What may be told. Anything else stays inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// What it is: a leave, a release.
    Kind,
    From,
    Until,
    /// A condition that an officer has marked as directly concerning her.
    Conditions,
}

impl Field {
    pub const ALL: [Self; 4] = [Self::Kind, Self::From, Self::Until, Self::Conditions];

    pub fn code(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::From => "from",
            Self::Until => "until",
            Self::Conditions => "conditions",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }
}

/// One row: this kind of event, from this day, on this basis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub kind: Kind,
    pub valid_from: CivilDate,
    /// Such as `straffegjennomføringsloven § 36 tredje ledd`.
    pub basis: String,
    /// None: this law gives no notice of it.
    pub timing: Option<Timing>,
    pub fields: Vec<Field>,
    /// The officer may tell, and need not: § 42 sixth paragraph.
    pub optional: bool,
}

impl Rule {
    /// The rule for a kind on a day: the newest that has begun. None: nothing is known of it, and nothing is sent.
    pub fn in_force(rules: &[Self], kind: Kind, on: CivilDate) -> Option<&Self> {
        let begun = rules.iter().filter(|rule| rule.kind == kind && rule.valid_from <= on);
        begun.max_by_key(|rule| rule.valid_from)
    }

    pub fn allows(&self, field: Field) -> bool {
        self.fields.contains(&field)
    }
}

/// The numbers of the ladder, in minutes. Data as well; these are what it begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// "In advance": so long before it happens she knows, or a person is on the telephone.
    pub in_advance: i64,
    /// A call of an advance notice is opened so long before that.
    pub call_lead: i64,
    /// Until the next channel is used, when there is time.
    pub next_channel: i64,
    /// The same when there is none, and when a provider is down.
    pub next_channel_at_once: i64,
    /// From the first failure of a provider until a person takes over.
    pub human_after_failure: i64,
    /// Unopened so long, the same channel is used once more.
    pub remind: i64,
    /// The longest wait between two tries of one text.
    pub longest_wait: i64,
    /// An assessment that nobody has made is on the duty desk so long before the call would be.
    pub assessment_lead: i64,
    /// A task that nobody takes pages the next telephone after this.
    pub page: i64,
}

impl Numbers {
    pub const FIRST: Self = Self {
        in_advance: 72 * 60,
        call_lead: 24 * 60,
        next_channel: 24 * 60,
        next_channel_at_once: 5,
        human_after_failure: 15,
        remind: 7 * 24 * 60,
        longest_wait: 15,
        assessment_lead: 24 * 60,
        page: 5,
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_rule_that_has_begun_holds() {
        let day = |text| CivilDate::parse_iso(text).unwrap();
        let rule = |from, optional| Rule {
            kind: Kind::Leave,
            valid_from: day(from),
            basis: String::new(),
            timing: Some(Timing::Advance),
            fields: vec![Field::From],
            optional,
        };
        let rules = [rule("2026-01-01", false), rule("2027-01-01", true)];
        let table = [
            ("2025-12-31", None),
            ("2026-01-01", Some(false)),
            ("2026-12-31", Some(false)),
            ("2027-01-01", Some(true)),
        ];
        for (on, expected) in table {
            let found = Rule::in_force(&rules, Kind::Leave, day(on));
            assert_eq!(found.map(|rule| rule.optional), expected, "{on}");
        }
        assert_eq!(Rule::in_force(&rules, Kind::Release, day("2027-01-01")), None);
        assert!(rules[0].allows(Field::From) && !rules[0].allows(Field::Conditions));
    }
}
