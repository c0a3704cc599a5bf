-- Waiting for a time. One open wait a person and inmate; the line of a unit is by when they came, then by id.
CREATE TABLE visit_wait (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES person (id),
    inmate_id TEXT NOT NULL REFERENCES inmate (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    suits TEXT NOT NULL CHECK (suits IN ('any', 'weekdays', 'weekends')),
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    end_reason TEXT CHECK (end_reason IN ('booked', 'taken_back', 'replaced', 'left', 'unanswered', 'over', 'no_leave')),
    CHECK (first_day <= last_day),
    CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
CREATE UNIQUE INDEX visit_wait_open ON visit_wait (person_id, inmate_id) WHERE ended_at IS NULL;
CREATE INDEX visit_wait_line ON visit_wait (unit_id, created_at, id) WHERE ended_at IS NULL;
CREATE INDEX visit_wait_person ON visit_wait (person_id, created_at);
CREATE INDEX visit_wait_ended ON visit_wait (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE visit_wait_party (
    wait_id TEXT NOT NULL REFERENCES visit_wait (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    child BIGINT NOT NULL CHECK (child IN (0, 1)),
    PRIMARY KEY (wait_id, person_id)
);

-- While it is open, its place is among the taken ones of its session. No time is offered to the same wait twice.
CREATE TABLE visit_offer (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    wait_id TEXT NOT NULL REFERENCES visit_wait (id),
    session_id TEXT NOT NULL REFERENCES visit_session (id),
    made_at BIGINT NOT NULL,
    answer_by BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open'
        CHECK (state IN ('open', 'booked', 'declined', 'lapsed', 'refused', 'withdrawn')),
    answered_at BIGINT,
    UNIQUE (wait_id, session_id),
    CHECK (made_at < answer_by),
    CHECK ((state = 'open') = (answered_at IS NULL))
);
CREATE UNIQUE INDEX visit_offer_open ON visit_offer (wait_id) WHERE state = 'open';
CREATE INDEX visit_offer_due ON visit_offer (answer_by) WHERE state = 'open';
CREATE INDEX visit_offer_session ON visit_offer (session_id);

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('booking.offer_hours', '2020-01-01', '24', 'Choice of the service; unverified'),
    ('booking.offer_before_hours', '2020-01-01', '12', 'Choice of the service; unverified'),
    ('booking.offer_least_hours', '2020-01-01', '2', 'Choice of the service; unverified'),
    ('booking.offers_unanswered', '2020-01-01', '3', 'Choice of the service; unverified'),
    ('keep.visit_wait_days', '2020-01-01', '90', 'Choice of the service; unverified');
