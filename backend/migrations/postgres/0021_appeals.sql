-- Appeals. A decision names whom it is told to, which kind of clock its appeal has, and, if it is a decision on an appeal,
-- which decision was appealed. One that was set aside stays on record and is nobody's standing decision any more.
ALTER TABLE decision ADD COLUMN person_id TEXT REFERENCES person (id);
ALTER TABLE decision ADD COLUMN appeal_kind TEXT NOT NULL DEFAULT 'sentence'
    CHECK (appeal_kind IN ('sentence', 'breach', 'data'));
ALTER TABLE decision ADD COLUMN appeal_of TEXT REFERENCES decision (id);
ALTER TABLE decision ADD COLUMN superseded_at BIGINT;
UPDATE decision SET person_id = (SELECT a.person_id FROM clearance c JOIN application a ON a.id = c.application_id
    WHERE c.id = decision.subject_id) WHERE subject_kind = 'clearance';
UPDATE decision SET person_id = (SELECT e.person_id FROM letter l JOIN exchange e ON e.id = l.exchange_id
    WHERE l.id = decision.subject_id AND l.from_relative = 1) WHERE subject_kind = 'letter';
CREATE INDEX decision_person ON decision (person_id, made_at);

-- Decided anew after an appeal: what stands, stands until then.
ALTER TABLE clearance ADD COLUMN reopened_at BIGINT;

CREATE TABLE appeal (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL UNIQUE,
    -- The first of the decisions that were made together; the appeal is about all of them.
    decision_id TEXT NOT NULL REFERENCES decision (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    -- Twice is once: the key of the form and a keyed digest of what was typed.
    form_key TEXT NOT NULL,
    digest BYTEA NOT NULL,
    body BYTEA NOT NULL,
    sent_at BIGINT NOT NULL,
    -- The first instant that is too late, and whether the clock is told to the hour; none if no word had reached her.
    deadline_at BIGINT,
    to_the_hour BIGINT NOT NULL DEFAULT 0 CHECK (to_the_hour IN (0, 1)),
    late BIGINT NOT NULL CHECK (late IN (0, 1)),
    -- Whether she asked that the decision waits, and what was answered.
    waits TEXT NOT NULL CHECK (waits IN ('not_asked', 'asked', 'granted', 'refused')),
    waits_why BYTEA,
    waits_at BIGINT,
    state TEXT NOT NULL CHECK (state IN ('sent', 'preparing', 'forwarded', 'decided', 'withdrawn')),
    state_at BIGINT NOT NULL,
    -- By when the level that has it is expected to be done; none when it is nobody's turn.
    due_at BIGINT,
    -- Who of the level that decided has taken it, and who forwarded it with which words.
    prepared_by TEXT REFERENCES staff_member (id),
    statement BYTEA,
    forwarded_at BIGINT,
    outcome TEXT CHECK (outcome IN ('upheld', 'changed', 'sent_back', 'too_late', 'not_entitled')),
    outcome_level TEXT CHECK (outcome_level IN ('local', 'region')),
    -- The decision on the appeal.
    ruling_id TEXT REFERENCES decision (id),
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (person_id, form_key, digest),
    CHECK ((state IN ('sent', 'preparing', 'forwarded')) = (due_at IS NOT NULL)),
    CHECK ((state = 'decided') = (outcome IS NOT NULL)),
    CHECK ((outcome IS NULL) = (ruling_id IS NULL)),
    CHECK ((waits IN ('granted', 'refused')) = (waits_at IS NOT NULL)),
    CHECK (state NOT IN ('preparing', 'forwarded') OR prepared_by IS NOT NULL)
);
CREATE UNIQUE INDEX appeal_standing ON appeal (decision_id) WHERE state <> 'withdrawn';
CREATE INDEX appeal_person ON appeal (person_id, sent_at);
CREATE INDEX appeal_clock ON appeal (unit_id, due_at, id) WHERE due_at IS NOT NULL;

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('appeal.hours', '2020-01-01', '48', 'LOV-2001-05-18-21 § 7 e (§ 40 first to sixth, § 58 first paragraph)'),
    ('appeal.weeks', '2020-01-01', '3', 'LOV-1967-02-10 § 29; FOR-2013-09-20-1099 § 9'),
    ('appeal.prepare_days', '2020-01-01', '14', 'Choice of the service; LOV-1967-02-10 § 33: without undue delay'),
    ('appeal.decide_days', '2020-01-01', '28', 'Choice of the service; LOV-1967-02-10 § 11 a: without undue delay'),
    ('appeal.legal_basis', '2020-01-01', 'forvaltningsloven § 34', 'LOV-1967-02-10 § 34'),
    ('appeal.change_basis', '2020-01-01', 'forvaltningsloven § 33 andre ledd', 'LOV-1967-02-10 § 33 second paragraph');
