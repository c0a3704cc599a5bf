//! A kind of document, as a row says it: who sends it, where it goes, what it needs, and how long it is kept.

use super::FieldError;
use crate::kernel::CivilDate;

/// Who may send one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Senders {
    Anyone,
    /// Whoever has a case that it is about.
    Case,
    /// Whoever was asked for it, and nobody else.
    Asked,
}

/// Where it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoesTo {
    Case,
    Unit,
    Either,
}

/// A version of a kind. The numbers are the row's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    pub code: String,
    /// With the code, the version that a document was sent under.
    pub valid_from: String,
    pub senders: Senders,
    pub goes_to: GoesTo,
    pub needs_file: bool,
    /// Which rule its files have: types and size.
    pub blob_kind: String,
    /// How long somebody who is asked has, unless another day is chosen.
    pub deadline_days: i64,
    pub keep_days: i64,
}

impl Senders {
    pub fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "anyone" => Self::Anyone,
            "case" => Self::Case,
            "asked" => Self::Asked,
            _ => return None,
        })
    }
}

impl GoesTo {
    pub fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "case" => Self::Case,
            "unit" => Self::Unit,
            "either" => Self::Either,
            _ => return None,
        })
    }
}

impl Kind {
    /// Whether somebody may begin one by herself.
    pub fn may_begin(&self, has_case: bool) -> bool {
        match self.senders {
            Senders::Anyone => has_case || self.goes_to != GoesTo::Case,
            Senders::Case => has_case,
            Senders::Asked => false,
        }
    }

    /// The last day that is proposed to whoever asks for one.
    pub fn due(&self, today: CivilDate) -> CivilDate {
        today.plus_days(self.deadline_days)
    }

    /// What is missing: a file where the kind needs one; something, where it does not.
    pub fn lacks(&self, files: usize, words: bool) -> Option<FieldError> {
        match (files, self.needs_file, words) {
            (0, true, _) => Some(FieldError { field: "file", code: "needed" }),
            (0, false, false) => Some(FieldError { field: "words", code: "nothing" }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(senders: Senders, goes_to: GoesTo, needs_file: bool) -> Kind {
        Kind {
            code: "letter".into(),
            valid_from: "2020-01-01".into(),
            senders,
            goes_to,
            needs_file,
            blob_kind: "document".into(),
            deadline_days: 14,
            keep_days: 365,
        }
    }

    #[test]
    fn who_may_begin_follows_the_row() {
        use GoesTo as G;
        use Senders as S;
        for (senders, goes_to, without, with) in [
            (S::Anyone, G::Either, true, true),
            (S::Anyone, G::Unit, true, true),
            (S::Anyone, G::Case, false, true),
            (S::Case, G::Either, false, true),
            (S::Asked, G::Unit, false, false),
        ] {
            let kind = kind(senders, goes_to, true);
            assert_eq!(
                (kind.may_begin(false), kind.may_begin(true)),
                (without, with),
                "{senders:?} {goes_to:?}"
            );
        }
    }

    #[test]
    fn nothing_at_all_is_no_document() {
        let code = |needs, files, words| {
            kind(Senders::Anyone, GoesTo::Unit, needs)
                .lacks(files, words)
                .map(|e| format!("{} {}", e.field, e.code))
        };
        assert_eq!(code(true, 0, true).as_deref(), Some("file needed"));
        assert_eq!(code(false, 0, false).as_deref(), Some("words nothing"));
        assert_eq!((code(true, 1, false), code(false, 0, true), code(false, 2, false)), (None, None, None));
    }

    #[test]
    fn the_proposed_day_is_counted_from_today() {
        let today = CivilDate::parse_iso("2026-02-20").unwrap();
        assert_eq!(kind(Senders::Asked, GoesTo::Unit, true).due(today).iso(), "2026-03-06");
    }
}
