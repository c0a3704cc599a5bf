-- The auditor's work on the trail: checks of its chain, and what is out of the ordinary.
CREATE INDEX audit_at ON audit (stream, at, id);

CREATE TABLE trail_check (
    id TEXT PRIMARY KEY,
    -- None: by the calendar.
    asked_by TEXT REFERENCES staff_member (id),
    asked_at BIGINT NOT NULL,
    done_at BIGINT,
    -- Sealed rows that are as they were written.
    row_count BIGINT,
    -- The first row that is not.
    broken_id TEXT
);
CREATE INDEX trail_check_asked ON trail_check (asked_at);

CREATE TABLE trail_day (
    day TEXT PRIMARY KEY,
    watched_at BIGINT NOT NULL
);

CREATE TABLE trail_alert (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('volume', 'own_name')),
    staff_id TEXT NOT NULL REFERENCES staff_member (id),
    -- Where she worked that day.
    unit_id TEXT REFERENCES unit (id),
    day TEXT NOT NULL,
    -- Cases she opened that day, and what is usual for her.
    cases BIGINT NOT NULL,
    usual BIGINT NOT NULL,
    -- The case, where it is one; empty otherwise.
    subject_id TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    settled_at BIGINT,
    settled_by TEXT REFERENCES staff_member (id),
    outcome TEXT CHECK (outcome IN ('explained', 'followed_up')),
    note BLOB,
    UNIQUE (kind, staff_id, day, subject_id)
);
CREATE INDEX trail_alert_open ON trail_alert (day, id) WHERE settled_at IS NULL;

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('trail.longest_days', '2020-01-01', '92', 'Choice of the service: one search spans a quarter'),
    ('trail.volume_least', '2020-01-01', '40', 'Choice of the service, unverified: fewer cases in a day are never too many'),
    ('trail.volume_times', '2020-01-01', '3', 'Choice of the service, unverified: against her own usual day'),
    ('trail.usual_days', '2020-01-01', '28', 'Choice of the service'),
    ('trail.keep_alert_days', '2020-01-01', '730', 'Choice of the service, unverified');
