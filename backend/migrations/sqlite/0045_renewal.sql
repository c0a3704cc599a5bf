-- A leave to visit ends: its holder is told in time, once, and applies again with what is known.
ALTER TABLE application ADD COLUMN ending_told_at BIGINT;
CREATE INDEX clearance_ends ON clearance (valid_to) WHERE outcome = 'granted' AND child = 0;
INSERT INTO rule (key, valid_from, value, source) VALUES
    ('clearance.renew_days', '2020-01-01', '60', 'Choice of the service; not law');
