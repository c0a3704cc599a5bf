-- Ground: what every slice stands on.

CREATE TABLE subject_key (
    subject_id TEXT PRIMARY KEY,
    sealed BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    lease TEXT,
    leased_until BIGINT,
    done_at BIGINT,
    failed_at BIGINT,
    problem TEXT
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE done_at IS NULL AND failed_at IS NULL;

CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    stream TEXT NOT NULL CHECK (stream IN ('general', 'notices')),
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL CHECK (actor_kind IN ('anonymous', 'citizen', 'staff', 'system')),
    actor_id TEXT,
    role TEXT,
    unit_id TEXT,
    action TEXT NOT NULL,
    subject_kind TEXT,
    subject_id TEXT,
    reason TEXT,
    detail TEXT
);
CREATE INDEX audit_subject ON audit (subject_kind, subject_id, at);
CREATE INDEX audit_stream ON audit (stream, id);

-- The chain stands beside the rows, so that a row is never changed after it was written.
CREATE TABLE audit_seal (
    stream TEXT NOT NULL,
    seq BIGINT NOT NULL,
    audit_id TEXT NOT NULL UNIQUE REFERENCES audit (id),
    hash BYTEA NOT NULL,
    PRIMARY KEY (stream, seq)
);

CREATE TABLE form_try (
    key TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    form TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX form_try_expiry ON form_try (expires_at);

CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit is append-only';
END $$;
CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER audit_seal_no_change BEFORE UPDATE OR DELETE ON audit_seal FOR EACH ROW EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER audit_seal_no_truncate BEFORE TRUNCATE ON audit_seal EXECUTE FUNCTION audit_append_only();
