-- Appointments that lawyers declare before anybody has registered them: to be checked by the officers of a unit, by a clock (ADR 30).
CREATE TABLE appointed (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES person (id),
    -- Who checks it. She is told of no unit before it is confirmed.
    unit_id TEXT NOT NULL REFERENCES unit (id),
    -- Who alone has the name and the birth date, then whom an officer chose; none: nobody, or several.
    inmate_id TEXT REFERENCES inmate (id),
    -- Twice is once: the key of the form and a keyed digest of what was typed.
    form_key TEXT NOT NULL,
    digest BLOB NOT NULL,
    body BLOB NOT NULL,
    sent_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('to_check', 'confirmed', 'refused', 'withdrawn')),
    state_at BIGINT NOT NULL,
    -- The first instant that is too late; none when it is over.
    due_at BIGINT,
    officer_id TEXT REFERENCES staff_member (id),
    why TEXT CHECK (why IN ('not_found', 'differs', 'over')),
    UNIQUE (person_id, form_key, digest),
    CHECK ((state = 'to_check') = (due_at IS NOT NULL)),
    CHECK ((state = 'refused') = (why IS NOT NULL)),
    CHECK (state <> 'confirmed' OR inmate_id IS NOT NULL),
    CHECK (state NOT IN ('confirmed', 'refused') OR officer_id IS NOT NULL)
);
CREATE INDEX appointed_person ON appointed (person_id, sent_at);
CREATE INDEX appointed_work ON appointed (due_at, public_id, unit_id) WHERE due_at IS NOT NULL;
CREATE INDEX appointed_over ON appointed (state_at) WHERE due_at IS NULL;

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('counsel.check_hours', '2020-01-01', '24', 'Choice of the service; unverified'),
    ('keep.appointed_days', '2020-01-01', '365', 'Choice of the service; unverified');
