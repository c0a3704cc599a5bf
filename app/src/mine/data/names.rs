//! What parts, grounds and looks are called. The compiler sees to it that none is without a name.

use backend::{
    held::Topic,
    looks::{About, Why},
    register::Ground,
};
use domain::{access::Role, kernel::Locale};

use crate::i18n::held as t;

pub(super) fn topic(l: Locale, topic: Topic) -> String {
    match topic {
        Topic::Person => t::topic_person(l),
        Topic::Contact => t::topic_contact(l),
        Topic::Visits => t::topic_visits(l),
        Topic::Decisions => t::topic_decisions(l),
        Topic::Appeals => t::topic_appeals(l),
        Topic::Corrections => t::topic_corrections(l),
        Topic::Documents => t::topic_documents(l),
        Topic::Messages => t::topic_messages(l),
        Topic::Letters => t::topic_letters(l),
        Topic::Clients => t::topic_clients(l),
        Topic::Homes => t::topic_homes(l),
        Topic::Files => t::topic_files(l),
        Topic::Told => t::topic_told(l),
        Topic::SignIns => t::topic_sign_ins(l),
        Topic::Trail => t::topic_trail(l),
    }
}

/// What it is for, in her words.
pub(super) fn purpose(l: Locale, topic: Topic) -> String {
    match topic {
        Topic::Person => t::what_person(l),
        Topic::Contact => t::what_contact(l),
        Topic::Visits => t::what_visits(l),
        Topic::Decisions => t::what_decisions(l),
        Topic::Appeals => t::what_appeals(l),
        Topic::Corrections => t::what_corrections(l),
        Topic::Documents => t::what_documents(l),
        Topic::Messages => t::what_messages(l),
        Topic::Letters => t::what_letters(l),
        Topic::Clients => t::what_clients(l),
        Topic::Homes => t::what_homes(l),
        Topic::Files => t::what_files(l),
        Topic::Told => t::what_told(l),
        Topic::SignIns => t::what_sign_ins(l),
        Topic::Trail => t::what_trail(l),
    }
}

/// By which law.
pub(super) fn ground(l: Locale, ground: Ground) -> String {
    match ground {
        Ground::Visits => t::ground_visits(l),
        Ground::Decisions => t::ground_decisions(l),
        Ground::Notices => t::ground_notices(l),
        Ground::Messages => t::ground_messages(l),
        Ground::Counsel => t::ground_counsel(l),
        Ground::Worry => t::ground_worry(l),
        Ground::Consents => t::ground_consents(l),
        Ground::Service => t::ground_service(l),
        Ground::Security => t::ground_security(l),
    }
}

pub(super) fn about(l: Locale, about: About) -> String {
    match about {
        About::Application => t::about_application(l),
        About::Visit => t::about_visit(l),
        About::Conversation => t::about_conversation(l),
        About::Letters => t::about_letters(l),
        About::Appeal => t::about_appeal(l),
        About::Document => t::about_document(l),
        About::Correction => t::about_correction(l),
    }
}

pub(super) fn why(l: Locale, why: Why) -> String {
    match why {
        Why::HandleCase => t::why_handle_case(l),
        Why::RegisterAnswer => t::why_register_answer(l),
        Why::AnswerQuestion => t::why_answer_question(l),
        Why::QualityControl => t::why_quality_control(l),
        Why::LetterControl => t::why_letter_control(l),
        Why::LetterPrint => t::why_letter_print(l),
        Why::LetterAnswer => t::why_letter_answer(l),
        Why::LetterOrder => t::why_letter_order(l),
        Why::OnBehalf => t::why_on_behalf(l),
    }
}

/// Roles that have nothing to do with a relative's things are told as what they are, staff.
pub(super) fn role(l: Locale, role: Role) -> String {
    match role {
        Role::CaseOfficer => t::role_case_officer(l),
        Role::UnitAdmin => t::role_unit_admin(l),
        Role::GateOfficer => t::role_gate_officer(l),
        Role::MessageController => t::role_message_controller(l),
        Role::AppealOfficer => t::role_appeal_officer(l),
        Role::Auditor => t::role_auditor(l),
        Role::VictimOfficer | Role::DutyOfficer | Role::Leader => t::role_other(l),
    }
}
