//! One list of work over all slices: what kinds of work there are and whose duty each is, what a reader chooses of it, when it
//! is due in the words of a list, and what may become of who has it. Beside `wiring` the one place that knows several slices.
//! Never: a kind that somebody of another role can see.

mod choice;
mod holder;

pub use choice::{Bucket, Choice, Cursor, Due, Whose};
pub use holder::{Holder, Refusal, Step, next};

use crate::access::Role;

/// What kinds of work stand together in the reader's choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    Clearances,
    Visits,
    Messages,
    Letters,
    Documents,
    Appeals,
    Homes,
    Worries,
    Corrections,
    Counsel,
    Alerts,
    Notices,
}

impl Group {
    pub const ALL: [Self; 12] = [
        Self::Clearances,
        Self::Visits,
        Self::Messages,
        Self::Letters,
        Self::Documents,
        Self::Appeals,
        Self::Homes,
        Self::Worries,
        Self::Corrections,
        Self::Counsel,
        Self::Alerts,
        Self::Notices,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Clearances => "clearances",
            Self::Visits => "visits",
            Self::Messages => "messages",
            Self::Letters => "letters",
            Self::Documents => "documents",
            Self::Appeals => "appeals",
            Self::Homes => "homes",
            Self::Worries => "worries",
            Self::Corrections => "corrections",
            Self::Counsel => "counsel",
            Self::Alerts => "alerts",
            Self::Notices => "notices",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }

    /// Those of which somebody of these roles has any.
    pub fn of(roles: &[Role]) -> Vec<Self> {
        let has = |group: &Self| Kind::of(roles).any(|kind| kind.group() == *group);
        Self::ALL.into_iter().filter(has).collect()
    }
}

/// A kind of work, as the rows of the slices name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An application that matched no inmate.
    ClearanceMatch,
    /// All has come in: it is to be decided.
    ClearanceDecide,
    /// A leave has come with an inmate who was moved.
    ClearanceCarried,
    /// In a unit of the strictest level a leave is looked at again.
    ClearanceRecheck,
    /// The unit has cancelled a visit, and its visitor may not know.
    VisitRing,
    /// Something has changed about a booked visit.
    VisitSettle,
    /// A visit that somebody asks for, and the unit answers.
    VisitRequest,
    /// Whom or what a lawyer wants to bring, and the unit answers.
    VisitBring,
    /// A lawyer has to meet her client soon.
    VisitUrgent,
    /// Somebody asks to meet an inmate for an organisation.
    OrganisationTask,
    /// Whom no letter reaches, and somebody has to tell her.
    Unreached,
    /// An application of somebody who has no eID, to be registered.
    HandIn,
    /// A change of a unit's plan that somebody else has to approve.
    PlanProposal,
    /// She has written and waits.
    MessageAnswer,
    LetterControl,
    /// One of the two says that the letters are misused.
    LetterReport,
    /// What was handed in is to be read.
    DocumentRead,
    /// What was asked for has not come, or something else was said.
    DocumentMissing,
    /// The level that decided looks again: at a clearance, or at a letter.
    AppealClearance,
    AppealLetter,
    /// The level above decides.
    AppealDecide,
    HomeCase,
    Worry,
    /// Somebody wants something put right, or erased.
    CorrectionAnswer,
    /// A lawyer says that she is appointed.
    AppointedCheck,
    /// Something is out of the ordinary.
    AlertLook,
    NoticeRequest,
    NoticeQuestion,
    NoticeTask,
    /// Of the duty desk.
    NoticeDuty,
    /// A victim's case was opened by somebody who does not have it.
    NoticeBreakIn,
}

