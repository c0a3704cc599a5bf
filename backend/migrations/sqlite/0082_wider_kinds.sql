-- For which wings a time of the week is can wait for another's yes, too.
CREATE TABLE plan_proposal_new (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL CHECK (kind IN ('rules', 'end', 'close', 'several', 'watch', 'text', 'wings')),
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
INSERT INTO plan_proposal_new (id, public_id, unit_id, kind, typed, shown, proposed_by, proposed_at, lapses_at, state, decided_by,
    decided_at, word, officer_id)
    SELECT id, public_id, unit_id, kind, typed, shown, proposed_by, proposed_at, lapses_at, state, decided_by, decided_at, word, officer_id
    FROM plan_proposal;
DROP TABLE plan_proposal;
ALTER TABLE plan_proposal_new RENAME TO plan_proposal;
CREATE INDEX plan_proposal_open ON plan_proposal (lapses_at) WHERE state = 'open';
CREATE INDEX plan_proposal_unit ON plan_proposal (unit_id, proposed_at);
CREATE INDEX plan_proposal_decided ON plan_proposal (decided_at) WHERE decided_at IS NOT NULL;

-- What a delegate asks for as urgent in her name, and takes back: of such an act `booking_id` is what was asked for.
CREATE TABLE delegation_act_new (
    id TEXT PRIMARY KEY,
    delegation_id TEXT NOT NULL REFERENCES delegation (id),
    inmate_id TEXT NOT NULL REFERENCES inmate (id),
    booking_id TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('booked', 'cancelled', 'bring_asked', 'bring_withdrawn', 'urgent_asked', 'urgent_withdrawn')),
    at BIGINT NOT NULL
);
INSERT INTO delegation_act_new (id, delegation_id, inmate_id, booking_id, what, at)
    SELECT id, delegation_id, inmate_id, booking_id, what, at FROM delegation_act;
DROP TABLE delegation_act;
ALTER TABLE delegation_act_new RENAME TO delegation_act;
CREATE INDEX delegation_act_of ON delegation_act (delegation_id, at);
CREATE INDEX delegation_act_booking ON delegation_act (booking_id);
