-- Whoever was to come along for an organisation and does not any more: by herself, or taken off by whoever booked. It holds unless she is in
-- the party again.
CREATE TABLE booking_party_left (
    booking_id TEXT NOT NULL REFERENCES booking (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    by_id TEXT NOT NULL REFERENCES person (id),
    left_at BIGINT NOT NULL,
    PRIMARY KEY (booking_id, person_id)
);
CREATE INDEX booking_party_left_person ON booking_party_left (person_id);
