-- Corrections: somebody says that something held about her is wrong, or is to go; an officer answers by a day. Words of both
-- are sealed under her key.
CREATE TABLE correction (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES person (id),
    -- Who has it now. Where she sent it is all that she is told: a unit it was passed on to would say where somebody is.
    unit_id TEXT NOT NULL REFERENCES unit (id),
    sent_unit_id TEXT NOT NULL REFERENCES unit (id),
    -- Twice is once: the key of the form and a keyed digest of what was typed.
    form_key TEXT NOT NULL,
    digest BYTEA NOT NULL,
    wish TEXT NOT NULL CHECK (wish IN ('correct', 'erase')),
    about TEXT NOT NULL CHECK (about IN ('person', 'contact', 'visits', 'decisions', 'documents', 'messages', 'letters', 'homes',
        'other')),
    body BYTEA NOT NULL,
    sent_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sent', 'taken', 'settled', 'withdrawn')),
    state_at BIGINT NOT NULL,
    -- The first instant that is too late; none when it is nobody's turn.
    due_at BIGINT,
    reminded_at BIGINT,
    officer_id TEXT REFERENCES staff_member (id),
    outcome TEXT CHECK (outcome IN ('done', 'partly', 'refused')),
    answer BYTEA,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (person_id, form_key, digest),
    CHECK ((state IN ('sent', 'taken')) = (due_at IS NOT NULL)),
    CHECK ((state = 'settled') = (outcome IS NOT NULL)),
    CHECK ((outcome IS NULL) = (answer IS NULL)),
    CHECK (state NOT IN ('taken', 'settled') OR officer_id IS NOT NULL)
);
CREATE INDEX correction_person ON correction (person_id, sent_at);
CREATE INDEX correction_clock ON correction (unit_id, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX correction_over ON correction (state_at) WHERE due_at IS NULL;

-- What is asked for is open too.
DROP VIEW keeping_open;
CREATE VIEW keeping_open AS SELECT person_id FROM appeal WHERE due_at IS NOT NULL
    UNION ALL SELECT person_id FROM correction WHERE due_at IS NOT NULL;

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('corrections.days', '2020-01-01', '21', 'Choice of the service: three weeks; GDPR Article 12(3): without undue delay, at the latest one month'),
    ('corrections.remind_days', '2020-01-01', '5', 'Choice of the service; not law'),
    ('keep.correction_days', '2020-01-01', '1095', 'Choice of the service; unverified');
