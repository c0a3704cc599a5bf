-- What a unit decides about the visits of a month, and about the adults whom somebody asks to come along.
ALTER TABLE visit_rule ADD COLUMN per_month BIGINT NOT NULL DEFAULT 0 CHECK (per_month >= 0);
ALTER TABLE visit_rule ADD COLUMN join_hours BIGINT NOT NULL DEFAULT 48 CHECK (join_hours >= 0);
