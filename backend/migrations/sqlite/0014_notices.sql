-- Notices: that a victim is told in time. A compartment: no other slice reads these rows, and none of them points at a
-- row of identity. Ids of staff are kept as text: who did it, not a key to somewhere else.

-- The law, kind by kind: when she is to know, and what she may be told.
CREATE TABLE notice_rule (
    kind TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    basis TEXT NOT NULL,
    timing TEXT CHECK (timing IN ('advance', 'at_once')),
    fields TEXT NOT NULL,
    optional BIGINT NOT NULL DEFAULT 0 CHECK (optional IN (0, 1)),
    source TEXT NOT NULL,
    PRIMARY KEY (kind, valid_from)
);

-- Somebody who is, or may be, to be told. Found by a hash of her number under a key of this compartment.
CREATE TABLE notice_recipient (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    number_hash BLOB UNIQUE,
    profile BLOB NOT NULL,
    all_off_at BIGINT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE notice_session (
    id TEXT PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    number_hash BLOB NOT NULL,
    -- Name and number, until she has a row of her own.
    sealed BLOB NOT NULL,
    sealed_token BLOB NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    sid TEXT,
    level TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    fresh_at BIGINT,
    closed_at BIGINT
);
CREATE INDEX notice_session_sid ON notice_session (issuer, sid);
CREATE INDEX notice_session_subject ON notice_session (issuer, subject);

CREATE TABLE notice_channel (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    recipient_id TEXT NOT NULL REFERENCES notice_recipient (id),
    place BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('email', 'sms')),
    address BLOB NOT NULL,
    address_hash BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('unconfirmed', 'held', 'confirmed', 'stopped', 'dead')),
    code_hash BLOB,
    code_sealed BLOB,
    code_expires_at BIGINT,
    code_tries BIGINT NOT NULL DEFAULT 0,
    -- A code that waits to be sent: the worker takes it by lease.
    code_due_at BIGINT,
    added_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    -- The officer has been asked to see whether it still reaches her.
    doubted_at BIGINT
);
CREATE INDEX notice_channel_recipient ON notice_channel (recipient_id, place);
CREATE INDEX notice_channel_code ON notice_channel (code_due_at) WHERE code_due_at IS NOT NULL;

CREATE TABLE notice_case (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    inmate_id TEXT NOT NULL REFERENCES inmate (id),
    -- The number of the criminal case, and its hash for finding it.
    reference BLOB NOT NULL,
    reference_hash BLOB NOT NULL UNIQUE,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    officer_id TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX notice_case_inmate ON notice_case (inmate_id);

-- What she asked for, before an officer has found it to be so.
CREATE TABLE notice_request (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    recipient_id TEXT NOT NULL REFERENCES notice_recipient (id),
    told BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'verified', 'refused')),
    made_at BIGINT NOT NULL,
    settled_at BIGINT,
    settled_by TEXT
);
CREATE INDEX notice_request_open ON notice_request (made_at) WHERE state = 'open';

-- A victim or bereaved in one case: whether she was asked, what she wants, and whether it stands.
CREATE TABLE notice_party (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    case_id TEXT NOT NULL REFERENCES notice_case (id),
    recipient_id TEXT NOT NULL REFERENCES notice_recipient (id),
    role TEXT NOT NULL CHECK (role IN ('victim', 'bereaved')),
    wish TEXT NOT NULL CHECK (wish IN ('never_asked', 'asked', 'wants', 'declines')),
    state TEXT NOT NULL CHECK (state IN ('unverified', 'active', 'ended')),
    -- Kinds of events, with spaces between; empty: all that the law gives.
    kinds TEXT NOT NULL DEFAULT '',
    wished_at BIGINT,
    verified_at BIGINT,
    verified_by TEXT,
    ended_at BIGINT,
    version BIGINT NOT NULL DEFAULT 0,
    UNIQUE (case_id, recipient_id)
);
CREATE INDEX notice_party_recipient ON notice_party (recipient_id);

