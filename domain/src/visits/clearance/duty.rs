//! Whose work the applications are. The unit bounds which; this bounds who in the unit. [P] § 7.

use crate::access::Role;

/// Who of the staff reads cases, lists and searches. Others have no need to know who visits whom.
pub fn may_read(roles: &[Role]) -> bool {
    let duty = [Role::CaseOfficer, Role::UnitAdmin, Role::Auditor];
    roles.iter().any(|role| duty.contains(role))
}

/// Who takes a case further: registers answers, matches, decides.
pub fn may_decide(roles: &[Role]) -> bool {
    roles.contains(&Role::CaseOfficer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn officers_decide_some_others_read_and_the_rest_do_neither() {
        for role in Role::ALL {
            let expected = match role {
                Role::CaseOfficer => (true, true),
                Role::UnitAdmin | Role::Auditor => (true, false),
                Role::GateOfficer
                | Role::MessageController
                | Role::VictimOfficer
                | Role::DutyOfficer
                | Role::AppealOfficer
                | Role::Leader => (false, false),
            };
            assert_eq!((may_read(&[role]), may_decide(&[role])), expected, "{role:?}");
            let with_gate = [Role::GateOfficer, role];
            assert_eq!((may_read(&with_gate), may_decide(&with_gate)), expected, "one of several is enough");
        }
        assert!(!may_read(&[]) && !may_decide(&[]));
    }
}
