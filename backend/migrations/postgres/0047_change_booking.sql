-- Changing a visit: the draft says which one it takes the place of, and its own time is held without another place.
ALTER TABLE booking_draft ADD COLUMN changes TEXT REFERENCES booking (id);
ALTER TABLE visit_hold DROP CONSTRAINT visit_hold_places_check;
ALTER TABLE visit_hold ADD CONSTRAINT visit_hold_places_check CHECK (places >= 0);

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
