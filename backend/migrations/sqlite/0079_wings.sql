-- The wings of a unit (ADR 46). Where somebody lives in it, as long as his placement lasts: set by staff, and a message of the case system
-- may carry it later.
CREATE TABLE unit_wing (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    -- It is there no more. Placements that are over may name it still.
    ended_at BIGINT
);
CREATE UNIQUE INDEX unit_wing_code ON unit_wing (unit_id, code) WHERE ended_at IS NULL;

ALTER TABLE placement ADD COLUMN wing_id TEXT REFERENCES unit_wing (id);
CREATE INDEX placement_wing ON placement (wing_id) WHERE ended_at IS NULL;

-- For whom a time of the week is: for all, for the wings that it names alone, or for all but those.
ALTER TABLE visit_template ADD COLUMN wings TEXT NOT NULL DEFAULT 'all' CHECK (wings IN ('all', 'only', 'not'));
CREATE TABLE template_wing (
    template_id TEXT NOT NULL REFERENCES visit_template (id),
    wing_id TEXT NOT NULL REFERENCES unit_wing (id),
    PRIMARY KEY (template_id, wing_id)
);
CREATE INDEX template_wing_wing ON template_wing (wing_id);

-- Those under eighteen who are inside, and since when each has been.
CREATE INDEX placement_inmate ON placement (inmate_id, started_at);
INSERT INTO rule (key, valid_from, value, source) VALUES
    ('visits.child_inmate_visits_per_month', '2020-01-01', '1', 'Forskrift til straffegjennomføringsloven § 3-28 a; unverified');
