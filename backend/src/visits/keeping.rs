//! What visits keep no longer. A case goes whole: with what was decided on it, and with the appeals against that.

use crate::keeping::{Kind, Old};

pub const KINDS: &[Kind] = &[
    Kind::new("application_draft", "clearance.draft_days", Old::At(OLD_DRAFTS), &[DROP_DRAFT]),
    Kind::new(
        "application",
        "keep.case_days",
        Old::AtAndOn(OLD_APPLICATIONS),
        &[DROP_APPEALS, DROP_RULINGS, DROP_DECISIONS, DROP_CLEARANCES, DROP_APPLICATION],
    ),
    Kind::new(
        "booking",
        "keep.case_days",
        Old::At(OLD_BOOKINGS),
        &[
            DROP_MARKS,
            DROP_DELAY,
            DROP_CHANGES,
            DROP_REMINDERS,
            DROP_INVITATIONS,
            DROP_BRINGS,
            DROP_LEFT,
            DROP_PARTY,
            DROP_BOOKING,
        ],
    ),
    Kind::new(
        "booking_draft",
        "keep.booking_draft_days",
        Old::At(OLD_BOOKING_DRAFTS),
        &[DROP_DRAFT_PARTY, DROP_BOOKING_DRAFT],
    ),
    Kind::new(
        "visit_wait",
        "keep.visit_wait_days",
        Old::At(OLD_WAITS),
        &[DROP_OFFERS, DROP_WAIT_PARTY, DROP_WAIT],
    ),
    Kind::new(
        "visit_request",
        "keep.visit_request_days",
        Old::At(OLD_REQUESTS),
        &[DROP_REQUEST_PARTY, DROP_REQUEST],
    ),
    Kind::new("unreached", "keep.unreached_days", Old::At(OLD_UNREACHED), &[DROP_UNREACHED]),
    Kind::new("hand_in", "keep.hand_in_days", Old::At(OLD_HAND_INS), &[DROP_HAND_IN, DROP_ITS_KEY]),
    Kind::new(
        "hand_in_session",
        "keep.hand_in_session_days",
        Old::At(OLD_HAND_IN_SESSIONS),
        &[DROP_HAND_IN_SESSION],
    ),
    Kind::new("urgent_room", "keep.urgent_room_days", Old::At(OLD_URGENT), &[DROP_URGENT]),
    Kind::new("organisation_person", "keep.organisation_days", Old::At(OLD_PEOPLE), &[DROP_PERSON]),
    Kind::new("organisation_task", "keep.organisation_days", Old::At(OLD_TASKS), &[DROP_TASK]),
    Kind::new("named_visitor", "keep.named_visitor_days", Old::At(OLD_NAMED), &[DROP_NAMED]),
    Kind::new("kept_apart", "keep.kept_apart_days", Old::At(OLD_PAIRS), &[DROP_PAIR]),
    Kind::new("visitor_apart", "keep.visitor_apart_days", Old::At(OLD_VISITORS), &[DROP_VISITORS]),
    Kind::new(
        "inmate_appointment",
        "keep.inmate_appointment_days",
        Old::At(OLD_APPOINTMENTS),
        &[DROP_APPOINTMENT],
    ),
    Kind::new("calendar_feed", "keep.calendar_feed_days", Old::At(OLD_FEEDS), &[super::booking::DROP_FEED]),
    Kind::new("plan_proposal", "keep.plan_proposal_days", Old::At(OLD_PROPOSALS), &[DROP_PROPOSAL]),
    Kind::new("assist_contact", "keep.assist_days", Old::At(OLD_CONTACTS), &[DROP_ACTS, DROP_CONTACT]),
    Kind::new("visit_session", "keep.visit_session_days", Old::At(OLD_SESSIONS), &[DROP_SESSION]),
];

/// What was done under one stays told for as long as somebody's matter is open.
pub const OLD_CONTACTS: &str = "SELECT t.id FROM assist_contact t WHERE t.ends_at < $1 \
    AND NOT EXISTS (SELECT 1 FROM keeping_open o WHERE o.person_id = t.person_id) ORDER BY t.ends_at LIMIT $2";
pub const DROP_ACTS: &str = "DELETE FROM assist_act WHERE contact_id = $1";
pub const DROP_CONTACT: &str = "DELETE FROM assist_contact WHERE id = $1";
pub const OLD_DRAFTS: &str =
    "SELECT id FROM application_draft WHERE updated_at < $1 ORDER BY updated_at LIMIT $2";
