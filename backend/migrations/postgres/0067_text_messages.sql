-- Whoever wants it gets text messages too, at a number that she has confirmed by a code sent there.
ALTER TABLE person ADD COLUMN by_text BIGINT NOT NULL DEFAULT 0 CHECK (by_text IN (0, 1));
