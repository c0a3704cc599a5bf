-- Whom an inmate has named as visitors when he came; each can be exchanged for another. As he said it: whether it is somebody here is for
-- whoever handles her application to see.
CREATE TABLE named_visitor (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    inmate_id TEXT NOT NULL REFERENCES inmate (id),
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff_member (id),
    since BIGINT NOT NULL,
    ended_at BIGINT,
    ended_by TEXT REFERENCES staff_member (id),
    CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE UNIQUE INDEX named_visitor_standing ON named_visitor (inmate_id, sort_name) WHERE ended_at IS NULL;
CREATE INDEX named_visitor_ended ON named_visitor (ended_at) WHERE ended_at IS NOT NULL;

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('visits.named_most', '2020-01-01', '4', 'Retningslinjer til straffegjennomføringsloven § 3-28; unverified'),
    ('keep.named_visitor_days', '2020-01-01', '90', 'Choice of the service; unverified');
