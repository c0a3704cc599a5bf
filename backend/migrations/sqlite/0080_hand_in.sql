-- The application of somebody who has no eID, as she wrote it and before staff have found out who she is: whose reading it is, where it
-- stands, and the case it has become. What she wrote and where the code went are sealed under a key of its own (`subject_key`, by its id).
CREATE TABLE hand_in (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL UNIQUE,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    body BLOB NOT NULL,
    reached BLOB NOT NULL,
    -- Keyed: the one address or number by which it is followed.
    reached_hash BLOB NOT NULL,
    locale TEXT NOT NULL,
    handed_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'received'
        CHECK (state IN ('received', 'registering', 'asked', 'linked', 'closed', 'withdrawn')),
    state_at BIGINT NOT NULL,
    closed_because TEXT CHECK (closed_because IN ('cannot_find', 'incomplete', 'duplicate', 'withdrew')),
    officer_id TEXT REFERENCES staff_member (id),
    -- Under which staff registered her; and what came of it. The case is read, never copied.
    contact_id TEXT,
    person_id TEXT REFERENCES person (id),
    application_id TEXT,
    CHECK ((state = 'closed') = (closed_because IS NOT NULL)),
    CHECK ((state = 'linked') = (application_id IS NOT NULL)),
    CHECK ((application_id IS NULL) = (person_id IS NULL))
);
CREATE INDEX hand_in_due ON hand_in (due_at, public_id) WHERE state IN ('received', 'registering', 'asked');
CREATE INDEX hand_in_over ON hand_in (state_at) WHERE state IN ('linked', 'closed', 'withdrawn');
CREATE INDEX hand_in_reached ON hand_in (reached_hash, handed_at);
CREATE INDEX hand_in_contact ON hand_in (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX hand_in_person ON hand_in (person_id, handed_at) WHERE person_id IS NOT NULL;
CREATE UNIQUE INDEX hand_in_application ON hand_in (application_id) WHERE application_id IS NOT NULL;

-- One who was sent a code: to hand one in, or to follow one. Nobody is signed in by it, and it opens nothing else. Gone within a day.
CREATE TABLE hand_in_session (
    id TEXT PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    purpose TEXT NOT NULL CHECK (purpose IN ('write', 'track')),
    reached BLOB NOT NULL,
    reached_hash BLOB NOT NULL,
    -- Keyed: the network that asked.
    network_hash BLOB,
    locale TEXT NOT NULL,
    code_hash BLOB,
    code_expires_at BIGINT NOT NULL,
    code_tries BIGINT NOT NULL DEFAULT 0,
    -- 0: nothing was sent, and no code opens it. Whoever asked is not told.
    sent BIGINT NOT NULL CHECK (sent IN (0, 1)),
    asked_at BIGINT NOT NULL,
    opened_at BIGINT,
    ends_at BIGINT NOT NULL,
    -- What she has written so far, sealed.
    draft BLOB,
    hand_in_id TEXT,
    CHECK (opened_at IS NULL OR code_hash IS NULL)
);
CREATE INDEX hand_in_session_reached ON hand_in_session (reached_hash, asked_at);
CREATE INDEX hand_in_session_network ON hand_in_session (network_hash, asked_at);
CREATE INDEX hand_in_session_asked ON hand_in_session (asked_at);

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('handin.codes', '2020-01-01', '5', 'Choice of the service; unverified'),
    ('handin.network_codes', '2020-01-01', '60', 'Choice of the service; unverified'),
    ('handin.a_day', '2020-01-01', '5', 'Choice of the service; unverified'),
    ('handin.session_minutes', '2020-01-01', '60', 'Choice of the service; unverified'),
    ('handin.hours', '2020-01-01', '72', 'Choice of the service; unverified'),
    ('keep.hand_in_days', '2020-01-01', '183', 'Choice of the service; unverified'),
    ('keep.hand_in_session_days', '2020-01-01', '1', 'Choice of the service; unverified');
