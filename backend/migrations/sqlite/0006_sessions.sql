-- Visits: a unit's rules and times as data, the sessions that come out of them, holds and bookings.

-- A version of a unit's rules; the newest that holds on a day is in force.
CREATE TABLE visit_rule (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    first_day BIGINT NOT NULL CHECK (first_day >= 0),
    last_day BIGINT NOT NULL,
    per_week BIGINT NOT NULL CHECK (per_week >= 0),
    people BIGINT NOT NULL CHECK (people > 0),
    arrive_before BIGINT NOT NULL CHECK (arrive_before >= 0),
    latest_arrival BIGINT NOT NULL CHECK (latest_arrival >= 0),
    source TEXT NOT NULL,
    UNIQUE (unit_id, valid_from),
    CHECK (first_day <= last_day)
);

CREATE TABLE visit_template (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL CHECK (kind IN ('open', 'observed', 'glass', 'child_friendly', 'lawyer', 'video')),
    weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    start_minute BIGINT NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
    minutes BIGINT NOT NULL CHECK (minutes BETWEEN 15 AND 720),
    room TEXT NOT NULL,
    capacity BIGINT NOT NULL CHECK (capacity > 0),
    every_weeks BIGINT NOT NULL DEFAULT 1 CHECK (every_weeks BETWEEN 1 AND 8),
    on_holidays BIGINT NOT NULL DEFAULT 0 CHECK (on_holidays IN (0, 1)),
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    UNIQUE (unit_id, kind, weekday, start_minute, room, valid_from)
);

-- Expanded by the worker; the pair of template and date makes it idempotent. A place is one table or room.
CREATE TABLE visit_session (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    template_id TEXT NOT NULL REFERENCES visit_template (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL CHECK (kind IN ('open', 'observed', 'glass', 'child_friendly', 'lawyer', 'video')),
    zone TEXT NOT NULL,
    date TEXT NOT NULL,
    start_minute BIGINT NOT NULL,
    end_minute BIGINT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    room TEXT NOT NULL,
    on_holidays BIGINT NOT NULL CHECK (on_holidays IN (0, 1)),
    capacity BIGINT NOT NULL CHECK (capacity > 0),
    taken BIGINT NOT NULL DEFAULT 0,
    UNIQUE (template_id, date),
    CHECK (starts_at < ends_at),
    CHECK (taken BETWEEN 0 AND capacity)
);
CREATE INDEX visit_session_unit ON visit_session (unit_id, date);

-- A day without visits. The reason is public.
CREATE TABLE blocked_date (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    date TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (unit_id, date)
);

-- One a person. Its id makes a double confirmation one booking.
CREATE TABLE booking_draft (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL UNIQUE REFERENCES person (id),
    inmate_id TEXT NOT NULL REFERENCES inmate (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    updated_at BIGINT NOT NULL
);

CREATE TABLE booking_draft_party (
    draft_id TEXT NOT NULL REFERENCES booking_draft (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    child BIGINT NOT NULL CHECK (child IN (0, 1)),
    PRIMARY KEY (draft_id, person_id)
);

CREATE TABLE visit_hold (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    draft_id TEXT NOT NULL UNIQUE REFERENCES booking_draft (id),
    session_id TEXT NOT NULL REFERENCES visit_session (id),
    places BIGINT NOT NULL CHECK (places > 0),
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    extended BIGINT NOT NULL DEFAULT 0 CHECK (extended IN (0, 1))
);
CREATE INDEX visit_hold_session ON visit_hold (session_id, expires_at);

-- Day and instants are the session's, kept here too: quota and overlap are asked of bookings alone.
CREATE TABLE booking (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL UNIQUE,
    draft_id TEXT NOT NULL UNIQUE,
    hold_public_id TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES person (id),
    inmate_id TEXT NOT NULL REFERENCES inmate (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    session_id TEXT NOT NULL REFERENCES visit_session (id),
    kind TEXT NOT NULL,
    date TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'booked' CHECK (state IN ('booked', 'cancelled')),
    booked_at BIGINT NOT NULL,
    cancelled_at BIGINT,
    cancelled_by TEXT CHECK (cancelled_by IN ('person', 'unit')),
    cancel_reason TEXT,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK ((state = 'cancelled') = (cancelled_at IS NOT NULL AND cancelled_by IS NOT NULL)),
    CHECK ((cancel_reason IS NOT NULL) = (cancelled_by IS NOT NULL AND cancelled_by = 'unit'))
);
CREATE INDEX booking_person ON booking (person_id, starts_at);
CREATE INDEX booking_inmate ON booking (inmate_id, date) WHERE state = 'booked';
CREATE INDEX booking_unit ON booking (unit_id, date);
CREATE INDEX booking_session ON booking (session_id);

CREATE TABLE booking_party (
    booking_id TEXT NOT NULL REFERENCES booking (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('adult', 'child')),
    PRIMARY KEY (booking_id, person_id)
);
CREATE INDEX booking_party_person ON booking_party (person_id);
