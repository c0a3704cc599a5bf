-- The feed of custody events: what each source has sent, which version of a decision stands, what was refused.

-- How a source calls an inmate.
CREATE TABLE inmate_key (
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    inmate_id TEXT NOT NULL REFERENCES inmate (id),
    PRIMARY KEY (source, key)
);
CREATE INDEX inmate_key_inmate ON inmate_key (inmate_id);

-- When the stay ends by the decisions that stand; none while none ends it.
ALTER TABLE placement ADD COLUMN leaves_at BIGINT;

CREATE TABLE custody_decision (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    inmate_id TEXT NOT NULL REFERENCES inmate (id),
    -- The version that stands, and what it says.
    version BIGINT NOT NULL CHECK (version >= 1),
    kind TEXT NOT NULL,
    change TEXT NOT NULL CHECK (change IN ('decided', 'moved', 'cancelled')),
    at BIGINT NOT NULL,
    until_at BIGINT,
    unit_id TEXT REFERENCES unit (id),
    UNIQUE (source, key)
);
CREATE INDEX custody_decision_inmate ON custody_decision (inmate_id);

CREATE TABLE custody_event (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    decision_id TEXT NOT NULL REFERENCES custody_decision (id),
    version BIGINT NOT NULL CHECK (version >= 1),
    -- Of what was sent, keyed: the same again is the same answer.
    digest BLOB NOT NULL,
    -- What was sent, sealed: conditions are text about people.
    sealed BLOB NOT NULL,
    received_at BIGINT NOT NULL,
    UNIQUE (decision_id, version)
);
CREATE INDEX custody_event_received ON custody_event (received_at, id);

-- What was refused, without what it said: for whoever looks after the feed.
CREATE TABLE custody_refusal (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    decision_key TEXT NOT NULL,
    version BIGINT NOT NULL,
    field TEXT NOT NULL,
    code TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX custody_refusal_at ON custody_refusal (at, id);

-- When each source was heard last: its silence is an alarm.
CREATE TABLE custody_source (
    source TEXT PRIMARY KEY,
    heard_at BIGINT NOT NULL,
    taken BIGINT NOT NULL DEFAULT 0,
    refused BIGINT NOT NULL DEFAULT 0
);

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('feed.silent_minutes', '2020-01-01', '60', 'Choice of the service; not law');
