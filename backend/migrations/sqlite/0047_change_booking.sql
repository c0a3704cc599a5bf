-- Changing a visit: the draft says which one it takes the place of, and its own time is held without another place.
ALTER TABLE booking_draft ADD COLUMN changes TEXT REFERENCES booking (id);
CREATE TABLE visit_hold_new (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    draft_id TEXT NOT NULL UNIQUE REFERENCES booking_draft (id),
    session_id TEXT NOT NULL REFERENCES visit_session (id),
    places BIGINT NOT NULL CHECK (places >= 0),
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    extended BIGINT NOT NULL DEFAULT 0 CHECK (extended IN (0, 1))
);
INSERT INTO visit_hold_new (id, public_id, draft_id, session_id, places, made_at, expires_at, extended)
    SELECT id, public_id, draft_id, session_id, places, made_at, expires_at, extended FROM visit_hold;
DROP TABLE visit_hold;
ALTER TABLE visit_hold_new RENAME TO visit_hold;
CREATE INDEX visit_hold_session ON visit_hold (session_id, expires_at);

-- The times that a visit had before.
CREATE TABLE booking_change (
    id TEXT PRIMARY KEY,
    booking_id TEXT NOT NULL REFERENCES booking (id),
    date TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX booking_change_booking ON booking_change (booking_id, at);
