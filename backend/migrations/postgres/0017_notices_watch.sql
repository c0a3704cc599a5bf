-- The worker's sign of life, for a process that watches it (`varde watch`). No personal data.
CREATE TABLE notice_beat (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    at BIGINT NOT NULL
);

-- When anything was last about to be sent.
CREATE INDEX notice_attempt_intended ON notice_attempt (intended_at);
-- What is open, among all that has ended.
CREATE INDEX notice_obligation_call ON notice_obligation (call_at) WHERE state = 'open' AND call_open = 0;

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('notices.watch_still_minutes', '2020-01-01', '3', 'Choice of the service; not law'),
    ('notices.watch_stuck_minutes', '2020-01-01', '30', 'Choice of the service; not law'),
    ('notices.watch_near_minutes', '2020-01-01', '720', 'Choice of the service; not law');
