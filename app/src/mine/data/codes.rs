//! Values of closed sets in words. A code that only newer data knows gets a general word, never itself.

use backend::held::Set;
use domain::kernel::Locale;

use super::visit_codes::VISITS;
use crate::i18n::held as t;

/// A set, a code of it, and its word.
pub(super) type Word = (Set, &'static str, fn(Locale) -> String);

pub(super) fn code(l: Locale, set: Set, code: &str) -> String {
    let known = words().find(|(of, known, _)| *of == set && *known == code);
    known.map_or_else(|| t::other(l), |(.., word)| word(l))
}

fn words() -> impl Iterator<Item = &'static Word> {
    WORDS.iter().chain(VISITS)
}

/// One row a code; those of visits stand by themselves.
const WORDS: &[Word] = &[
    (Set::Language, "nb", t::code_language_nb),
    (Set::Language, "nn", t::code_language_nn),
    (Set::Language, "en", t::code_language_en),
    (Set::Language, "se", t::code_language_se),
    (Set::Remind, "never", t::code_remind_never),
    (Set::Remind, "day", t::code_remind_day),
    (Set::Remind, "days", t::code_remind_days),
    (Set::Remind, "both", t::code_remind_both),
    (Set::Level, "low", t::code_level_low),
    (Set::Level, "substantial", t::code_level_substantial),
    (Set::Level, "high", t::code_level_high),
    (Set::Stage, "received", t::code_stage_received),
    (Set::Stage, "awaiting_police", t::code_stage_awaiting_police),
    (Set::Stage, "awaiting_decision", t::code_stage_awaiting_decision),
    (Set::Stage, "decided", t::code_stage_decided),
    (Set::Stage, "not_processed", t::code_stage_not_processed),
    (Set::Stage, "withdrawn", t::code_stage_withdrawn),
    (Set::Relation, "spouse", t::code_relation_spouse),
    (Set::Relation, "partner", t::code_relation_partner),
    (Set::Relation, "parent", t::code_relation_parent),
    (Set::Relation, "child", t::code_relation_child),
    (Set::Relation, "sibling", t::code_relation_sibling),
    (Set::Relation, "other_family", t::code_relation_other_family),
    (Set::Relation, "co_parent", t::code_relation_co_parent),
    (Set::Relation, "friend", t::code_relation_friend),
    (Set::Relation, "other", t::code_relation_other),
    (Set::Need, "wheelchair", t::code_need_wheelchair),
    (Set::Need, "interpreter", t::code_need_interpreter),
    (Set::Need, "hearing", t::code_need_hearing),
    (Set::Need, "sight", t::code_need_sight),
    (Set::Clearance, "pending", t::code_clearance_pending),
    (Set::Clearance, "granted", t::code_clearance_granted),
    (Set::Clearance, "refused", t::code_clearance_refused),
    (Set::Clearance, "withdrawn", t::code_clearance_withdrawn),
    (Set::Measure, "observation", t::code_measure_observation),
    (Set::Measure, "listening", t::code_measure_listening),
    (Set::Measure, "search", t::code_measure_search),
    (Set::Measure, "glass_wall", t::code_measure_glass_wall),
    (Set::Mark, "arrived", t::code_mark_arrived),
    (Set::Mark, "denied", t::code_mark_denied),
    (Set::Mark, "inmate_refused", t::code_mark_inmate_refused),
    (Set::Mark, "no_show", t::code_mark_no_show),
    (Set::Mark, "normal", t::code_mark_normal),
    (Set::Mark, "early", t::code_mark_early),
    (Set::Denied, "no_identity", t::code_denied_no_identity),
    (Set::Denied, "too_late", t::code_denied_too_late),
    (Set::Denied, "search", t::code_denied_search),
    (Set::Denied, "influence", t::code_denied_influence),
    (Set::Denied, "conduct", t::code_denied_conduct),
    (Set::Denied, "no_adult", t::code_denied_no_adult),
    (Set::Denied, "not_settled", t::code_denied_not_settled),
    (Set::Subject, "clearance", t::code_subject_clearance),
    (Set::Subject, "letter", t::code_subject_letter),
    (Set::Subject, "appeal", t::code_subject_appeal),
    (Set::Outcome, "granted", t::code_outcome_granted),
    (Set::Outcome, "refused", t::code_outcome_refused),
    (Set::Outcome, "upheld", t::code_outcome_upheld),
    (Set::Outcome, "changed", t::code_outcome_changed),
    (Set::Outcome, "sent_back", t::code_outcome_sent_back),
    (Set::Outcome, "too_late", t::code_outcome_too_late),
    (Set::Outcome, "not_entitled", t::code_outcome_not_entitled),
    (Set::Body, "local", t::code_body_local),
    (Set::Body, "region", t::code_body_region),
    (Set::Body, "directorate", t::code_body_directorate),
    (Set::Appeal, "sent", t::code_appeal_sent),
    (Set::Appeal, "preparing", t::code_appeal_preparing),
    (Set::Appeal, "forwarded", t::code_appeal_forwarded),
    (Set::Appeal, "decided", t::code_appeal_decided),
    (Set::Appeal, "withdrawn", t::code_appeal_withdrawn),
    (Set::Waits, "not_asked", t::code_waits_not_asked),
    (Set::Waits, "asked", t::code_waits_asked),
    (Set::Waits, "granted", t::code_waits_granted),
    (Set::Waits, "refused", t::code_waits_refused),
    (Set::Request, "open", t::code_request_open),
    (Set::Request, "told", t::code_request_told),
    (Set::Request, "sent", t::code_request_sent),
    (Set::Request, "done", t::code_request_done),
    (Set::Request, "withdrawn", t::code_request_withdrawn),
    (Set::Told, "later", t::code_told_later),
    (Set::Told, "elsewhere", t::code_told_elsewhere),
    (Set::Told, "other", t::code_told_other),
    (Set::Document, "received", t::code_document_received),
    (Set::Document, "reading", t::code_document_reading),
    (Set::Document, "accepted", t::code_document_accepted),
    (Set::Document, "more", t::code_document_more),
    (Set::Document, "taken_back", t::code_document_taken_back),
    (Set::Topic, "clearance", t::code_topic_clearance),
    (Set::Topic, "visit", t::code_topic_visit),
    (Set::Topic, "practical", t::code_topic_practical),
    (Set::Topic, "children", t::code_topic_children),
    (Set::Topic, "money", t::code_topic_money),
    (Set::Topic, "other", t::code_topic_other),
    (Set::Thread, "waiting", t::code_thread_waiting),
    (Set::Thread, "answered", t::code_thread_answered),
    (Set::Thread, "closed", t::code_thread_closed),
    (Set::By, "you", t::code_by_you),
    (Set::By, "staff", t::code_by_staff),
    (Set::Side, "open", t::code_side_open),
    (Set::Side, "paused", t::code_side_paused),
    (Set::Side, "blocked", t::code_side_blocked),
    (Set::Letter, "in_control", t::code_letter_in_control),
    (Set::Letter, "stopped", t::code_letter_stopped),
    (Set::Letter, "released", t::code_letter_released),
    (Set::Letter, "delivered", t::code_letter_delivered),
    (Set::Letter, "read", t::code_letter_read),
    (Set::Letter, "lapsed", t::code_letter_lapsed),
    (Set::Mandate, "appointment", t::code_mandate_appointment),
    (Set::Mandate, "power_of_attorney", t::code_mandate_power_of_attorney),
    (Set::Consent, "home", t::code_consent_home),
    (Set::Consent, "child", t::code_consent_child),
    (Set::Said, "yes", t::code_said_yes),
    (Set::Said, "no", t::code_said_no),
    (Set::Said, "talk", t::code_said_talk),
    (Set::Said, "withdrawn", t::code_said_withdrawn),
    (Set::File, "uploading", t::code_file_uploading),
    (Set::File, "received", t::code_file_received),
    (Set::File, "checking", t::code_file_checking),
    (Set::File, "clean", t::code_file_clean),
    (Set::File, "infected", t::code_file_infected),
    (Set::File, "rejected", t::code_file_rejected),
    (Set::File, "ended", t::code_file_ended),
    (Set::Format, "pdf", t::code_format_pdf),
    (Set::Format, "jpeg", t::code_format_jpeg),
    (Set::Format, "png", t::code_format_png),
    (Set::Mail, "visits.clearance", t::code_mail_visits_clearance),
    (Set::Mail, "visits.booking", t::code_mail_visits_booking),
    (Set::Mail, "visits.request", t::code_mail_visits_request),
    (Set::Mail, "visits.organisation", t::code_mail_visits_organisation),
    (Set::Mail, "visits.urgent", t::code_mail_visits_urgent),
    (Set::Mail, "visits.bringing", t::code_mail_visits_bringing),
    (Set::Mail, "visits.waiting", t::code_mail_visits_waiting),
    (Set::Mail, "visits.joining", t::code_mail_visits_joining),
    (Set::Mail, "messages.news", t::code_mail_messages_news),
    (Set::Mail, "appeals.news", t::code_mail_appeals_news),
    (Set::Mail, "documents.news", t::code_mail_documents_news),
    (Set::Mail, "identity.code", t::code_mail_identity_code),
    (Set::Mail, "identity.text_code", t::code_mail_identity_text_code),
    (Set::Mail, "visits.text", t::code_mail_visits_text),
    (Set::Delivery, "sent", t::code_delivery_sent),
    (Set::Delivery, "no_channel", t::code_delivery_no_channel),
    (Set::Delivery, "superseded", t::code_delivery_superseded),
    (Set::Place, "thread", t::code_place_thread),
    (Set::Place, "new", t::code_place_new),
    (Set::Place, "letter", t::code_place_letter),
    (Set::Place, "appeal", t::code_place_appeal),
    (Set::Party, "victim", t::code_party_victim),
    (Set::Party, "bereaved", t::code_party_bereaved),
    (Set::Wish, "never_asked", t::code_wish_never_asked),
    (Set::Wish, "asked", t::code_wish_asked),
    (Set::Wish, "wants", t::code_wish_wants),
    (Set::Wish, "declines", t::code_wish_declines),
    (Set::Registration, "unverified", t::code_registration_unverified),
    (Set::Registration, "active", t::code_registration_active),
    (Set::Registration, "ended", t::code_registration_ended),
    (Set::Asked, "open", t::code_asked_open),
    (Set::Asked, "verified", t::code_asked_verified),
    (Set::Meeting, "yes", t::code_meeting_yes),
    (Set::Meeting, "no", t::code_meeting_no),
    (Set::Meeting, "never", t::code_meeting_never),
    (Set::Channel, "email", t::code_channel_email),
    (Set::Channel, "sms", t::code_channel_sms),
    (Set::ChannelState, "unconfirmed", t::code_channel_state_unconfirmed),
    (Set::ChannelState, "confirmed", t::code_channel_state_confirmed),
    (Set::ChannelState, "stopped", t::code_channel_state_stopped),
    (Set::ChannelState, "dead", t::code_channel_state_dead),
    (Set::Notice, "open", t::code_notice_open),
    (Set::Notice, "acknowledged", t::code_notice_acknowledged),
    (Set::Notice, "voice", t::code_notice_voice),
    (Set::Notice, "superseded", t::code_notice_superseded),
    (Set::Notice, "closed_by_officer", t::code_notice_closed_by_officer),
    (Set::Sending, "accepted", t::code_sending_accepted),
    (Set::Sending, "failed", t::code_sending_failed),
    (Set::Sending, "refused", t::code_sending_refused),
    (Set::Representative, "counsel", t::code_representative_counsel),
    (Set::Representative, "guardian", t::code_representative_guardian),
    (Set::Wanted, "correct", t::code_wanted_correct),
    (Set::Wanted, "erase", t::code_wanted_erase),
    (Set::Area, "person", t::code_area_person),
    (Set::Area, "contact", t::code_area_contact),
    (Set::Area, "visits", t::code_area_visits),
    (Set::Area, "decisions", t::code_area_decisions),
    (Set::Area, "documents", t::code_area_documents),
    (Set::Area, "messages", t::code_area_messages),
    (Set::Area, "letters", t::code_area_letters),
    (Set::Area, "homes", t::code_area_homes),
    (Set::Area, "other", t::code_area_other),
    (Set::Correction, "sent", t::code_correction_sent),
    (Set::Correction, "taken", t::code_correction_taken),
    (Set::Correction, "settled", t::code_correction_settled),
    (Set::Correction, "withdrawn", t::code_correction_withdrawn),
    (Set::Settled, "done", t::code_settled_done),
    (Set::Settled, "partly", t::code_settled_partly),
    (Set::Settled, "refused", t::code_settled_refused),
    (Set::Mail, "corrections.news", t::code_mail_corrections_news),
    (Set::Mail, "counsel.news", t::code_mail_counsel_news),
    (Set::Appointed, "to_check", t::code_appointed_to_check),
    (Set::Appointed, "confirmed", t::code_appointed_confirmed),
    (Set::Appointed, "refused", t::code_appointed_refused),
    (Set::Appointed, "withdrawn", t::code_appointed_withdrawn),
    (Set::NotConfirmed, "not_found", t::code_not_confirmed_not_found),
    (Set::NotConfirmed, "differs", t::code_not_confirmed_differs),
    (Set::NotConfirmed, "over", t::code_not_confirmed_over),
    (Set::Mail, "counsel.delegate", t::code_mail_counsel_delegate),
    (Set::Delegation, "waiting", t::code_delegation_waiting),
    (Set::Delegation, "accepted", t::code_delegation_accepted),
    (Set::Delegation, "declined", t::code_delegation_declined),
    (Set::Delegation, "ended", t::code_delegation_ended),
    (Set::DelegationAct, "booked", t::code_delegation_act_booked),
    (Set::DelegationAct, "cancelled", t::code_delegation_act_cancelled),
    (Set::DelegationAct, "bring_asked", t::code_delegation_act_bring_asked),
    (Set::DelegationAct, "bring_withdrawn", t::code_delegation_act_bring_withdrawn),
    (Set::DelegationAct, "urgent_asked", t::code_delegation_act_urgent_asked),
    (Set::DelegationAct, "urgent_withdrawn", t::code_delegation_act_urgent_withdrawn),
    (Set::AskedBy, "phone", t::code_asked_by_phone),
    (Set::AskedBy, "counter", t::code_asked_by_counter),
    (Set::AskedBy, "paper", t::code_asked_by_paper),
    (Set::AssistedAct, "application_submitted", t::code_assisted_act_applied),
    (Set::AssistedAct, "visit_requested", t::code_assisted_act_asked),
    (Set::AssistedAct, "visit_booked", t::code_assisted_act_booked),
    (Set::AssistedAct, "visit_changed", t::code_assisted_act_changed),
    (Set::AssistedAct, "visit_cancelled", t::code_assisted_act_cancelled),
    (Set::AssistedAct, "other", t::code_assisted_act_other),
];

