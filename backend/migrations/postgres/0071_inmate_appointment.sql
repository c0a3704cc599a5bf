-- When an inmate is elsewhere: set and called off by staff, of a closed list, without a word beyond it. Nobody visits him then;
-- visitors are never told: such a time looks like a full one. The days are those of its first and last minute in Oslo.
CREATE TABLE inmate_appointment (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    form_key TEXT NOT NULL UNIQUE,
    inmate_id TEXT NOT NULL REFERENCES inmate (id),
    kind TEXT NOT NULL CHECK (kind IN ('court', 'health', 'leave', 'other')),
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff_member (id),
    created_at BIGINT NOT NULL,
    -- When it was called off.
    ended_at BIGINT,
    ended_by TEXT REFERENCES staff_member (id),
    CHECK (starts_at < ends_at),
    CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE INDEX inmate_appointment_inmate ON inmate_appointment (inmate_id) WHERE ended_at IS NULL;
CREATE INDEX inmate_appointment_over ON inmate_appointment (ends_at);

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('booking.appointment_minutes', '2020-01-01', '30', 'Choice of the service; unverified'),
    ('keep.inmate_appointment_days', '2020-01-01', '90', 'Choice of the service; unverified');