/// One that is open is never old, nor is one by which somebody may still come.
pub const OLD_APPLICATIONS: &str = "SELECT a.id FROM application a WHERE a.state IN ('decided', 'not_processed', 'withdrawn') \
    AND a.state_at < $1 \
    AND NOT EXISTS (SELECT 1 FROM clearance c WHERE c.application_id = a.id AND (c.valid_to >= $3 OR c.reopened_at IS NOT NULL)) \
    AND NOT EXISTS (SELECT 1 FROM keeping_open o WHERE o.person_id = a.person_id) ORDER BY a.state_at LIMIT $2";
pub const OLD_BOOKINGS: &str = "SELECT b.id FROM booking b WHERE b.ends_at < $1 \
    AND NOT EXISTS (SELECT 1 FROM keeping_open o WHERE o.person_id = b.person_id) ORDER BY b.ends_at LIMIT $2";
/// A place that is held is given back by whoever drops the hold.
pub const OLD_BOOKING_DRAFTS: &str = "SELECT d.id FROM booking_draft d WHERE d.updated_at < $1 \
    AND NOT EXISTS (SELECT 1 FROM visit_hold h WHERE h.draft_id = d.id) ORDER BY d.updated_at LIMIT $2";
pub const OLD_WAITS: &str = "SELECT w.id FROM visit_wait w WHERE w.ended_at < $1 \
    AND NOT EXISTS (SELECT 1 FROM keeping_open o WHERE o.person_id = w.person_id) ORDER BY w.ended_at LIMIT $2";
pub const OLD_REQUESTS: &str = "SELECT q.id FROM visit_request q WHERE q.decided_at < $1 \
    AND NOT EXISTS (SELECT 1 FROM keeping_open o WHERE o.person_id = q.person_id) ORDER BY q.decided_at LIMIT $2";
pub const DROP_REQUEST_PARTY: &str = "DELETE FROM visit_request_party WHERE request_id = $1";
pub const DROP_REQUEST: &str = "DELETE FROM visit_request WHERE id = $1";
pub const OLD_UNREACHED: &str = "SELECT q.id FROM unreached q WHERE q.done_at < $1 \
    AND NOT EXISTS (SELECT 1 FROM keeping_open o WHERE o.person_id = q.person_id) ORDER BY q.done_at LIMIT $2";
pub const DROP_UNREACHED: &str = "DELETE FROM unreached WHERE id = $1";
/// What has become a case goes after the case is over.
pub const OLD_HAND_INS: &str = "SELECT h.id FROM hand_in h LEFT JOIN application a ON a.id = h.application_id \
    WHERE h.state IN ('linked', 'closed', 'withdrawn') AND h.state_at < $1 AND (a.id IS NULL OR (a.state_at < $1 \
    AND a.state IN ('decided', 'not_processed', 'withdrawn'))) \
    AND NOT EXISTS (SELECT 1 FROM keeping_open o WHERE o.person_id = h.person_id) ORDER BY h.state_at LIMIT $2";
pub const DROP_HAND_IN: &str = "DELETE FROM hand_in WHERE id = $1";
pub const DROP_ITS_KEY: &str = "DELETE FROM subject_key WHERE subject_id = $1";
pub const OLD_HAND_IN_SESSIONS: &str =
    "SELECT id FROM hand_in_session WHERE asked_at < $1 ORDER BY asked_at LIMIT $2";
pub const DROP_HAND_IN_SESSION: &str = "DELETE FROM hand_in_session WHERE id = $1";
pub const OLD_URGENT: &str = "SELECT q.id FROM urgent_room q WHERE q.decided_at < $1 \
    AND NOT EXISTS (SELECT 1 FROM keeping_open o WHERE o.person_id = q.person_id) ORDER BY q.decided_at LIMIT $2";
pub const DROP_URGENT: &str = "DELETE FROM urgent_room WHERE id = $1";
/// Whoever comes for one no more, by the unit or by the day.
pub const OLD_PEOPLE: &str =
    "SELECT m.id FROM organisation_person m WHERE m.over_at < $1 ORDER BY m.over_at LIMIT $2";
pub const DROP_PERSON: &str = "DELETE FROM organisation_person WHERE id = $1";
pub const OLD_TASKS: &str = "SELECT t.id FROM organisation_task t WHERE t.over_at < $1 \
    AND NOT EXISTS (SELECT 1 FROM keeping_open o WHERE o.person_id = t.asked_by) ORDER BY t.over_at LIMIT $2";
pub const DROP_TASK: &str = "DELETE FROM organisation_task WHERE id = $1";
pub const OLD_NAMED: &str =
    "SELECT n.id FROM named_visitor n WHERE n.ended_at < $1 ORDER BY n.ended_at LIMIT $2";
