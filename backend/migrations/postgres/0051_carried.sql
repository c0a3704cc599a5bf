-- An application goes with the inmate to the unit he is moved to: when, from where, and when that unit has looked at the leave.
ALTER TABLE application ADD COLUMN carried_at BIGINT;
ALTER TABLE application ADD COLUMN carried_from TEXT REFERENCES unit (id);
ALTER TABLE application ADD COLUMN carried_seen_at BIGINT;
CREATE INDEX application_carried ON application (unit_id, carried_at)
    WHERE carried_at IS NOT NULL AND carried_seen_at IS NULL;

-- Why the unit decides anew by its own initiative, while it does.
ALTER TABLE application ADD COLUMN reconsidered TEXT
    CHECK (reconsidered IN ('new_facts', 'conduct', 'security', 'milder', 'moved'));

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('clearance.carry_days', '2020-01-01', '14', 'Choice of the service; not law');
