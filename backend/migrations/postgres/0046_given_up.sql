-- A leave to visit that its holder gave up: it ended the day before, as if it had run out.
ALTER TABLE clearance ADD COLUMN ended_at BIGINT;
