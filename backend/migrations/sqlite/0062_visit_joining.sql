-- Another adult who is asked to come along on a visit that is booked. While it is asked and not too late, a seat is kept; of the
-- code a keyed hash is kept. The guest is known once the code was typed by somebody with a clearance for the visit.
CREATE TABLE visit_invitation (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    booking_id TEXT NOT NULL REFERENCES booking (id),
    form_key TEXT NOT NULL,
    code_hash BLOB NOT NULL UNIQUE,
    guest_id TEXT REFERENCES person (id),
    state TEXT NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'coming', 'declined', 'ended')),
    asked_at BIGINT NOT NULL,
    answer_by BIGINT NOT NULL,
    state_at BIGINT NOT NULL,
    end_reason TEXT CHECK (end_reason IN ('booker', 'guest', 'leave', 'moved')),
    UNIQUE (booking_id, form_key),
    CHECK ((state = 'ended') = (end_reason IS NOT NULL)),
    CHECK (guest_id IS NOT NULL OR state IN ('asked', 'ended'))
);
CREATE UNIQUE INDEX visit_invitation_guest ON visit_invitation (booking_id, guest_id) WHERE state IN ('asked', 'coming');
CREATE INDEX visit_invitation_of ON visit_invitation (guest_id) WHERE guest_id IS NOT NULL;