#[cfg(test)]
mod tests {
    use backend::visits::assisted::ActOf;
    use domain::{
        access::Channel,
        blobs::FileType,
        corrections::{About, Outcome, Wish},
        documents::{RequestState, State, Told},
        messages::Topic,
        visits::{
            booking::{
                SessionKind, StaffReason, bringing, request, urgent,
                waiting::{OfferState, Suits, WaitEnd},
            },
            clearance::{Measure, Need, Relation},
            organisations::TaskNo,
        },
    };

    use super::*;

    /// The trail is for machines.
    const WITHOUT_WORDS: [Set; 1] = [Set::Action];

    fn worded(set: Set, codes: impl IntoIterator<Item = &'static str>) {
        for known in codes {
            assert!(words().any(|(of, code, _)| *of == set && *code == known), "{set:?} {known}");
        }
    }

    #[test]
    fn every_code_has_a_word() {
        for set in Set::ALL.iter().filter(|set| !WITHOUT_WORDS.contains(set)) {
            assert!(words().any(|(of, ..)| of == set), "{set:?}");
        }
        worded(Set::Language, Locale::ALL.map(Locale::code));
        worded(Set::Relation, Relation::ALL.map(Relation::code));
        worded(Set::Need, Need::ALL.map(Need::code));
        worded(Set::Measure, Measure::ALL.map(Measure::code));
        worded(Set::VisitKind, SessionKind::ALL.map(SessionKind::code));
        worded(Set::CancelReason, StaffReason::ALL.map(StaffReason::code));
        worded(Set::Suits, Suits::ALL.map(Suits::code));
        worded(Set::Wait, WaitEnd::ALL.map(WaitEnd::code));
        worded(Set::Offer, OfferState::ALL.map(OfferState::code));
        worded(Set::VisitRequest, request::RequestState::ALL.map(request::RequestState::code));
        worded(Set::Urgent, urgent::UrgentReason::ALL.map(urgent::UrgentReason::code));
        worded(Set::UrgentNo, urgent::UrgentNo::ALL.map(urgent::UrgentNo::code));
        worded(Set::OrganisationNo, TaskNo::ALL.map(TaskNo::code));
        worded(Set::Bring, bringing::What::ALL.map(bringing::What::code));
        worded(Set::BringReason, bringing::BringReason::ALL.map(bringing::BringReason::code));
        worded(Set::Topic, Topic::ALL.map(Topic::code));
        worded(Set::Format, FileType::ALL.map(FileType::code));
        worded(Set::Document, State::ALL.map(State::code));
        worded(Set::Request, RequestState::ALL.map(RequestState::code));
        worded(Set::Told, Told::ALL.map(Told::code));
        worded(Set::Wanted, Wish::ALL.map(Wish::code));
        worded(Set::Area, About::ALL.map(About::code));
        worded(Set::AskedBy, Channel::ALL.map(Channel::code));
        worded(Set::AssistedAct, ActOf::ALL.map(ActOf::code));
        worded(Set::Settled, Outcome::ALL.map(Outcome::code));
        for l in Locale::ALL.map(t::lang) {
            assert_eq!(code(l, Set::Level, "of another time"), t::other(l));
        }
    }
}
