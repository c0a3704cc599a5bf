-- When the person of a session last proved who she is because she was asked to: what changes how she is reached asks
-- for it.
ALTER TABLE session ADD COLUMN fresh_at BIGINT;

-- Somebody without a Norwegian number is known by name and birth date alone: an officer checks who she is by hand,
-- once, before anybody lets her in.
ALTER TABLE person ADD COLUMN identity_checked_at BIGINT;
ALTER TABLE person ADD COLUMN identity_checked_by TEXT REFERENCES staff_member (id);

-- Whoever has once confirmed an address proves anew who she is before it changes, also while a new one waits for its
-- code.
ALTER TABLE contact ADD COLUMN ever_confirmed BIGINT NOT NULL DEFAULT 0;
UPDATE contact SET ever_confirmed = 1 WHERE confirmed_at IS NOT NULL;
