-- Two inmates who must not meet, nor those who visit them: their visits in a unit do not touch. Set by a case officer for a reason of a
-- closed list. Visitors are never told: such a time looks like a full one. The first of the two has the smaller id.
CREATE TABLE kept_apart (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    inmate_a TEXT NOT NULL REFERENCES inmate (id),
    inmate_b TEXT NOT NULL REFERENCES inmate (id),
    reason TEXT NOT NULL CHECK (reason IN ('threats', 'conflict', 'one_case', 'safety')),
    staff_id TEXT NOT NULL REFERENCES staff_member (id),
    since BIGINT NOT NULL,
    ended_at BIGINT,
    ended_by TEXT REFERENCES staff_member (id),
    CHECK (inmate_a < inmate_b),
    CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE UNIQUE INDEX kept_apart_pair ON kept_apart (inmate_a, inmate_b) WHERE ended_at IS NULL;
CREATE INDEX kept_apart_other ON kept_apart (inmate_b) WHERE ended_at IS NULL;
CREATE INDEX kept_apart_ended ON kept_apart (ended_at) WHERE ended_at IS NOT NULL;

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('booking.apart_minutes', '2020-01-01', '30', 'Choice of the service; unverified'),
    ('keep.kept_apart_days', '2020-01-01', '365', 'Choice of the service; unverified');
