//! What kinds of things and facts are called, a row each; a test sees to it that none is without.

use backend::held::{Kind, Name};
use domain::kernel::Locale;

use crate::i18n::held as t;

type Word = fn(Locale) -> String;

pub(super) fn name(l: Locale, name: Name) -> String {
    NAMES.iter().find(|(known, _)| *known == name).map_or_else(|| t::other(l), |(_, word)| word(l))
}

pub(super) fn kind(l: Locale, kind: Kind) -> String {
    KINDS.iter().find(|(known, _)| *known == kind).map_or_else(|| t::other(l), |(_, word)| word(l))
}

const NAMES: &[(Name, Word)] = &[
    (Name::Name, t::name_name),
    (Name::Born, t::name_born),
    (Name::NationalId, t::name_national_id),
    (Name::Language, t::name_language),
    (Name::PlainWords, t::name_plain_words),
    (Name::Remind, t::name_remind),
    (Name::ByText, t::name_by_text),
    (Name::Since, t::name_since),
    (Name::Checked, t::name_checked),
    (Name::Issuer, t::name_issuer),
    (Name::Subject, t::name_subject),
    (Name::Address, t::name_address),
    (Name::Confirmed, t::name_confirmed),
    (Name::Added, t::name_added),
    (Name::Opened, t::name_opened),
    (Name::Seen, t::name_seen),
    (Name::Closed, t::name_closed),
    (Name::Level, t::name_level),
    (Name::Reference, t::name_reference),
    (Name::Whom, t::name_whom),
    (Name::WhomBorn, t::name_whom_born),
    (Name::WhomNumber, t::name_whom_number),
    (Name::Relation, t::name_relation),
    (Name::Needs, t::name_needs),
    (Name::Interpreter, t::name_interpreter),
    (Name::Note, t::name_note),
    (Name::State, t::name_state),
    (Name::StateAt, t::name_state_at),
    (Name::Sent, t::name_sent),
    (Name::Unit, t::name_unit),
    (Name::For, t::name_for),
    (Name::Outcome, t::name_outcome),
    (Name::Measures, t::name_measures),
    (Name::From, t::name_from),
    (Name::Until, t::name_until),
    (Name::Suits, t::name_suits),
    (Name::Reason, t::name_reason),
    (Name::Milder, t::name_milder),
    (Name::Basis, t::name_basis),
    (Name::Made, t::name_made),
    (Name::Told, t::name_told),
    (Name::On, t::name_on),
    (Name::Starts, t::name_starts),
    (Name::Ends, t::name_ends),
    (Name::VisitKind, t::name_visit_kind),
    (Name::Booked, t::name_booked),
    (Name::Cancelled, t::name_cancelled),
    (Name::CancelledBy, t::name_cancelled_by),
    (Name::Why, t::name_why),
    (Name::Role, t::name_role),
    (Name::Mark, t::name_mark),
    (Name::Minutes, t::name_minutes),
    (Name::About, t::name_about),
    (Name::Topic, t::name_topic),
    (Name::By, t::name_by),
    (Name::Words, t::name_words),
    (Name::Earlier, t::name_earlier),
    (Name::Written, t::name_written),
    (Name::Read, t::name_read),
    (Name::Updated, t::name_updated),
    (Name::Last, t::name_last),
    (Name::OwnSide, t::name_own_side),
    (Name::Delivered, t::name_delivered),
    (Name::Count, t::name_count),
    (Name::Want, t::name_want),
    (Name::Late, t::name_late),
    (Name::Waits, t::name_waits),
    (Name::Statement, t::name_statement),
    (Name::Answer, t::name_answer),
    (Name::Kind, t::name_kind),
    (Name::Due, t::name_due),
    (Name::Asked, t::name_asked),
    (Name::Said, t::name_said),
    (Name::Settled, t::name_settled),
    (Name::Size, t::name_size),
    (Name::File, t::name_file),
    (Name::Sha256, t::name_sha256),
    (Name::Format, t::name_format),
    (Name::Registered, t::name_registered),
    (Name::Body, t::name_body),
    (Name::Action, t::name_action),
    (Name::AskedBy, t::name_asked_by),
    (Name::At, t::name_at),
    (Name::Telephone, t::name_telephone),
    (Name::Protected, t::name_protected),
    (Name::SafeWord, t::name_safe_word),
    (Name::Meeting, t::name_meeting),
    (Name::Hours, t::name_hours),
    (Name::Story, t::name_story),
    (Name::Wish, t::name_wish),
    (Name::Verified, t::name_verified),
    (Name::Place, t::name_place),
    (Name::Court, t::name_court),
    (Name::CaseNumber, t::name_case_number),
    (Name::Lawyer, t::name_lawyer),
    (Name::Firm, t::name_firm),
    (Name::Label, t::name_label),
];

