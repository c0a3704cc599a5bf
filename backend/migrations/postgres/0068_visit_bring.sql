-- Whom or what a lawyer brings into a room that she has booked. due_at is when the visit begins.
CREATE TABLE visit_bring (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    booking_id TEXT NOT NULL REFERENCES booking (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    what TEXT NOT NULL CHECK (what IN ('interpreter', 'computer', 'recorder', 'other')),
    detail TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'approved', 'rejected', 'withdrawn', 'lapsed')),
    decided_at BIGINT,
    decided_by TEXT REFERENCES staff_member (id),
    reason TEXT CHECK (reason IN ('security', 'unclear', 'provided')),
    officer_id TEXT REFERENCES staff_member (id),
    CHECK ((state = 'open') = (decided_at IS NULL)),
    CHECK ((state = 'rejected') = (reason IS NOT NULL))
);
CREATE INDEX visit_bring_booking ON visit_bring (booking_id);
CREATE INDEX visit_bring_due ON visit_bring (due_at, public_id) WHERE state = 'open';

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('booking.bring_most', '2020-01-01', '5', 'Choice of the service; unverified');
