//! One inmate, one page: who may open it, and of what it may tell her. Nothing of victims and nothing between an inmate and a
//! lawyer is a part of it, so no role can be given it.

use crate::{
    access::Role,
    appeals, documents, messages,
    visits::{booking, clearance},
};

/// What the page tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Applications to visit him, and who may.
    Clearances,
    Visits,
    /// Decisions with the clock of their appeals, and the appeals.
    Decisions,
    /// That somebody has written to the unit about a case of his, and whether it is answered; no word of it.
    Conversations,
    /// That a letter is on its way, and whether it has come; no word of it.
    Letters,
    /// What was handed in or asked for.
    Documents,
}

impl Part {
    pub const ALL: [Self; 6] = [
        Self::Clearances,
        Self::Visits,
        Self::Decisions,
        Self::Conversations,
        Self::Letters,
        Self::Documents,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Clearances => "clearances",
            Self::Visits => "visits",
            Self::Decisions => "decisions",
            Self::Conversations => "conversations",
            Self::Letters => "letters",
            Self::Documents => "documents",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }

    /// Whose work it is: the duty that each slice's own desk asks for.
    fn is_for(self, roles: &[Role]) -> bool {
        match self {
            Self::Clearances | Self::Decisions => clearance::may_read(roles),
            Self::Visits => booking::may_see_day(roles),
            Self::Conversations => messages::may_answer(roles),
            Self::Letters => messages::may_control(roles),
            Self::Documents => documents::may_handle(roles),
        }
    }

    /// What these roles are told of.
    pub fn of(roles: &[Role]) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|part| part.is_for(roles))
    }

    /// Whether an appeal of this kind is these roles' to see among the decisions.
    pub fn has_appeals(roles: &[Role]) -> bool {
        appeals::may_prepare(roles, appeals::Subject::Clearance)
    }
}

/// Whose duty it is to know an inmate's affairs as a whole.
pub fn may_open(roles: &[Role]) -> bool {
    roles.iter().any(|role| matches!(role, Role::CaseOfficer | Role::UnitAdmin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_told_of_its_own_work_alone() {
        let table: [(&[Role], bool, &[&str]); 9] = [
            (
                &[Role::CaseOfficer],
                true,
                &["clearances", "visits", "decisions", "conversations", "documents"],
            ),
            (&[Role::UnitAdmin], true, &["clearances", "visits", "decisions"]),
            (
                &[Role::CaseOfficer, Role::MessageController],
                true,
                &["clearances", "visits", "decisions", "conversations", "letters", "documents"],
            ),
            (&[Role::MessageController], false, &["letters"]),
            (&[Role::GateOfficer], false, &["visits"]),
            (&[Role::VictimOfficer], false, &[]),
            (&[Role::DutyOfficer], false, &["visits"]),
            (&[Role::AppealOfficer], false, &[]),
            (&[], false, &[]),
        ];
        for (roles, opens, parts) in table {
            assert_eq!(may_open(roles), opens, "{roles:?}");
            let told: Vec<_> = Part::of(roles).map(Part::code).collect();
            assert_eq!(told, parts, "{roles:?}");
        }
    }

    #[test]
    fn an_appeal_is_for_whoever_prepares_it() {
        for role in Role::ALL {
            assert_eq!(Part::has_appeals(&[role]), role == Role::CaseOfficer, "{role:?}");
        }
    }

    #[test]
    fn a_code_is_of_one_part() {
        for part in Part::ALL {
            assert_eq!(Part::parse(part.code()), Some(part));
        }
        assert_eq!(Part::parse("notices"), None);
    }
}
