-- Decisions of every slice, and the rules that can change, each with its validity and its source.

CREATE TABLE decision (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    level TEXT NOT NULL CHECK (level IN ('local', 'region', 'directorate')),
    outcome TEXT NOT NULL,
    legal_basis TEXT NOT NULL,
    rule_version TEXT NOT NULL,
    reason TEXT,
    milder TEXT,
    measures TEXT NOT NULL DEFAULT '',
    text_locale TEXT NOT NULL CHECK (text_locale IN ('nb', 'nn', 'en', 'se')),
    valid_to TEXT,
    appeal_days BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL REFERENCES staff_member (id),
    available_at BIGINT NOT NULL,
    notice_sent_at BIGINT
);
CREATE INDEX decision_subject ON decision (subject_kind, subject_id, made_at);

CREATE TABLE rule (
    key TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    value TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (key, valid_from)
);
INSERT INTO rule (key, valid_from, value, source) VALUES
    ('clearance.draft_days', '2020-01-01', '28', 'Choice of the service; not law'),
    ('clearance.usual_days', '2020-01-01', '28', 'kriminalomsorgen.no: about four weeks (unverified)'),
    ('clearance.police_days', '2020-01-01', '14', 'Choice of the service; not law'),
    ('clearance.close_days', '2020-01-01', '42', 'Choice of the service: one fixed day for every cause'),
    ('clearance.legal_basis', '2020-01-01', 'straffegjennomføringsloven § 31', 'LOV-2001-05-18-21'),
    ('appeal.days', '2020-01-01', '7', 'LOV-2001-05-18-21 § 7 e');
