//! Who reads a letter on its way: the ladder of straffegjennomføringsloven § 30, and what a unit may order otherwise.

/// A unit's level of security, as the law counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    SpecialHigh,
    High,
    Lower,
}

impl Level {
    /// As `unit.level` says it. What is not known is taken for the strictest.
    pub fn of(unit_level: &str) -> Self {
        match unit_level {
            "lower" | "transitional" => Self::Lower,
            "high" => Self::High,
            _ => Self::SpecialHigh,
        }
    }
}

/// What the law says of letters at a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Always controlled (særlig høyt).
    Always,
    /// Shall be controlled; may be waived with a reason (høyt).
    Usual,
    /// Only where it is necessary, with a reason (lavere, overgangsbolig).
    WithReason,
}

pub fn ladder(level: Level) -> Pace {
    match level {
        Level::SpecialHigh => Pace::Always,
        Level::High => Pace::Usual,
        Level::Lower => Pace::WithReason,
    }
}

/// What has been ordered for one exchange, with a reason that is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    AsLevel,
    Control,
    Waive,
}

impl Order {
    pub const ALL: [Self; 3] = [Self::AsLevel, Self::Control, Self::Waive];

    pub fn code(self) -> &'static str {
        match self {
            Self::AsLevel => "level",
            Self::Control => "control",
            Self::Waive => "waive",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.code() == code)
    }
}

/// Whether the law of the level leaves room for the order.
pub fn may_order(level: Level, order: Order) -> bool {
    !matches!((ladder(level), order), (Pace::Always, Order::Waive))
}

/// A court's letter control (straffeprosessloven § 186) overrules every waiver; so does the law of the strictest level, also
/// for a waiver from before he was moved there.
pub fn is_controlled(level: Level, order: Order, court: bool) -> bool {
    court
        || match ladder(level) {
            Pace::Always => true,
            Pace::Usual => order != Order::Waive,
            Pace::WithReason => order == Order::Control,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ladder_of_section_30() {
        let levels = ["special_high", "high", "lower", "transitional", "intake", "?"];
        // for each level: as the level, ordered, waived, waived under a court's control; and whether a waiver may be given
        let table = [
            [true, true, true, true, false],
            [true, true, false, true, true],
            [false, true, false, true, true],
            [false, true, false, true, true],
            [true, true, true, true, false],
            [true, true, true, true, false],
        ];
        for (name, expected) in levels.into_iter().zip(table) {
            let level = Level::of(name);
            let found = [
                is_controlled(level, Order::AsLevel, false),
                is_controlled(level, Order::Control, false),
                is_controlled(level, Order::Waive, false),
                is_controlled(level, Order::Waive, true),
                may_order(level, Order::Waive),
            ];
            assert_eq!(found, expected, "{name}");
            assert!(is_controlled(level, Order::AsLevel, true) && may_order(level, Order::Control));
        }
        for order in Order::ALL {
            assert_eq!(Order::parse(order.code()), Some(order));
        }
    }
}