impl Kind {
    pub const ALL: [Self; 31] = [
        Self::ClearanceMatch,
        Self::ClearanceDecide,
        Self::ClearanceCarried,
        Self::ClearanceRecheck,
        Self::VisitRing,
        Self::VisitSettle,
        Self::VisitRequest,
        Self::VisitBring,
        Self::VisitUrgent,
        Self::OrganisationTask,
        Self::Unreached,
        Self::HandIn,
        Self::PlanProposal,
        Self::MessageAnswer,
        Self::LetterControl,
        Self::LetterReport,
        Self::DocumentRead,
        Self::DocumentMissing,
        Self::AppealClearance,
        Self::AppealLetter,
        Self::AppealDecide,
        Self::HomeCase,
        Self::Worry,
        Self::CorrectionAnswer,
        Self::AppointedCheck,
        Self::AlertLook,
        Self::NoticeRequest,
        Self::NoticeQuestion,
        Self::NoticeTask,
        Self::NoticeDuty,
        Self::NoticeBreakIn,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::ClearanceMatch => "clearance_match",
            Self::ClearanceDecide => "clearance_decide",
            Self::ClearanceCarried => "clearance_carried",
            Self::ClearanceRecheck => "clearance_recheck",
            Self::VisitRing => "visit_ring",
            Self::VisitSettle => "visit_settle",
            Self::VisitRequest => "visit_request",
            Self::VisitBring => "visit_bring",
            Self::VisitUrgent => "visit_urgent",
            Self::OrganisationTask => "organisation_task",
            Self::Unreached => "unreached",
            Self::HandIn => "hand_in",
            Self::PlanProposal => "plan_proposal",
            Self::MessageAnswer => "message_answer",
            Self::LetterControl => "letter_control",
            Self::LetterReport => "letter_report",
            Self::DocumentRead => "document_read",
            Self::DocumentMissing => "document_missing",
            Self::AppealClearance => "appeal_clearance",
            Self::AppealLetter => "appeal_letter",
            Self::AppealDecide => "appeal_decide",
            Self::HomeCase => "home_case",
            Self::Worry => "worry_open",
            Self::CorrectionAnswer => "correction_answer",
            Self::AppointedCheck => "appointed_check",
            Self::AlertLook => "alert_look",
            Self::NoticeRequest => "notice_request",
            Self::NoticeQuestion => "notice_question",
            Self::NoticeTask => "notice_task",
            Self::NoticeDuty => "notice_duty",
            Self::NoticeBreakIn => "notice_break_in",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub fn group(self) -> Group {
        match self {
            Self::ClearanceMatch
            | Self::ClearanceDecide
            | Self::ClearanceCarried
            | Self::ClearanceRecheck
            | Self::HandIn => Group::Clearances,
            Self::VisitRing
            | Self::VisitSettle
            | Self::VisitRequest
            | Self::VisitBring
            | Self::VisitUrgent
            | Self::OrganisationTask
            | Self::Unreached
            | Self::PlanProposal => Group::Visits,
            Self::MessageAnswer => Group::Messages,
            Self::LetterControl | Self::LetterReport => Group::Letters,
            Self::DocumentRead | Self::DocumentMissing => Group::Documents,
            Self::AppealClearance | Self::AppealLetter | Self::AppealDecide => Group::Appeals,
            Self::HomeCase => Group::Homes,
            Self::Worry => Group::Worries,
            Self::CorrectionAnswer => Group::Corrections,
            Self::AppointedCheck => Group::Counsel,
            Self::AlertLook | Self::NoticeBreakIn => Group::Alerts,
            Self::NoticeRequest | Self::NoticeQuestion | Self::NoticeTask | Self::NoticeDuty => {
                Group::Notices
            }
        }
    }

    /// Whose duty it is.
    pub fn role(self) -> Role {
        match self {
            Self::ClearanceMatch
            | Self::ClearanceDecide
            | Self::ClearanceCarried
            | Self::ClearanceRecheck
            | Self::VisitRing
            | Self::VisitSettle
            | Self::VisitRequest
            | Self::VisitBring
            | Self::VisitUrgent
            | Self::OrganisationTask
            | Self::Unreached
            | Self::HandIn
            | Self::MessageAnswer
            | Self::DocumentRead
            | Self::DocumentMissing
            | Self::AppealClearance
            | Self::CorrectionAnswer
            | Self::AppointedCheck
            | Self::HomeCase => Role::CaseOfficer,
            Self::PlanProposal => Role::UnitAdmin,
            Self::AlertLook | Self::NoticeBreakIn => Role::Auditor,
            Self::LetterControl | Self::LetterReport | Self::AppealLetter => Role::MessageController,
            Self::AppealDecide => Role::AppealOfficer,
            Self::Worry | Self::NoticeDuty => Role::DutyOfficer,
            Self::NoticeRequest | Self::NoticeQuestion | Self::NoticeTask => Role::VictimOfficer,
        }
    }

    /// Due at the end of a day, whatever the hour says.
    pub fn is_by_day(self) -> bool {
        matches!(self, Self::HomeCase | Self::DocumentMissing)
    }

    /// Of the compartment: who has it changes on its own pages alone.
    pub fn is_apart(self) -> bool {
        self == Self::NoticeBreakIn || self.group() == Group::Notices
    }

    /// Those of somebody of these roles.
    pub fn of(roles: &[Role]) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|kind| roles.contains(&kind.role()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        appeals, consents, corrections, documents, identity, messages, trail, visits::booking,
        visits::clearance, visits::organisations,
    };

    #[test]
    fn codes_are_read_back() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.code()), Some(kind));
        }
        for group in Group::ALL {
            assert_eq!(Group::parse(group.code()), Some(group));
        }
        assert_eq!(Kind::parse("visit"), None);
    }

    /// The list shows what its desk would, to nobody else.
    #[test]
    fn work_is_the_duty_of_those_whose_desk_it_is() {
        for role in Role::ALL {
            let roles = [role];
            for kind in Kind::ALL {
                let duty = match kind {
                    Kind::ClearanceMatch
                    | Kind::ClearanceDecide
                    | Kind::ClearanceCarried
                    | Kind::ClearanceRecheck => clearance::may_decide(&roles),
                    Kind::VisitRing | Kind::VisitSettle => role == Role::CaseOfficer,
                    Kind::VisitRequest => booking::request::may_answer(&roles),
                    Kind::VisitBring => booking::bringing::may_answer(&roles),
                    Kind::VisitUrgent => booking::urgent::may_answer(&roles),
                    Kind::OrganisationTask => organisations::may_register(&roles),
                    Kind::Unreached | Kind::HandIn => role == Role::CaseOfficer,
                    Kind::PlanProposal => booking::may_plan(&roles),
                    Kind::MessageAnswer => messages::may_answer(&roles),
                    Kind::LetterControl | Kind::LetterReport => messages::may_control(&roles),
                    Kind::DocumentRead | Kind::DocumentMissing => documents::may_handle(&roles),
                    Kind::AppealClearance => appeals::may_prepare(&roles, appeals::Subject::Clearance),
                    Kind::AppealLetter => appeals::may_prepare(&roles, appeals::Subject::Letter),
                    Kind::AppealDecide => appeals::may_decide(&roles),
                    Kind::HomeCase => consents::may_ask(&roles),
                    Kind::Worry => messages::may_take_worries(&roles),
                    Kind::CorrectionAnswer => corrections::may_handle(&roles),
                    Kind::AppointedCheck => identity::may_register(&roles),
                    Kind::AlertLook | Kind::NoticeBreakIn => trail::may_audit(&roles),
                    Kind::NoticeRequest | Kind::NoticeQuestion | Kind::NoticeTask => {
                        role == Role::VictimOfficer
                    }
                    Kind::NoticeDuty => role == Role::DutyOfficer,
                };
                assert_eq!(Kind::of(&roles).any(|k| k == kind), duty, "{role:?} {kind:?}");
            }
        }
        assert_eq!(Group::of(&[Role::DutyOfficer]), [Group::Worries, Group::Notices]);
        assert_eq!(Group::of(&[Role::Auditor]), [Group::Alerts]);
        assert_eq!(Group::of(&[Role::UnitAdmin]), [Group::Visits]);
        assert!(Group::of(&[Role::GateOfficer, Role::Leader]).is_empty());
    }
}
