-- Whoever wants it is reminded by text message too, at a number that she has confirmed by a code sent there.
ALTER TABLE person ADD COLUMN remind_text BIGINT NOT NULL DEFAULT 0 CHECK (remind_text IN (0, 1));
