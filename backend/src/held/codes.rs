//! The codes of what is held: parts, kinds of things, names of facts, and the closed sets of values. The file that somebody
//! takes along is written with them.

macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($case:ident => $code:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($case,)* }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$case,)*];

            pub fn code(self) -> &'static str {
                match self { $(Self::$case => $code,)* }
            }
        }
    };
}

codes! {
    /// A part of what is held, in the order it is told.
    Topic {
        Person => "person",
        Contact => "contact",
        Visits => "visits",
        Decisions => "decisions",
        Appeals => "appeals",
        Corrections => "corrections",
        Documents => "documents",
        Messages => "messages",
        Letters => "letters",
        Clients => "clients",
        Homes => "homes",
        Files => "files",
        Told => "told",
        SignIns => "sign_ins",
        Trail => "trail",
    }
}

codes! {
    /// What kind of thing it is.
    Kind {
        Person => "person",
        Child => "child",
        Login => "login",
        Email => "email",
        Phone => "phone",
        Application => "application",
        ApplicationDraft => "application_draft",
        Clearance => "clearance",
        Booking => "booking",
        BookingDraft => "booking_draft",
        Wait => "visit_wait",
        Offer => "visit_offer",
        VisitRequest => "visit_request",
        VisitBring => "visit_bring",
        VisitUrgent => "visit_urgent",
        Unreached => "unreached",
        Organisation => "organisation",
        OrganisationTask => "organisation_task",
        HandIn => "hand_in",
        Along => "along",
        Mark => "mark",
        Delay => "delay",
        Moved => "visit_moved",
        Reminded => "visit_reminded",
        Decision => "decision",
        Appeal => "appeal",
        Correction => "correction",
        Request => "document_request",
        Document => "document",
        DocumentDraft => "document_draft",
        Thread => "conversation",
        Message => "message",
        Draft => "draft",
        Exchange => "exchange",
        Letter => "letter",
        Came => "letters_to_you",
        Report => "report",
        Mandate => "mandate",
        Lawyer => "lawyer",
        Appointed => "declared_appointment",
        Delegation => "delegation",
        DelegationAct => "delegation_act",
        Assisted => "assisted",
        AssistedAct => "assisted_act",
        CounselLetters => "client_letters",
        Home => "home",
        Word => "word",
        File => "file",
        Delivery => "delivery",
        Session => "session",
        Act => "act",
        Herself => "herself",
        Channel => "channel",
        Ask => "request",
        Registration => "registration",
        Notice => "notice",
        Sending => "sending",
        Representative => "representative",
    }
}

codes! {
    /// What a fact says.
    Name {
        Name => "name",
        Born => "born",
        NationalId => "national_id",
        Language => "language",
        PlainWords => "plain_words",
        Remind => "remind",
        ByText => "by_text",
        Since => "since",
        Checked => "identity_checked_at",
        Issuer => "issuer",
        Subject => "subject",
        Address => "address",
        Confirmed => "confirmed_at",
        Added => "added_at",
        Opened => "opened_at",
        Seen => "seen_at",
        Closed => "closed_at",
        Level => "level",
        Reference => "reference",
        Whom => "whom",
        WhomBorn => "whom_born",
        WhomNumber => "whom_national_id",
        Relation => "relation",
        Needs => "needs",
        Interpreter => "interpreter_language",
        Note => "note",
        State => "state",
        StateAt => "state_at",
        Sent => "sent_at",
        Unit => "unit",
        For => "for",
        Outcome => "outcome",
        Measures => "measures",
        From => "valid_from",
        Until => "valid_to",
        Suits => "suits",
        Reason => "reason",
        Milder => "milder",
        Basis => "legal_basis",
        Made => "made_at",
        Told => "told_at",
        On => "date",
        Starts => "starts_at",
        Ends => "ends_at",
        VisitKind => "visit_kind",
        Booked => "booked_at",
        Cancelled => "cancelled_at",
        CancelledBy => "cancelled_by",
        Why => "why",
        Role => "role",
        Mark => "mark",
        Minutes => "minutes",
        About => "about",
        Topic => "topic",
        By => "by",
        Words => "words",
        Earlier => "earlier_words",
        Written => "written_at",
        Read => "read_at",
        Updated => "updated_at",
        Last => "last_at",
        OwnSide => "own_choice",
        Delivered => "delivered_at",
        Count => "count",
        Want => "want",
        Late => "late_reason",
        Waits => "waits",
        Statement => "statement",
        Answer => "answer",
        Kind => "kind",
        Due => "due",
        Asked => "asked_at",
        Said => "said",
        Settled => "settled_at",
        Size => "size",
        File => "file",
        Sha256 => "sha256",
        Format => "format",
        Registered => "registered_at",
        Body => "decided_by_level",
        Action => "action",
        AskedBy => "asked_by",
        At => "at",
        Telephone => "telephone",
        Protected => "protected_address",
        SafeWord => "safe_word",
        Meeting => "meeting",
        Hours => "safe_times",
        Story => "story",
        Wish => "wish",
        Verified => "verified_at",
        Place => "place",
        Court => "court",
        CaseNumber => "case_number",
        Lawyer => "lawyer",
        Firm => "firm",
        Label => "label",
    }
}

