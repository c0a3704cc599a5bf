//! Whose work which messages are. The unit bounds which; this bounds who in the unit. [P] § 7. There is no line here for
//! letters of lawyers: nobody's duty is to read them.

use crate::access::Role;

/// Reads and answers what people write to the unit.
pub fn may_answer(roles: &[Role]) -> bool {
    roles.contains(&Role::CaseOfficer)
}

/// Reads letters on their way, and decides on them.
pub fn may_control(roles: &[Role]) -> bool {
    roles.contains(&Role::MessageController)
}

/// Sees how long things wait, templates and watch words; no text of anybody.
pub fn may_oversee(roles: &[Role]) -> bool {
    roles.iter().any(|role| matches!(role, Role::UnitAdmin | Role::MessageController))
}

/// Sees within which bounds the unit takes letters.
pub fn may_see_rules(roles: &[Role]) -> bool {
    may_oversee(roles)
}

/// Says within which bounds the unit takes letters, as who sets its times of visits does.
pub fn may_set_rules(roles: &[Role]) -> bool {
    roles.contains(&Role::UnitAdmin)
}

/// Is told when somebody is worried about one inside.
pub fn may_take_worries(roles: &[Role]) -> bool {
    roles.contains(&Role::DutyOfficer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_and_each_duty() {
        for role in Role::ALL {
            let roles = [role];
            let found = [
                may_answer(&roles),
                may_control(&roles),
                may_oversee(&roles),
                may_set_rules(&roles),
                may_take_worries(&roles),
            ];
            let expected = match role {
                Role::CaseOfficer => [true, false, false, false, false],
                Role::MessageController => [false, true, true, false, false],
                Role::UnitAdmin => [false, false, true, true, false],
                Role::DutyOfficer => [false, false, false, false, true],
                Role::GateOfficer
                | Role::VictimOfficer
                | Role::AppealOfficer
                | Role::Leader
                | Role::Auditor => [false; 5],
            };
            assert_eq!(may_see_rules(&roles), may_oversee(&roles));
            assert_eq!(found, expected, "{role:?}");
        }
    }
}
