//! Which tables a part is drawn from, so that ground and time come from the register and from nowhere else.

use super::Topic;
use crate::{
    Result,
    register::{Ground, Kept, Table, table},
    rules::Rules,
};

/// A part's tables.
#[derive(Clone, Copy, Debug)]
pub struct Part(&'static [&'static str]);

/// What the victims' area draws from.
pub const NOTICES: Part = Part(&[
    "notice_recipient",
    "notice_channel",
    "notice_request",
    "notice_party",
    "notice_representative",
    "notice_message",
    "notice_obligation",
    "notice_attempt",
    "notice_session",
]);

const VISITS: &[&str] = &[
    "application",
    "clearance",
    "booking",
    "booking_party",
    "booking_party_left",
    "visit_invitation",
    "visit_mark",
    "visit_delay",
    "booking_change",
    "booking_reminder",
    "application_draft",
    "booking_draft",
    "booking_draft_party",
    "visit_hold",
    "visit_wait",
    "visit_wait_party",
    "visit_offer",
    "assist_contact",
    "assist_act",
    "calendar_feed",
    "visit_request",
    "visit_request_party",
    "visit_bring",
    "urgent_room",
    "unreached",
    "organisation_person",
    "organisation_task",
    "hand_in",
];

impl Topic {
    pub fn part(self) -> Part {
        Part(match self {
            Self::Person => &["person", "person_number", "child_of", "login"],
            Self::Contact => &["contact"],
            Self::Visits => VISITS,
            Self::Decisions => &["decision"],
            Self::Appeals => &["appeal"],
            Self::Corrections => &["correction"],
            Self::Documents => &["document", "document_request", "document_draft"],
            Self::Messages => &["message_thread", "message", "message_note", "message_draft", "message_news"],
            Self::Letters => &["exchange", "exchange_order", "letter", "letter_note", "exchange_report"],
            Self::Clients => &[
                "mandate",
                "lawyer",
                "counsel_thread",
                "counsel_message",
                "counsel_draft",
                "appointed",
                "delegation",
                "delegation_client",
                "delegation_act",
            ],
            Self::Homes => &["consent_case", "consent_person", "consent_word"],
            Self::Files => &["blob", "blob_part"],
            Self::Told => &["delivery", "outbox"],
            Self::SignIns => &["session", "login_attempt", "form_try"],
            Self::Trail => &["audit", "audit_seal"],
        })
    }
}

impl Part {
    pub fn tables(self) -> impl Iterator<Item = &'static Table> {
        self.0.iter().filter_map(|name| table(name))
    }

    /// Each once.
    pub fn grounds(self) -> Vec<Ground> {
        let mut all: Vec<Ground> = self.tables().flat_map(|table| table.grounds).copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The rules that say for how many days, each once, in the order of the tables.
    pub fn rules(self) -> Vec<&'static str> {
        let mut all: Vec<&'static str> = vec![];
        for table in self.tables() {
            if let Kept::Days(keys, _) = table.root().kept {
                all.extend(keys.iter().filter(|key| !all.contains(*key)).copied().collect::<Vec<_>>());
            }
        }
        all
    }

    /// The days of those rules.
    pub fn days(self, rules: &Rules) -> Result<Vec<i64>> {
        self.rules().into_iter().map(|key| rules.days(key)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::tables;

    /// Tables with a ground that no part shows, and why.
    const NOT_SHOWN: [(&str, &str); 22] = [
        ("organisation", "of an organisation, about no person"),
        ("organisation_clearance", "of an organisation, about no person"),
        ("subject_key", "a key, no words"),
        ("staff_member", "of staff, about their work"),
        ("staff_absence", "of staff, about their work"),
        ("trail_check", "of staff, about their work"),
        ("trail_alert", "of staff, about their work"),
        ("plan_proposal", "of staff, about their work"),
        ("inmate", "of inmates, who ask the prison"),
        ("inmate_key", "of inmates"),
        ("placement", "of inmates"),
        ("restriction", "of inmates"),
        ("kept_apart", "of inmates"),
        ("visitor_apart", "it would tell each of them of the other"),
        ("inmate_appointment", "of inmates"),
        ("named_visitor", "what an inmate has said: a name, tied to nobody here"),
        ("custody_decision", "of inmates"),
        ("custody_event", "of inmates"),
        ("custody_refusal", "a code, of nobody"),
        ("custody_source", "of a system"),
        ("hand_in_session", "a code and its address for a day: nobody is signed in by it"),
        ("worry", "whoever tells of it need not be signed in: nothing ties it to her"),
    ];

    #[test]
    fn every_table_with_somebodys_data_is_shown_or_excused() {
        for table in tables().filter(|table| !table.grounds.is_empty()) {
            let shown = Topic::ALL.iter().any(|topic| topic.part().0.contains(&table.name));
            let excused = NOT_SHOWN.iter().any(|(name, _)| *name == table.name);
            if table.name.starts_with("notice_") {
                assert!(!shown && !excused, "{} is told in its own compartment alone", table.name);
            } else {
                assert!(shown != excused, "{} stands in no part, or in one and is excused", table.name);
            }
        }
    }

    #[test]
    fn each_part_has_a_ground_and_its_tables_are_in_the_register() {
        for part in Topic::ALL.iter().map(|topic| topic.part()).chain([NOTICES]) {
            assert_eq!(part.tables().count(), part.0.len(), "{part:?}");
            assert!(!part.grounds().is_empty(), "{part:?}");
        }
        assert_eq!(NOTICES.grounds(), [Ground::Notices, Ground::Security]);
    }
}