-- Counsel or guardian: signs in with her own eID and sees what this one victim sees.
CREATE TABLE notice_representative (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    recipient_id TEXT NOT NULL REFERENCES notice_recipient (id),
    number_hash BLOB NOT NULL,
    sealed BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('counsel', 'guardian')),
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    verified_at BIGINT NOT NULL,
    verified_by TEXT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX notice_representative_number ON notice_representative (number_hash);

-- An answer given once for a victim and a kind of event.
CREATE TABLE notice_standing (
    id TEXT PRIMARY KEY,
    party_id TEXT NOT NULL REFERENCES notice_party (id),
    kind TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'yes_direct', 'no')),
    reason BLOB NOT NULL,
    given_by TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    expires_on TEXT NOT NULL,
    UNIQUE (party_id, kind)
);

-- One decision and one victim: the question, and when the worker looks at it next.
CREATE TABLE notice_matter (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    decision_id TEXT NOT NULL,
    party_id TEXT NOT NULL REFERENCES notice_party (id),
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    timing TEXT NOT NULL CHECK (timing IN ('advance', 'at_once')),
    at BIGINT NOT NULL,
    until_at BIGINT,
    cancelled BIGINT NOT NULL CHECK (cancelled IN (0, 1)),
    -- Its conditions, as they came.
    facts BLOB NOT NULL,
    basis TEXT NOT NULL,
    fields TEXT NOT NULL,
    assessment TEXT NOT NULL CHECK (assessment IN ('open', 'answered', 'void')),
    climbs_at BIGINT,
    climbed BIGINT NOT NULL DEFAULT 0 CHECK (climbed IN (0, 1)),
    answer TEXT CHECK (answer IN ('yes', 'yes_direct', 'no')),
    answered_at BIGINT,
    answered_by TEXT,
    reason BLOB,
    opened_at BIGINT NOT NULL,
    due_at BIGINT,
    lease TEXT,
    leased_until BIGINT,
    UNIQUE (decision_id, party_id)
);
CREATE INDEX notice_matter_due ON notice_matter (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX notice_matter_party ON notice_matter (party_id);

-- A mass that was stopped until two people have judged it.
CREATE TABLE notice_hold (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    opened_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('held', 'once', 'settled')),
    what TEXT CHECK (what IN ('release', 'drop')),
    by_id TEXT,
    with_id TEXT,
    settled_at BIGINT,
    -- There is one at a time.
    one BIGINT NOT NULL DEFAULT 1 CHECK (one = 1)
);
CREATE UNIQUE INDEX notice_hold_open ON notice_hold (one) WHERE state <> 'settled';

-- That one victim learns of one version of one decision.
CREATE TABLE notice_obligation (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    matter_id TEXT NOT NULL REFERENCES notice_matter (id),
    version BIGINT NOT NULL,
    timing TEXT NOT NULL CHECK (timing IN ('advance', 'at_once')),
    -- What this version said; the matter holds what the last one says.
    at BIGINT NOT NULL,
    until_at BIGINT,
    cancelled BIGINT NOT NULL CHECK (cancelled IN (0, 1)),
    opened_at BIGINT NOT NULL,
    deadline BIGINT NOT NULL,
    call_open BIGINT NOT NULL CHECK (call_open IN (0, 1)),
    call_at BIGINT NOT NULL,
    hold_id TEXT REFERENCES notice_hold (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'acknowledged', 'voice', 'superseded', 'not_wanted', 'closed_by_officer')),
    ended_at BIGINT,
    UNIQUE (matter_id, version)
);
CREATE INDEX notice_obligation_opened ON notice_obligation (opened_at);
CREATE INDEX notice_obligation_hold ON notice_obligation (hold_id) WHERE hold_id IS NOT NULL;

CREATE TABLE notice_text (
    obligation_id TEXT NOT NULL REFERENCES notice_obligation (id),
    place BIGINT NOT NULL,
    channel_id TEXT NOT NULL REFERENCES notice_channel (id),
    tries BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'intended', 'sent', 'dead')),
    at BIGINT,
    PRIMARY KEY (obligation_id, place)
);

