-- How many places of a session the unit plans now, where it has said another number since it was made: nobody is let in beyond it,
-- and what is taken already stays taken.
ALTER TABLE visit_session ADD COLUMN planned BIGINT CHECK (planned >= 0);

-- A time of the week that is not held for a while.
CREATE TABLE visit_pause (
    id TEXT PRIMARY KEY,
    template_id TEXT NOT NULL REFERENCES visit_template (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (template_id, first_day),
    CHECK (first_day <= last_day)
);
CREATE INDEX visit_pause_unit ON visit_pause (unit_id, last_day);

-- From how many touched visits on somebody else has to approve a change of a unit's plan: the unit's own number, by its days.
CREATE TABLE visit_watch (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    valid_from TEXT NOT NULL,
    at_least BIGINT NOT NULL CHECK (at_least >= 0),
    source TEXT NOT NULL,
    UNIQUE (unit_id, valid_from)
);

-- A change that waits for another's yes: as it was typed, and which visits were shown to whoever asked for it. Nobody answers her own.
CREATE TABLE plan_proposal (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL CHECK (kind IN ('rules', 'end', 'close', 'several', 'watch', 'text')),
    typed TEXT NOT NULL,
    shown TEXT NOT NULL,
    proposed_by TEXT NOT NULL REFERENCES staff_member (id),
    proposed_at BIGINT NOT NULL,
    lapses_at BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'approved', 'declined', 'lapsed', 'withdrawn')),
    decided_by TEXT REFERENCES staff_member (id),
    decided_at BIGINT,
    word TEXT,
    officer_id TEXT REFERENCES staff_member (id),
    CHECK ((state = 'open') = (decided_at IS NULL)),
    CHECK (state IN ('open', 'lapsed') OR decided_by IS NOT NULL),
    CHECK (state NOT IN ('approved', 'declined') OR decided_by <> proposed_by),
    CHECK (state <> 'declined' OR word IS NOT NULL)
);
CREATE INDEX plan_proposal_open ON plan_proposal (lapses_at) WHERE state = 'open';
CREATE INDEX plan_proposal_unit ON plan_proposal (unit_id, proposed_at);
CREATE INDEX plan_proposal_decided ON plan_proposal (decided_at) WHERE decided_at IS NOT NULL;

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('visits.second_from', '2020-01-01', '0', 'Choice of the service; each unit sets its own'),
    ('visits.proposal_days', '2020-01-01', '7', 'Choice of the service; not law'),
    ('keep.plan_proposal_days', '2020-01-01', '365', 'Choice of the service; unverified');
