-- Two visitors who must not meet at a unit: their visits there do not touch. Set by a case officer for a reason of a closed list, with a
-- sealed word of hers. They are never told: such a time looks like a full one. The first of the two has the smaller id.
CREATE TABLE visitor_apart (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    person_a TEXT NOT NULL REFERENCES person (id),
    person_b TEXT NOT NULL REFERENCES person (id),
    reason TEXT NOT NULL CHECK (reason IN ('threats', 'conflict', 'one_case', 'safety')),
    note BLOB,
    staff_id TEXT NOT NULL REFERENCES staff_member (id),
    since BIGINT NOT NULL,
    ended_at BIGINT,
    ended_by TEXT REFERENCES staff_member (id),
    CHECK (person_a < person_b),
    CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE UNIQUE INDEX visitor_apart_pair ON visitor_apart (person_a, person_b, unit_id) WHERE ended_at IS NULL;
CREATE INDEX visitor_apart_other ON visitor_apart (person_b) WHERE ended_at IS NULL;
CREATE INDEX visitor_apart_unit ON visitor_apart (unit_id) WHERE ended_at IS NULL;
CREATE INDEX visitor_apart_ended ON visitor_apart (ended_at) WHERE ended_at IS NOT NULL;

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('keep.visitor_apart_days', '2020-01-01', '365', 'Choice of the service; unverified');
