//! What can happen: the rows of the law that speak of victims, and those that it leaves out and that are told apart from
//! them on purpose (domain facts B1).

/// One kind of custody event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Sentence served outside prison. Straffegjennomføringsloven § 16.
    AlternativeSentence,
    /// Electronic control. § 16 a.
    ElectronicControl,
    /// Work, school or treatment outside by day. § 20.
    WorkRelease,
    /// § 33, § 36.
    Leave,
    /// § 35, § 36.
    Interruption,
    /// § 40.
    Escape,
    /// Got away while outside. § 40.
    Evasion,
    /// Did not come back in time. § 40.
    NotReturned,
    /// § 42.
    Release,
    /// On probation. § 42, § 43.
    ConditionalRelease,
    /// On probation from preventive detention. Straffeloven § 45.
    PreventiveConditionalRelease,
    /// A new place of stay while on probation. § 42 sixth paragraph.
    ResidenceChange,
    Recapture,
    /// To lower security. § 15.
    LowerSecurity,
    /// Between prisons. § 14.
    Transfer,
    /// Out with an escort. § 34.
    EscortedLeave,
    /// Not a release.
    Death,
    /// Arrest, release or restrictions on remand: the police's to tell.
    Remand,
    /// An offer of a restorative process. §§ 16, 36, 43.
    RestorativeOffer,
}

impl Kind {
    pub const ALL: [Self; 19] = [
        Self::AlternativeSentence,
        Self::ElectronicControl,
        Self::WorkRelease,
        Self::Leave,
        Self::Interruption,
        Self::Escape,
        Self::Evasion,
        Self::NotReturned,
        Self::Release,
        Self::ConditionalRelease,
        Self::PreventiveConditionalRelease,
        Self::ResidenceChange,
        Self::Recapture,
        Self::LowerSecurity,
        Self::Transfer,
        Self::EscortedLeave,
        Self::Death,
        Self::Remand,
        Self::RestorativeOffer,
    ];

    /// As it is written in the API and in rows.
    pub fn code(self) -> &'static str {
        match self {
            Self::AlternativeSentence => "alternative_sentence",
            Self::ElectronicControl => "electronic_control",
            Self::WorkRelease => "work_release",
            Self::Leave => "leave",
            Self::Interruption => "interruption",
            Self::Escape => "escape",
            Self::Evasion => "evasion",
            Self::NotReturned => "not_returned",
            Self::Release => "release",
            Self::ConditionalRelease => "conditional_release",
            Self::PreventiveConditionalRelease => "preventive_conditional_release",
            Self::ResidenceChange => "residence_change",
            Self::Recapture => "recapture",
            Self::LowerSecurity => "lower_security",
            Self::Transfer => "transfer",
            Self::EscortedLeave => "escorted_leave",
            Self::Death => "death",
            Self::Remand => "remand",
            Self::RestorativeOffer => "restorative_offer",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// It tells what has happened, not what was decided: it cannot lie ahead.
    pub fn is_fact(self) -> bool {
        matches!(
            self,
            Self::Escape | Self::Evasion | Self::NotReturned | Self::Recapture | Self::Death | Self::Remand
        )
    }

    /// It lasts from one time to another.
    pub fn has_end(self) -> bool {
        matches!(
            self,
            Self::AlternativeSentence
                | Self::ElectronicControl
                | Self::WorkRelease
                | Self::Leave
                | Self::Interruption
                | Self::EscortedLeave
        )
    }

    /// Conditions whose text may concern a victim directly: §§ 16(3) d and e, 36(2) f and g, 43(2) d and e.
    pub fn has_conditions(self) -> bool {
        matches!(
            self,
            Self::AlternativeSentence
                | Self::ElectronicControl
                | Self::Leave
                | Self::Interruption
                | Self::ConditionalRelease
                | Self::PreventiveConditionalRelease
        )
    }

    /// It leads to another unit.
    pub fn has_unit(self) -> bool {
        matches!(self, Self::Transfer | Self::LowerSecurity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary_is_closed_and_each_word_is_its_own() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.code()), Some(kind));
        }
        for unknown in ["", "Leave", "release ", "parole", "released"] {
            assert_eq!(Kind::parse(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn a_fact_has_no_end_and_no_conditions() {
        for kind in Kind::ALL.into_iter().filter(|kind| kind.is_fact()) {
            assert!(!kind.has_end() && !kind.has_conditions() && !kind.has_unit(), "{kind:?}");
        }
    }
}
