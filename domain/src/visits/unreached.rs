//! Somebody whom no letter reaches is told by hand ([E] § 9: whoever has no digital contact has the same service on paper and by telephone).

/// Marks the ids of rows.
#[derive(Debug)]
pub enum Unreached {}

/// How she was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    Rung,
    /// By post.
    Letter,
    /// When she came.
    Met,
}

impl Reached {
    pub const ALL: [Self; 3] = [Self::Rung, Self::Letter, Self::Met];

    pub fn code(self) -> &'static str {
        match self {
            Self::Rung => "rung",
            Self::Letter => "letter",
            Self::Met => "met",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.code() == code)
    }

    /// She has it in writing: what runs from a notice runs from now. [FVL] § 27.
    pub fn is_notice(self) -> bool {
        self != Self::Rung
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_no_notice_and_what_is_in_her_hand_is() {
        let table = [(Reached::Rung, false), (Reached::Letter, true), (Reached::Met, true)];
        for (how, expected) in table {
            assert_eq!((how.is_notice(), Reached::parse(how.code())), (expected, Some(how)));
        }
        assert_eq!(Reached::parse("by_mail"), None);
    }
}