pub const DROP_NAMED: &str = "DELETE FROM named_visitor WHERE id = $1";
pub const OLD_PAIRS: &str =
    "SELECT k.id FROM kept_apart k WHERE k.ended_at < $1 ORDER BY k.ended_at LIMIT $2";
pub const DROP_PAIR: &str = "DELETE FROM kept_apart WHERE id = $1";
pub const OLD_VISITORS: &str =
    "SELECT v.id FROM visitor_apart v WHERE v.ended_at < $1 ORDER BY v.ended_at LIMIT $2";
pub const DROP_VISITORS: &str = "DELETE FROM visitor_apart WHERE id = $1";
pub const OLD_APPOINTMENTS: &str =
    "SELECT g.id FROM inmate_appointment g WHERE g.ends_at < $1 ORDER BY g.ends_at LIMIT $2";
pub const DROP_APPOINTMENT: &str = "DELETE FROM inmate_appointment WHERE id = $1";
pub const OLD_FEEDS: &str =
    "SELECT f.person_id FROM calendar_feed f WHERE f.made_at < $1 ORDER BY f.made_at LIMIT $2";
pub const OLD_PROPOSALS: &str =
    "SELECT id FROM plan_proposal WHERE decided_at < $1 ORDER BY decided_at LIMIT $2";
pub const DROP_PROPOSAL: &str = "DELETE FROM plan_proposal WHERE id = $1";
pub const OLD_SESSIONS: &str = "SELECT s.id FROM visit_session s WHERE s.ends_at < $1 \
    AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.session_id = s.id) \
    AND NOT EXISTS (SELECT 1 FROM visit_offer o WHERE o.session_id = s.id) \
    AND NOT EXISTS (SELECT 1 FROM visit_request q WHERE q.session_id = s.id) \
    AND NOT EXISTS (SELECT 1 FROM visit_hold h WHERE h.session_id = s.id) ORDER BY s.ends_at LIMIT $2";
pub const DROP_DRAFT: &str = "DELETE FROM application_draft WHERE id = $1";
pub const DROP_APPEALS: &str = "DELETE FROM appeal WHERE decision_id IN (SELECT d.id FROM decision d JOIN clearance c \
    ON c.id = d.subject_id WHERE d.subject_kind = 'clearance' AND c.application_id = $1)";
pub const DROP_RULINGS: &str = "DELETE FROM decision WHERE appeal_of IN (SELECT d.id FROM decision d JOIN clearance c \
    ON c.id = d.subject_id WHERE d.subject_kind = 'clearance' AND c.application_id = $1)";
pub const DROP_DECISIONS: &str = "DELETE FROM decision WHERE subject_kind = 'clearance' \
    AND subject_id IN (SELECT c.id FROM clearance c WHERE c.application_id = $1)";
pub const DROP_CLEARANCES: &str = "DELETE FROM clearance WHERE application_id = $1";
pub const DROP_APPLICATION: &str = "DELETE FROM application WHERE id = $1";
pub const DROP_MARKS: &str = "DELETE FROM visit_mark WHERE booking_id = $1";
pub const DROP_DELAY: &str = "DELETE FROM visit_delay WHERE booking_id = $1";
pub const DROP_CHANGES: &str = "DELETE FROM booking_change WHERE booking_id = $1";
pub const DROP_REMINDERS: &str = "DELETE FROM booking_reminder WHERE booking_id = $1";
pub const DROP_INVITATIONS: &str = "DELETE FROM visit_invitation WHERE booking_id = $1";
pub const DROP_BRINGS: &str = "DELETE FROM visit_bring WHERE booking_id = $1";
pub const DROP_LEFT: &str = "DELETE FROM booking_party_left WHERE booking_id = $1";
pub const DROP_PARTY: &str = "DELETE FROM booking_party WHERE booking_id = $1";
pub const DROP_BOOKING: &str = "DELETE FROM booking WHERE id = $1";
pub const DROP_DRAFT_PARTY: &str = "DELETE FROM booking_draft_party WHERE draft_id = $1";
pub const DROP_BOOKING_DRAFT: &str = "DELETE FROM booking_draft WHERE id = $1";
pub const DROP_SESSION: &str = "DELETE FROM visit_session WHERE id = $1";
pub const DROP_OFFERS: &str = "DELETE FROM visit_offer WHERE wait_id = $1";
pub const DROP_WAIT_PARTY: &str = "DELETE FROM visit_wait_party WHERE wait_id = $1";
pub const DROP_WAIT: &str = "DELETE FROM visit_wait WHERE id = $1";
