//! A leave goes with the inmate when he is moved. Which control a unit has to consider follows from its level ([L] §§ 31, 32):
//! where that is no stricter the leave holds at once, elsewhere when the new unit has looked at it. Never: a leave that is lost,
//! or holds under a control that its unit would not have chosen, because he was moved.

/// The levels of units from the mildest; what is not known is taken for the strictest.
fn strictness(level: &str) -> u8 {
    match level {
        "transitional" => 0,
        "lower" => 1,
        "high" => 2,
        _ => 3,
    }
}

/// Whether a leave of a unit of the first level holds at one of the second before anybody there has looked at it.
pub fn holds_at_once(from: &str, to: &str) -> bool {
    strictness(to) <= strictness(from)
}

/// Why a unit decides anew what it, or another, has decided (forvaltningsloven § 35).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// What was not known then.
    NewFacts,
    /// What happened at a visit.
    Conduct,
    Security,
    /// The control may be more than is needed.
    Milder,
    /// He is at another unit now.
    Moved,
}

impl Ground {
    pub const ALL: [Self; 5] = [Self::NewFacts, Self::Conduct, Self::Security, Self::Milder, Self::Moved];

    pub fn code(self) -> &'static str {
        match self {
            Self::NewFacts => "new_facts",
            Self::Conduct => "conduct",
            Self::Security => "security",
            Self::Milder => "milder",
            Self::Moved => "moved",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leave_holds_at_once_where_control_is_no_stricter() {
        let levels = ["transitional", "lower", "high", "special_high", "?"];
        for (f, from) in levels.into_iter().enumerate() {
            for (t, to) in levels.into_iter().enumerate() {
                assert_eq!(holds_at_once(from, to), t.min(3) <= f.min(3), "{from} to {to}");
            }
        }
    }

    #[test]
    fn codes_are_read_back() {
        for ground in Ground::ALL {
            assert_eq!(Ground::parse(ground.code()), Some(ground));
        }
        assert_eq!(Ground::parse("whim"), None);
    }
}
