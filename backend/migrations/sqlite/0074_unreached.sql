-- Somebody whom no letter reaches: she has confirmed no address, and there is something to tell her. The unit that knows her rings, sends a
-- letter by post or tells her when she comes; whoever signs in has seen it. One that is open a person and unit; what comes meanwhile is added to it. No address is kept.
CREATE TABLE unreached (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES person (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    -- What there is to tell, by the kinds of letters, each once.
    kinds TEXT NOT NULL,
    since BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    tried_at BIGINT,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'rung', 'letter', 'met', 'by_mail', 'seen')),
    done_at BIGINT,
    done_by TEXT REFERENCES staff_member (id),
    officer_id TEXT REFERENCES staff_member (id),
    CHECK ((state = 'open') = (done_at IS NULL)),
    CHECK (done_by IS NULL OR state IN ('rung', 'letter', 'met'))
);
CREATE UNIQUE INDEX unreached_open ON unreached (person_id, unit_id) WHERE state = 'open';
CREATE INDEX unreached_due ON unreached (due_at, public_id) WHERE state = 'open';
CREATE INDEX unreached_person ON unreached (person_id, since);
CREATE INDEX unreached_done ON unreached (done_at) WHERE done_at IS NOT NULL;

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('unreached.hours', '2020-01-01', '48', 'Choice of the service; unverified'),
    ('unreached.again_hours', '2020-01-01', '24', 'Choice of the service; unverified'),
    ('keep.unreached_days', '2020-01-01', '365', 'Choice of the service; unverified');