-- Each try, written before it is made.
CREATE TABLE notice_attempt (
    obligation_id TEXT NOT NULL REFERENCES notice_obligation (id),
    place BIGINT NOT NULL,
    try BIGINT NOT NULL,
    intended_at BIGINT NOT NULL,
    outcome TEXT CHECK (outcome IN ('accepted', 'failed', 'refused')),
    outcome_at BIGINT,
    PRIMARY KEY (obligation_id, place, try)
);

-- What a person has to do. One of a kind about one thing.
CREATE TABLE notice_task (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('assess', 'call', 'all_off', 'shared_contact', 'bounce', 'reconfirm', 'mass', 'question')),
    about TEXT NOT NULL,
    recipient_id TEXT REFERENCES notice_recipient (id),
    -- Whose desk: the duty desk has all that is urgent, the officer the rest.
    desk TEXT NOT NULL CHECK (desk IN ('duty', 'officer')),
    since BIGINT NOT NULL,
    deadline BIGINT NOT NULL,
    duty TEXT NOT NULL CHECK (duty IN ('nobodys', 'taken', 'done')),
    paged BIGINT NOT NULL DEFAULT 0,
    pages_at BIGINT,
    by_id TEXT,
    by_at BIGINT,
    next_try_at BIGINT,
    UNIQUE (kind, about)
);
CREATE INDEX notice_task_open ON notice_task (desk, deadline) WHERE duty <> 'done';
CREATE INDEX notice_task_pages ON notice_task (pages_at) WHERE pages_at IS NOT NULL;

