-- Which visits a unit looks at before they are booked.
ALTER TABLE visit_rule ADD COLUMN approval TEXT NOT NULL DEFAULT 'never' CHECK (approval IN ('never', 'first', 'always'));

-- A visit that is asked for. While it is open, its place is among the taken ones of its session. One a person and inmate.
CREATE TABLE visit_request (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL UNIQUE,
    hold_public_id TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES person (id),
    inmate_id TEXT NOT NULL REFERENCES inmate (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    session_id TEXT NOT NULL REFERENCES visit_session (id),
    kind TEXT NOT NULL,
    date TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    why TEXT NOT NULL CHECK (why IN ('silent', 'always', 'first')),
    asked_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'approved', 'rejected', 'lapsed', 'withdrawn')),
    decided_at BIGINT,
    decided_by TEXT REFERENCES staff_member (id),
    reason TEXT,
    officer_id TEXT REFERENCES staff_member (id),
    CHECK (asked_at < expires_at),
    CHECK ((state = 'open') = (decided_at IS NULL)),
    CHECK (state <> 'rejected' OR reason IS NOT NULL)
);
CREATE UNIQUE INDEX visit_request_open ON visit_request (person_id, inmate_id) WHERE state = 'open';
CREATE INDEX visit_request_due ON visit_request (expires_at, public_id) WHERE state = 'open';
CREATE INDEX visit_request_inmate ON visit_request (inmate_id, date) WHERE state = 'open';
CREATE INDEX visit_request_person ON visit_request (person_id, asked_at);
CREATE INDEX visit_request_session ON visit_request (session_id);
CREATE INDEX visit_request_ended ON visit_request (decided_at) WHERE decided_at IS NOT NULL;

CREATE TABLE visit_request_party (
    request_id TEXT NOT NULL REFERENCES visit_request (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    child BIGINT NOT NULL CHECK (child IN (0, 1)),
    PRIMARY KEY (request_id, person_id)
);
CREATE INDEX visit_request_party_person ON visit_request_party (person_id);

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('booking.feed_silent_minutes', '2020-01-01', '1440', 'Choice of the service; unverified'),
    ('booking.request_hours', '2020-01-01', '48', 'Choice of the service; unverified'),
    ('booking.request_before_hours', '2020-01-01', '24', 'Choice of the service; unverified'),
    ('keep.visit_request_days', '2020-01-01', '90', 'Choice of the service; unverified');
