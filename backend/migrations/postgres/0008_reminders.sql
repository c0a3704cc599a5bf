-- Reminders of what waits: when the last one went, and after how many days without an answer from the inmate one
-- goes; for the police `clearance.police_days` says it.
ALTER TABLE application ADD COLUMN reminded_at BIGINT;

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('clearance.inmate_days', '2020-01-01', '7', 'Choice of the service; not law');
