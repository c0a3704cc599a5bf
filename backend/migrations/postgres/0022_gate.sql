-- What is marked at the gate: rows are added, and a mark that is taken back says by whom.
CREATE TABLE visit_mark (
    id TEXT PRIMARY KEY,
    booking_id TEXT NOT NULL REFERENCES booking (id),
    kind TEXT NOT NULL CHECK (kind IN ('arrived', 'denied', 'inmate_refused', 'no_show', 'normal', 'visitor_early',
        'inmate_early', 'staff_early')),
    reason TEXT,
    at BIGINT NOT NULL,
    written_at BIGINT NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff_member (id),
    form_key TEXT NOT NULL UNIQUE,
    undone_at BIGINT,
    undone_by TEXT REFERENCES staff_member (id),
    CHECK ((reason IS NOT NULL) = (kind = 'denied')),
    CHECK ((undone_at IS NULL) = (undone_by IS NULL)),
    CHECK (at <= written_at)
);
CREATE INDEX visit_mark_booking ON visit_mark (booking_id, written_at);

-- The last that she has said of it.
CREATE TABLE visit_delay (
    booking_id TEXT PRIMARY KEY REFERENCES booking (id),
    minutes BIGINT NOT NULL CHECK (minutes > 0),
    told_at BIGINT NOT NULL
);
