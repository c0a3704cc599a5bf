-- A lawyer who has to meet a client of hers soon: why by a closed list, how, and until when it has begun. The unit books a time for her
-- or says why it cannot. One that is open a lawyer and client.
CREATE TABLE urgent_room (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES person (id),
    inmate_id TEXT NOT NULL REFERENCES inmate (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    reason TEXT NOT NULL CHECK (reason IN ('custody', 'hearing', 'deadline', 'other')),
    way TEXT CHECK (way IN ('room', 'video', 'phone')),
    asked_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'booked', 'refused', 'withdrawn', 'lapsed')),
    decided_at BIGINT,
    decided_by TEXT REFERENCES staff_member (id),
    refusal TEXT CHECK (refusal IN ('no_time', 'not_here', 'bookable')),
    booking_id TEXT,
    officer_id TEXT REFERENCES staff_member (id),
    CHECK (asked_at < due_at),
    CHECK ((state = 'open') = (decided_at IS NULL)),
    CHECK ((state = 'refused') = (refusal IS NOT NULL)),
    CHECK ((state = 'booked') = (booking_id IS NOT NULL))
);
CREATE UNIQUE INDEX urgent_room_open ON urgent_room (person_id, inmate_id) WHERE state = 'open';
CREATE INDEX urgent_room_due ON urgent_room (due_at, public_id) WHERE state = 'open';
CREATE INDEX urgent_room_person ON urgent_room (person_id, asked_at);
CREATE INDEX urgent_room_ended ON urgent_room (decided_at) WHERE decided_at IS NOT NULL;

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('visits.urgent_hours', '2020-01-01', '96', 'Choice of the service; unverified'),
    ('keep.urgent_room_days', '2020-01-01', '365', 'Choice of the service; unverified');
