-- Authorities, consulates, health and child welfare services, volunteers and faith communities: a visitor kind of their own. The unit clears
-- the organisation; whoever meets an inmate for it has been named by it, and signs in herself.
CREATE TABLE organisation (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    -- Nine digits of the register of legal entities.
    number TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('authority', 'consulate', 'health', 'child_welfare', 'volunteer', 'faith')),
    -- 1: it represents an authority, by the rule on the day it was registered. Nobody listens to it then.
    authority BIGINT NOT NULL CHECK (authority IN (0, 1)),
    registered_at BIGINT NOT NULL,
    registered_by TEXT NOT NULL REFERENCES staff_member (id)
);

CREATE TABLE organisation_clearance (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    measures TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL REFERENCES staff_member (id),
    ended_at BIGINT,
    ended_by TEXT REFERENCES staff_member (id),
    CHECK (valid_from <= valid_to),
    CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE UNIQUE INDEX organisation_clearance_standing ON organisation_clearance (organisation_id, unit_id) WHERE ended_at IS NULL;
CREATE INDEX organisation_clearance_unit ON organisation_clearance (unit_id) WHERE ended_at IS NULL;

-- Known by number, so that she may be named before she has ever signed in.
CREATE TABLE organisation_person (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    number_hash BYTEA NOT NULL,
    -- Sealed.
    name BYTEA NOT NULL,
    -- 1: she names others.
    leads BIGINT NOT NULL CHECK (leads IN (0, 1)),
    valid_to TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    ended_at BIGINT,
    -- The first instant at which it is over: the last day's end, or when it was ended.
    over_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX organisation_person_standing ON organisation_person (organisation_id, number_hash) WHERE ended_at IS NULL;
CREATE INDEX organisation_person_number ON organisation_person (number_hash);
CREATE INDEX organisation_person_over ON organisation_person (over_at);

-- Whom it is to meet: asked for by one of its own, answered by the unit, or written down by the unit at once.
CREATE TABLE organisation_task (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    asked_by TEXT REFERENCES person (id),
    -- Who she said it was and why, sealed under her key.
    body BYTEA,
    inmate_id TEXT REFERENCES inmate (id),
    asked_at BIGINT NOT NULL,
    -- When the unit has to have answered.
    due_at BIGINT NOT NULL,
    valid_to TEXT,
    state TEXT NOT NULL CHECK (state IN ('asked', 'standing', 'refused', 'withdrawn', 'ended')),
    refusal TEXT CHECK (refusal IN ('not_found', 'not_wished', 'no_task', 'other')),
    decided_at BIGINT,
    decided_by TEXT REFERENCES staff_member (id),
    officer_id TEXT REFERENCES staff_member (id),
    -- As with its people; none while it is asked for.
    over_at BIGINT,
    CHECK ((state = 'asked') = (decided_at IS NULL)),
    CHECK ((state = 'asked') = (over_at IS NULL)),
    CHECK ((asked_by IS NULL) = (body IS NULL)),
    CHECK ((state = 'refused') = (refusal IS NOT NULL)),
    CHECK (state NOT IN ('standing', 'ended') OR (inmate_id IS NOT NULL AND valid_to IS NOT NULL))
);
CREATE UNIQUE INDEX organisation_task_standing ON organisation_task (organisation_id, inmate_id) WHERE state = 'standing';
CREATE INDEX organisation_task_asked ON organisation_task (due_at, public_id) WHERE state = 'asked';
CREATE INDEX organisation_task_inmate ON organisation_task (inmate_id);
CREATE INDEX organisation_task_person ON organisation_task (asked_by, asked_at);
CREATE INDEX organisation_task_over ON organisation_task (over_at) WHERE over_at IS NOT NULL;

-- HeldFor times they are that are of no family: a lawyer's, or an organisation's with rooms of its own.
ALTER TABLE visit_template ADD COLUMN held_for TEXT NOT NULL DEFAULT 'counsel' CHECK (held_for IN ('counsel', 'organisation'));
ALTER TABLE visit_session ADD COLUMN held_for TEXT NOT NULL DEFAULT 'counsel' CHECK (held_for IN ('counsel', 'organisation'));
-- For which organisation somebody comes.
ALTER TABLE booking ADD COLUMN organisation_id TEXT REFERENCES organisation (id);
CREATE INDEX booking_organisation ON booking (organisation_id, person_id) WHERE organisation_id IS NOT NULL;
-- 1: the court has said that it holds for authorities too ([SP] § 186).
ALTER TABLE restriction ADD COLUMN authorities BIGINT NOT NULL DEFAULT 0 CHECK (authorities IN (0, 1));

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('organisations.authority.authority', '2020-01-01', '1', 'Straffegjennomføringsloven § 31'),
    ('organisations.authority.consulate', '2020-01-01', '1', 'Straffegjennomføringsloven § 31; Wien-konvensjonen om konsulært samkvem artikkel 36'),
    ('organisations.authority.health', '2020-01-01', '1', 'Straffegjennomføringsloven § 31; unverified'),
    ('organisations.authority.child_welfare', '2020-01-01', '1', 'Straffegjennomføringsloven § 31'),
    ('organisations.authority.volunteer', '2020-01-01', '0', 'Straffegjennomføringsloven § 31'),
    ('organisations.authority.faith', '2020-01-01', '0', 'Straffegjennomføringsloven § 31; unverified'),
    ('organisations.days', '2020-01-01', '366', 'Choice of the service; unverified'),
    ('organisations.answer_days', '2020-01-01', '5', 'Choice of the service; unverified'),
    ('organisations.notice_minutes', '2020-01-01', '240', 'Choice of the service; unverified'),
    ('keep.organisation_days', '2020-01-01', '365', 'Choice of the service; unverified');
