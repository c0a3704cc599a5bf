//! A child's other parent, as the clearance knows it. Who was asked, and what was said, is not known here.

/// Where it stands; nobody has been asked is no fact at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherParent {
    Asked,
    Given,
    Missing,
    /// An officer has decided that it can do without.
    Without,
}

impl OtherParent {
    pub const ALL: [Self; 4] = [Self::Asked, Self::Given, Self::Missing, Self::Without];

    pub fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Given => "given",
            Self::Missing => "missing",
            Self::Without => "without",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fact| fact.code() == code)
    }

    /// The child can be granted, and come along. The queries of booking and gate ask the same.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Given | Self::Without)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_and_an_officers_word_settle_it() {
        let settled: Vec<&str> =
            OtherParent::ALL.into_iter().filter(|f| f.is_settled()).map(OtherParent::code).collect();
        assert_eq!(settled, ["given", "without"]);
        for fact in OtherParent::ALL {
            assert_eq!(OtherParent::parse(fact.code()), Some(fact));
        }
    }
}
