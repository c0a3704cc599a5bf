-- How many places of a session the unit plans now, where it has said another number since it was made: nobody is let in beyond it,
-- and what is taken already stays taken.
ALTER TABLE visit_session ADD COLUMN planned BIGINT CHECK (planned >= 0);

-- A time of the week that is not held for a while.
CREATE TABLE visit_pause (
    id TEXT PRIMARY KEY,
    template_id TEXT NOT NULL REFERENCES visit_template (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (template_id, first_day),
    CHECK (first_day <= last_day)
);
CREATE INDEX visit_pause_unit ON visit_pause (unit_id, last_day);