codes! {
    /// A closed set of values.
    Set {
        Language => "language",
        Level => "level",
        Stage => "stage",
        Remind => "remind",
        Relation => "relation",
        Need => "need",
        Clearance => "clearance",
        Measure => "measure",
        VisitKind => "visit_kind",
        Booking => "booking",
        Suits => "suits",
        Wait => "wait",
        Offer => "offer",
        VisitRequest => "visit_request",
        Bring => "bring",
        Urgent => "urgent",
        UrgentState => "urgent_state",
        UrgentNo => "urgent_no",
        OrganisationTask => "organisation_task",
        OrganisationNo => "organisation_no",
        UnreachedState => "unreached_state",
        HandIn => "hand_in",
        BringState => "bring_state",
        BringReason => "bring_reason",
        CancelledBy => "cancelled_by",
        CancelReason => "cancel_reason",
        Role => "party_role",
        Mark => "mark",
        Denied => "denied",
        Subject => "decision_subject",
        Outcome => "outcome",
        Body => "decision_level",
        Appeal => "appeal",
        Waits => "waits",
        Request => "request",
        Told => "told",
        Document => "document",
        Topic => "topic",
        Thread => "thread",
        By => "by",
        Side => "side",
        Letter => "letter",
        Mandate => "mandate",
        Consent => "consent",
        Said => "said",
        File => "file",
        Format => "format",
        Mail => "mail",
        Delivery => "delivery",
        Action => "action",
        Place => "place",
        Party => "party",
        Wish => "wish",
        Registration => "registration",
        Asked => "asked",
        Meeting => "meeting",
        Channel => "channel",
        ChannelState => "channel_state",
        Notice => "notice",
        Sending => "sending",
        Representative => "representative",
        Wanted => "wanted",
        Area => "area",
        Correction => "correction",
        Settled => "settled",
        Appointed => "appointed",
        NotConfirmed => "not_confirmed",
        Delegation => "delegation",
        DelegationAct => "delegation_act",
        AskedBy => "asked_by",
        AssistedAct => "assisted_act",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each_its_own(codes: impl Iterator<Item = &'static str>) {
        let mut codes: Vec<_> = codes.collect();
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all, "two have one code");
    }

    #[test]
    fn no_two_have_one_code() {
        each_its_own(Topic::ALL.iter().map(|topic| topic.code()));
        each_its_own(Kind::ALL.iter().map(|kind| kind.code()));
        each_its_own(Name::ALL.iter().map(|name| name.code()));
        each_its_own(Set::ALL.iter().map(|set| set.code()));
    }
}
