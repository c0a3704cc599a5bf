//! A representative as an officer types her.

use domain::kernel::{CivilDate, NationalId, TextError, line, paragraph};

use crate::notices::wish::Fault;

const LONGEST_NAME: usize = 100;
const LONGEST_BASIS: usize = 500;

/// What she is to the victim. A parent is not among them: parental responsibility alone opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Counsel,
    Guardian,
}

impl Kind {
    pub const ALL: [Self; 2] = [Self::Counsel, Self::Guardian];

    pub fn code(self) -> &'static str {
        match self {
            Self::Counsel => "counsel",
            Self::Guardian => "guardian",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// As it was typed; days as day, month and year.
#[derive(Clone, Debug, Default)]
pub struct RepresentativeForm {
    pub name: String,
    pub number: String,
    /// `counsel` or `guardian`.
    pub kind: String,
    pub from: [String; 3],
    /// The last day.
    pub until: [String; 3],
    /// What shows it, such as the court's letter.
    pub basis: String,
}

#[derive(Clone, Debug)]
pub(super) struct Read {
    pub name: String,
    pub number: String,
    pub kind: Kind,
    pub from: CivilDate,
    pub until: CivilDate,
    pub basis: String,
}

impl RepresentativeForm {
    /// All that is wrong, in the order of the fields. A last day that is past is of no use.
    pub(super) fn parse(&self, synthetic: bool, today: CivilDate) -> std::result::Result<Read, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut fault = |field, code| faults.push(Fault { field, code });
        let name = line(&self.name, LONGEST_NAME).map_err(|e: TextError| fault("name", e.code())).ok();
        let number = NationalId::parse(&self.number).ok().filter(|id| synthetic || !id.is_synthetic());
        if number.is_none() {
            fault("number", "form");
        }
        let kind = Kind::parse(&self.kind);
        if kind.is_none() {
            fault("kind", "choose");
        }
        let from = day(&self.from).map_err(|code| fault("from", code)).ok();
        let until = day(&self.until).map_err(|code| fault("until", code)).ok();
        if until.is_some_and(|until| until < today || from.is_some_and(|from| until < from)) {
            fault("until", "order");
        }
        let basis = paragraph(&self.basis, LONGEST_BASIS).map_err(|e| fault("basis", e.code())).ok();
        match (name, number, kind, from, until, basis, faults.is_empty()) {
            (Some(name), Some(number), Some(kind), Some(from), Some(until), Some(basis), true) => {
                Ok(Read { name, number: number.expose().to_owned(), kind, from, until, basis })
            }
            _ => Err(faults),
        }
    }
}

fn day([day, month, year]: &[String; 3]) -> std::result::Result<CivilDate, &'static str> {
    CivilDate::from_parts(day, month, year).map_err(|error| error.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> [String; 3] {
        let mut parts = text.split('.').map(str::to_owned);
        std::array::from_fn(|_| parts.next().unwrap_or_default())
    }

    #[test]
    fn what_is_wrong_is_said_at_its_field() {
        let today = CivilDate::parse_iso("2026-09-01").unwrap();
        let right = || RepresentativeForm {
            name: "Ingrid Tindestrå".into(),
            number: crate::testing::number_of("ingrid").expose().to_owned(),
            kind: "counsel".into(),
            from: typed("1.8.2026"),
            until: typed("1.9.2026"),
            basis: "Oppnevnt av retten.".into(),
        };
        let table: [(RepresentativeForm, &[(&str, &str)]); 9] = [
            (right(), &[]),
            (RepresentativeForm { name: " ".into(), ..right() }, &[("name", "empty")]),
            (RepresentativeForm { number: "12345678901".into(), ..right() }, &[("number", "form")]),
            (RepresentativeForm { kind: "parent".into(), ..right() }, &[("kind", "choose")]),
            (RepresentativeForm { from: typed("1.13.2026"), ..right() }, &[("from", "date_month")]),
            (RepresentativeForm { until: typed(""), ..right() }, &[("until", "date_empty")]),
            (RepresentativeForm { until: typed("31.8.2026"), ..right() }, &[("until", "order")]),
            (
                RepresentativeForm { from: typed("3.9.2026"), until: typed("2.9.2026"), ..right() },
                &[("until", "order")],
            ),
            (RepresentativeForm { basis: String::new(), ..right() }, &[("basis", "empty")]),
        ];
        for (form, expected) in table {
            let faults = form.parse(true, today).err().unwrap_or_default();
            let faults: Vec<_> = faults.iter().map(|fault| (fault.field, fault.code)).collect();
            assert_eq!(faults, expected, "{form:?}");
        }
        assert!(right().parse(false, today).is_err(), "numbers made for tests");
    }
}
