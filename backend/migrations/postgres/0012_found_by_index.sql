-- The provider names whose sessions end by issuer and subject; and the worker drops the sign-ins that nobody came back
-- for. Neither reads the whole table.
CREATE INDEX session_subject ON session (issuer, subject) WHERE closed_at IS NULL;
CREATE INDEX login_attempt_expires ON login_attempt (expires_at);