const KINDS: &[(Kind, Word)] = &[
    (Kind::Person, t::kind_person),
    (Kind::Child, t::kind_child),
    (Kind::Login, t::kind_login),
    (Kind::Email, t::kind_email),
    (Kind::Phone, t::kind_phone),
    (Kind::Application, t::kind_application),
    (Kind::ApplicationDraft, t::kind_application_draft),
    (Kind::Clearance, t::kind_clearance),
    (Kind::Booking, t::kind_booking),
    (Kind::BookingDraft, t::kind_booking_draft),
    (Kind::Wait, t::kind_wait),
    (Kind::Offer, t::kind_offer),
    (Kind::VisitRequest, t::kind_visit_request),
    (Kind::VisitBring, t::kind_visit_bring),
    (Kind::VisitUrgent, t::kind_visit_urgent),
    (Kind::Unreached, t::kind_unreached),
    (Kind::Along, t::kind_along),
    (Kind::Mark, t::kind_mark),
    (Kind::Delay, t::kind_delay),
    (Kind::Moved, t::kind_moved),
    (Kind::Reminded, t::kind_reminded),
    (Kind::Decision, t::kind_decision),
    (Kind::Appeal, t::kind_appeal),
    (Kind::Correction, t::kind_correction),
    (Kind::Request, t::kind_request),
    (Kind::Document, t::kind_document),
    (Kind::DocumentDraft, t::kind_document_draft),
    (Kind::Thread, t::kind_thread),
    (Kind::Message, t::kind_message),
    (Kind::Draft, t::kind_draft),
    (Kind::Exchange, t::kind_exchange),
    (Kind::Letter, t::kind_letter),
    (Kind::Came, t::kind_came),
    (Kind::Report, t::kind_report),
    (Kind::Mandate, t::kind_mandate),
    (Kind::Lawyer, t::kind_lawyer),
    (Kind::Appointed, t::kind_appointed),
    (Kind::Delegation, t::kind_delegation),
    (Kind::DelegationAct, t::kind_delegation_act),
    (Kind::Assisted, t::kind_assisted),
    (Kind::AssistedAct, t::kind_assisted_act),
    (Kind::CounselLetters, t::kind_counsel_letters),
    (Kind::Home, t::kind_home),
    (Kind::Word, t::kind_word),
    (Kind::File, t::kind_file),
    (Kind::Delivery, t::kind_delivery),
    (Kind::Session, t::kind_session),
    (Kind::Act, t::kind_act),
    (Kind::Herself, t::kind_herself),
    (Kind::Channel, t::kind_channel),
    (Kind::Ask, t::kind_ask),
    (Kind::Registration, t::kind_registration),
    (Kind::Notice, t::kind_notice),
    (Kind::Sending, t::kind_sending),
    (Kind::Representative, t::kind_representative),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_without_a_name() {
        for found in Name::ALL {
            assert!(NAMES.iter().any(|(known, _)| known == found), "{found:?}");
        }
        for found in Kind::ALL {
            assert!(KINDS.iter().any(|(known, _)| known == found), "{found:?}");
        }
    }
}