-- What came of each call.
CREATE TABLE notice_call (
    id TEXT PRIMARY KEY,
    task_id TEXT NOT NULL REFERENCES notice_task (id),
    outcome TEXT NOT NULL,
    by_id TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX notice_call_task ON notice_call (task_id, at);

-- Between her and her officer; never in `messages`.
CREATE TABLE notice_message (
    id TEXT PRIMARY KEY,
    recipient_id TEXT NOT NULL REFERENCES notice_recipient (id),
    from_her BIGINT NOT NULL CHECK (from_her IN (0, 1)),
    words BLOB NOT NULL,
    by_id TEXT,
    at BIGINT NOT NULL
);
CREATE INDEX notice_message_recipient ON notice_message (recipient_id, at);

-- The demo's telephone and mailbox: what would have been sent. Never used in production.
CREATE TABLE notice_demo_text (
    key TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    sender TEXT NOT NULL,
    words TEXT NOT NULL,
    sent_at BIGINT NOT NULL
);

INSERT INTO notice_rule (kind, valid_from, basis, timing, fields, optional, source) VALUES
    ('alternative_sentence', '2020-01-01', 'straffegjennomføringsloven § 16 sjette ledd', 'advance', 'kind from until conditions', 0, 'LOV-2001-05-18-21'),
    ('electronic_control', '2020-01-01', 'straffegjennomføringsloven § 16 a tredje ledd, jf. § 16 sjette ledd', 'advance', 'kind from until conditions', 0, 'LOV-2001-05-18-21'),
    ('work_release', '2020-01-01', 'straffegjennomføringsloven § 20 tredje ledd', 'advance', 'kind from until', 0, 'LOV-2001-05-18-21; § 7 b says second paragraph (unverified)'),
    ('leave', '2020-01-01', 'straffegjennomføringsloven § 36 tredje ledd', 'advance', 'kind from until conditions', 0, 'LOV-2001-05-18-21'),
    ('interruption', '2020-01-01', 'straffegjennomføringsloven § 36 tredje ledd', 'advance', 'kind from until conditions', 0, 'LOV-2001-05-18-21'),
    ('escape', '2020-01-01', 'straffegjennomføringsloven § 40 åttende ledd', 'at_once', 'kind from', 0, 'LOV-2001-05-18-21'),
    ('evasion', '2020-01-01', 'straffegjennomføringsloven § 40 åttende ledd', 'at_once', 'kind from', 0, 'LOV-2001-05-18-21'),
    ('not_returned', '2020-01-01', 'straffegjennomføringsloven § 40 åttende ledd', 'at_once', 'kind from', 0, 'LOV-2001-05-18-21'),
    ('release', '2020-01-01', 'straffegjennomføringsloven § 42 sjette ledd', 'advance', 'kind from', 0, 'LOV-2001-05-18-21'),
    ('conditional_release', '2020-01-01', 'straffegjennomføringsloven § 42 sjette og sjuende ledd', 'advance', 'kind from conditions', 0, 'LOV-2001-05-18-21'),
    ('preventive_conditional_release', '2020-01-01', 'straffeloven § 45 sjuende ledd', 'advance', 'kind from conditions', 0, 'LOV-2005-05-20-28; § 7 b says sixth paragraph (unverified)'),
    ('residence_change', '2020-01-01', 'straffegjennomføringsloven § 42 sjette ledd', 'advance', 'kind from', 1, 'LOV-2001-05-18-21'),
    ('recapture', '2020-01-01', 'ingen', NULL, '', 0, 'No express basis found; off until a new rule'),
    ('lower_security', '2020-01-01', 'ingen', NULL, '', 0, 'Not in § 7 b; off until a new rule'),
    ('transfer', '2020-01-01', 'ingen', NULL, '', 0, 'Not in § 7 b; off until a new rule'),
    ('escorted_leave', '2020-01-01', 'ingen', NULL, '', 0, 'Not in § 7 b; off until a new rule'),
    ('death', '2020-01-01', 'ingen', NULL, '', 0, 'Not in § 7 b; a death is not a release'),
    ('remand', '2020-01-01', 'ingen', NULL, '', 0, 'The police tell; off until a new rule'),
    ('restorative_offer', '2020-01-01', 'ingen', NULL, '', 0, 'An offer, not a notice; off until a new rule');

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('notices.in_advance_minutes', '2020-01-01', '4320', 'Choice of the service (72 hours); the law says in advance'),
    ('notices.call_lead_minutes', '2020-01-01', '1440', 'Choice of the service; not law'),
    ('notices.next_channel_minutes', '2020-01-01', '1440', 'Choice of the service; not law'),
    ('notices.next_channel_at_once_minutes', '2020-01-01', '5', 'Choice of the service; not law'),
    ('notices.human_after_failure_minutes', '2020-01-01', '15', 'Choice of the service; not law'),
    ('notices.remind_minutes', '2020-01-01', '10080', 'FOR-2004-06-25-988 § 8: once more after a week'),
    ('notices.longest_wait_minutes', '2020-01-01', '15', 'Choice of the service; not law'),
    ('notices.assessment_lead_minutes', '2020-01-01', '1440', 'Choice of the service; not law'),
    ('notices.page_minutes', '2020-01-01', '5', 'Choice of the service; not law'),
    ('notices.all_off_days', '2020-01-01', '7', 'Choice of the service; not law'),
    ('notices.reconfirm_days', '2020-01-01', '182', 'Choice of the service (six months); not law'),
    ('notices.code_minutes', '2020-01-01', '30', 'Choice of the service; not law'),
    ('notices.breaker_floor', '2020-01-01', '50', 'Choice of the service; not law'),
    ('notices.breaker_times', '2020-01-01', '5', 'Choice of the service; not law'),
    ('notices.standing_days', '2020-01-01', '365', 'Choice of the service; not law'),
    ('notices.standing_allowed', '2020-01-01', '1', 'Choice of the service; 0 turns standing assessments off');

-- For telling whether two people are reached at the same place; filled when a contact is saved.
ALTER TABLE contact ADD COLUMN address_hash BLOB;
CREATE INDEX contact_address ON contact (address_hash) WHERE address_hash IS NOT NULL;

-- A sign-in on its way names its area as its address does. What is on its way lives for minutes and is begun again.
DROP TABLE login_attempt;
CREATE TABLE login_attempt (
    key_hash BLOB PRIMARY KEY,
    area TEXT NOT NULL CHECK (area IN ('citizen', 'staff', 'message')),
    state TEXT NOT NULL,
    sealed BLOB NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX login_attempt_expires ON login_attempt (expires_at);
