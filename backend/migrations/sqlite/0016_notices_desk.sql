-- The officer's desk: how a task ended, whose a case is, who opened one that is not hers.

-- One more kind of task. SQLite changes a check by a new table; the calls wait beside it, for they point at the old one.
CREATE TABLE notice_call_kept AS SELECT id, task_id, outcome, by_id, at FROM notice_call;
DROP TABLE notice_call;
CREATE TABLE notice_task_new (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('assess', 'call', 'all_off', 'shared_contact', 'bounce', 'reconfirm', 'mass', 'question',
        'wrong_word')),
    about TEXT NOT NULL,
    recipient_id TEXT REFERENCES notice_recipient (id),
    desk TEXT NOT NULL CHECK (desk IN ('duty', 'officer')),
    since BIGINT NOT NULL,
    deadline BIGINT NOT NULL,
    duty TEXT NOT NULL CHECK (duty IN ('nobodys', 'taken', 'done')),
    paged BIGINT NOT NULL DEFAULT 0,
    pages_at BIGINT,
    by_id TEXT,
    by_at BIGINT,
    next_try_at BIGINT,
    UNIQUE (kind, about)
);
INSERT INTO notice_task_new SELECT id, public_id, kind, about, recipient_id, desk, since, deadline, duty, paged, pages_at, by_id,
    by_at, next_try_at FROM notice_task;
DROP TABLE notice_task;
ALTER TABLE notice_task_new RENAME TO notice_task;
CREATE INDEX notice_task_open ON notice_task (desk, deadline) WHERE duty <> 'done';
CREATE INDEX notice_task_pages ON notice_task (pages_at) WHERE pages_at IS NOT NULL;
CREATE TABLE notice_call (
    id TEXT PRIMARY KEY,
    task_id TEXT NOT NULL REFERENCES notice_task (id),
    outcome TEXT NOT NULL,
    by_id TEXT NOT NULL,
    at BIGINT NOT NULL
);
INSERT INTO notice_call SELECT id, task_id, outcome, by_id, at FROM notice_call_kept;
DROP TABLE notice_call_kept;
CREATE INDEX notice_call_task ON notice_call (task_id, at);

-- A task may be opened anew: each time it ended is a row.
CREATE TABLE notice_task_end (
    id TEXT PRIMARY KEY,
    task_id TEXT NOT NULL REFERENCES notice_task (id),
    how TEXT NOT NULL,
    note BLOB,
    by_id TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX notice_task_end_task ON notice_task_end (task_id, at);

-- A case changes hands. Nobody: it lies with its unit.
CREATE TABLE notice_assignment (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES notice_case (id),
    from_id TEXT,
    to_id TEXT,
    reason BLOB NOT NULL,
    by_id TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX notice_assignment_case ON notice_assignment (case_id, at);
CREATE INDEX notice_case_officer ON notice_case (officer_id);

-- An officer opened a case that is not hers, with her reason: for some minutes, and seen by whoever watches her unit.
CREATE TABLE notice_break_in (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    party_id TEXT NOT NULL REFERENCES notice_party (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    by_id TEXT NOT NULL,
    reason BLOB NOT NULL,
    at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    seen_by TEXT,
    seen_at BIGINT
);
CREATE INDEX notice_break_in_party ON notice_break_in (party_id, by_id, until_at);
CREATE INDEX notice_break_in_unit ON notice_break_in (unit_id, at);

-- What she wants to be told of, also before she is registered in any case.
ALTER TABLE notice_recipient ADD COLUMN kinds TEXT NOT NULL DEFAULT '';
UPDATE notice_recipient SET kinds = COALESCE((SELECT p.kinds FROM notice_party p WHERE p.recipient_id = notice_recipient.id
    ORDER BY p.id LIMIT 1), '');

-- Codes to an address: which number the last one has, and how many went since when.
ALTER TABLE notice_channel ADD COLUMN code_number BIGINT NOT NULL DEFAULT 1;
ALTER TABLE notice_channel ADD COLUMN codes_sent BIGINT NOT NULL DEFAULT 1;
ALTER TABLE notice_channel ADD COLUMN codes_since BIGINT;

-- Who ended a representation, an officer's id or `herself`; and who confirmed for her.
ALTER TABLE notice_representative ADD COLUMN ended_by TEXT;
ALTER TABLE notice_obligation ADD COLUMN representative_id TEXT;
CREATE INDEX notice_representative_recipient ON notice_representative (recipient_id);

-- She rang and said her word: open for some minutes, to the officer she spoke with. A wrong word counts.
ALTER TABLE notice_recipient ADD COLUMN wrong_words BIGINT NOT NULL DEFAULT 0;
CREATE TABLE notice_ring_in (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    recipient_id TEXT NOT NULL REFERENCES notice_recipient (id),
    by_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    until_at BIGINT NOT NULL
);
CREATE INDEX notice_ring_in_recipient ON notice_ring_in (recipient_id, at);

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('notices.break_in_minutes', '2020-01-01', '15', 'Choice of the service; not law'),
    ('notices.ring_in_minutes', '2020-01-01', '30', 'Choice of the service; not law'),
    ('notices.wrong_words_most', '2020-01-01', '3', 'Choice of the service; not law'),
    ('notices.codes_most', '2020-01-01', '3', 'Choice of the service; not law'),
    ('notices.codes_minutes', '2020-01-01', '60', 'Choice of the service; not law'),
    ('notices.most_channels', '2020-01-01', '6', 'Choice of the service; not law'),
    ('notices.most_requests', '2020-01-01', '3', 'Choice of the service; not law'),
    ('notices.next_try_minutes', '2020-01-01', '30', 'Choice of the service; not law');
