-- How a lawyer and her client meet: in a room, on a screen or by telephone. Every other time is in a room; a private visit on a screen is
-- a kind of its own.
ALTER TABLE visit_template ADD COLUMN way TEXT NOT NULL DEFAULT 'room' CHECK (way IN ('room', 'video', 'phone'));
ALTER TABLE visit_session ADD COLUMN way TEXT NOT NULL DEFAULT 'room' CHECK (way IN ('room', 'video', 'phone'));
