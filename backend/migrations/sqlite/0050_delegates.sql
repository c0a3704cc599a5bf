-- Whom a lawyer lets book rooms for her: invited by a code, with his own sign-in, for chosen clients, until a day (ADR 31).
CREATE TABLE delegation (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    -- The same form twice is one delegation.
    form_key TEXT NOT NULL,
    lawyer_id TEXT NOT NULL REFERENCES person (id),
    -- How she calls him, what he is to her, her firm; sealed under her key.
    body BLOB NOT NULL,
    valid_to TEXT NOT NULL,
    -- Keyed hash of the code that opens it; none once somebody has.
    code_hash BLOB UNIQUE,
    invited_at BIGINT NOT NULL,
    -- Who has opened it, by his own sign-in.
    delegate_id TEXT REFERENCES person (id),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'declined', 'ended')),
    state_at BIGINT NOT NULL,
    ended_by TEXT CHECK (ended_by IN ('lawyer', 'delegate')),
    -- The first instant at which it is over: the code's end, the last day's, or when it was declined or ended.
    over_at BIGINT NOT NULL,
    UNIQUE (lawyer_id, form_key),
    CHECK ((state = 'ended') = (ended_by IS NOT NULL)),
    CHECK (state NOT IN ('accepted', 'declined') OR delegate_id IS NOT NULL),
    CHECK (code_hash IS NULL OR (state = 'waiting' AND delegate_id IS NULL)),
    CHECK (delegate_id IS NULL OR delegate_id <> lawyer_id)
);
CREATE INDEX delegation_lawyer ON delegation (lawyer_id, invited_at);
CREATE INDEX delegation_delegate ON delegation (delegate_id, state);
CREATE INDEX delegation_over ON delegation (over_at);

-- For which clients.
CREATE TABLE delegation_client (
    delegation_id TEXT NOT NULL REFERENCES delegation (id),
    inmate_id TEXT NOT NULL REFERENCES inmate (id),
    PRIMARY KEY (delegation_id, inmate_id)
);

-- What he has done in her name. A booking may be gone before the delegation is.
CREATE TABLE delegation_act (
    id TEXT PRIMARY KEY,
    delegation_id TEXT NOT NULL REFERENCES delegation (id),
    inmate_id TEXT NOT NULL REFERENCES inmate (id),
    booking_id TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('booked', 'cancelled')),
    at BIGINT NOT NULL
);
CREATE INDEX delegation_act_of ON delegation_act (delegation_id, at);
CREATE INDEX delegation_act_booking ON delegation_act (booking_id);

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('counsel.delegate_days', '2020-01-01', '365', 'configuration, unverified'),
    ('counsel.delegate_code_days', '2020-01-01', '7', 'configuration, unverified'),
    ('keep.delegation_days', '2020-01-01', '365', 'configuration, unverified');
