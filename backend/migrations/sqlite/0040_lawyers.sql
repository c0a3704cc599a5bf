-- What the lawyers' register has said of whoever has a mandate, the last time. A mandate opens something as long as
-- holds_to has not passed; what is in doubt opens nothing (ADR 27).
CREATE TABLE lawyer (
    person_id TEXT PRIMARY KEY REFERENCES person (id),
    asked_at BIGINT NOT NULL,
    -- When it listed her last, and the last day on which that counts.
    verified_at BIGINT,
    holds_to TEXT,
    -- Since when it does not list her.
    closed_at BIGINT,
    -- What went wrong the last time: a code.
    problem TEXT,
    -- Which register said it.
    source TEXT NOT NULL,
    CHECK (holds_to IS NULL OR verified_at IS NOT NULL),
    CHECK (holds_to IS NULL OR closed_at IS NULL)
);

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('lawyers.fresh_hours', '2020-01-01', '24', 'Choice of the service; unverified'),
    ('lawyers.grace_days', '2020-01-01', '14', 'Choice of the service; unverified'),
    ('lawyers.retry_minutes', '2020-01-01', '10', 'Choice of the service; unverified'),
    -- How long before it begins a lawyer books a room at the latest.
    ('visits.counsel_notice_minutes', '2020-01-01', '120', 'Choice of the service; unverified');
