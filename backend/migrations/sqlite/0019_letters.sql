-- Orders about an exchange, one row each: why, by which law, who gave it, and who took it back. The exchange itself says
-- what is in force.
CREATE TABLE exchange_order (
    id TEXT PRIMARY KEY,
    exchange_id TEXT NOT NULL REFERENCES exchange (id),
    control TEXT NOT NULL CHECK (control IN ('level', 'control', 'waive')),
    norwegian_only BIGINT NOT NULL CHECK (norwegian_only IN (0, 1)),
    reason BLOB NOT NULL,
    legal_basis TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES staff_member (id),
    made_at BIGINT NOT NULL,
    undone_by TEXT REFERENCES staff_member (id),
    undone_at BIGINT,
    CHECK ((undone_by IS NULL) = (undone_at IS NULL))
);
CREATE INDEX exchange_order_exchange ON exchange_order (exchange_id, made_at);
-- No page has given an order before this one, so nothing is lost.
ALTER TABLE exchange DROP COLUMN order_reason;
ALTER TABLE exchange DROP COLUMN ordered_by;
ALTER TABLE exchange DROP COLUMN ordered_at;

-- When a person in control decided on it; nothing where nobody has read it on its way.
ALTER TABLE letter ADD COLUMN ruled_at BIGINT;
UPDATE letter SET ruled_at = COALESCE(released_at, state_at) WHERE category IS NOT NULL OR released_at > written_at;

-- Somebody who was just told of something is not told of the next at once.
ALTER TABLE message_news ADD COLUMN waits BIGINT NOT NULL DEFAULT 1 CHECK (waits IN (0, 1));
ALTER TABLE message_news ADD COLUMN told_at BIGINT;

-- What is kept for how long, a line a kind.
CREATE INDEX message_thread_old ON message_thread (last_at) WHERE state <> 'waiting';
CREATE INDEX letter_old ON letter (state_at) WHERE state IN ('stopped', 'delivered', 'read', 'lapsed');
CREATE INDEX counsel_message_old ON counsel_message (written_at);
CREATE INDEX exchange_report_old ON exchange_report (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX worry_old ON worry (done_at) WHERE done_at IS NOT NULL;

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('messages.gap_minutes', '2020-01-01', '60', 'Choice of the service; not law'),
    ('messages.keep_thread_days', '2020-01-01', '3650', 'forskrift 2013-09-20-1099 § 6 (at most ten years); the number is a choice, unverified'),
    ('messages.keep_letter_days', '2020-01-01', '1095', 'Choice of the service within forskrift 2013-09-20-1099 § 6; unverified'),
    ('messages.keep_counsel_days', '2020-01-01', '1095', 'Choice of the service within forskrift 2013-09-20-1099 § 6; unverified'),
    ('messages.keep_report_days', '2020-01-01', '1095', 'Choice of the service within forskrift 2013-09-20-1099 § 6; unverified'),
    ('messages.keep_worry_days', '2020-01-01', '122', 'forskrift 2013-09-20-1099 § 6 (four months for what is unverified); that it covers worries is unverified');
