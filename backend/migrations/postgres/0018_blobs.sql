-- Files that somebody hands in. Their bytes lie in the store of files, sealed; here stands what they are.

-- What a kind of owner takes. A new row changes it from a day on; a file keeps the version it began under.
CREATE TABLE blob_rule (
    kind TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    most_bytes BIGINT NOT NULL CHECK (most_bytes > 0),
    most_open BIGINT NOT NULL CHECK (most_open > 0),
    types TEXT NOT NULL,
    most_pixels BIGINT NOT NULL CHECK (most_pixels > 0),
    unfinished_hours BIGINT NOT NULL CHECK (unfinished_hours > 0),
    infected_days BIGINT NOT NULL CHECK (infected_days >= 0),
    source TEXT NOT NULL,
    PRIMARY KEY (kind, valid_from)
);

-- Who sent it is kept as text, as the audit does: a person's files stay readable by her own key alone.
CREATE TABLE blob (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    rule_from TEXT NOT NULL,
    -- What it was handed in to; none before.
    owner_id TEXT,
    -- What the page that it was sent from was about.
    draft TEXT,
    uploader_kind TEXT NOT NULL CHECK (uploader_kind IN ('person', 'staff')),
    uploader_id TEXT NOT NULL,
    name BYTEA,
    declared TEXT NOT NULL,
    file_type TEXT CHECK (file_type IN ('pdf', 'jpeg', 'png')),
    length BIGINT CHECK (length > 0),
    received BIGINT NOT NULL DEFAULT 0 CHECK (received >= 0),
    chunks BIGINT NOT NULL DEFAULT 0,
    parts BIGINT NOT NULL DEFAULT 0,
    chunk_size BIGINT NOT NULL CHECK (chunk_size > 0),
    sha256 BYTEA,
    sealed_key BYTEA,
    state TEXT NOT NULL CHECK (state IN ('uploading', 'received', 'checking', 'clean', 'infected', 'rejected', 'ended')),
    reason TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    -- When it ends by itself, if nobody goes on with it or hands it in.
    expires_at BIGINT,
    -- When its bytes are to go.
    drop_at BIGINT,
    -- When a scanner is to be asked, by whom it is being asked, and how often none answered.
    check_at BIGINT,
    lease TEXT,
    tries BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 0,
    CHECK (length IS NULL OR received <= length),
    CHECK ((state IN ('rejected', 'ended')) = (reason IS NOT NULL)),
    CHECK (state IN ('uploading', 'ended') OR (sha256 IS NOT NULL AND length IS NOT NULL AND received = length)),
    CHECK (owner_id IS NULL OR expires_at IS NULL),
    CHECK (state <> 'clean' OR file_type IS NOT NULL)
);
CREATE INDEX blob_waiting ON blob (uploader_kind, uploader_id) WHERE owner_id IS NULL;
CREATE INDEX blob_owner ON blob (kind, owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX blob_check ON blob (check_at) WHERE check_at IS NOT NULL;
CREATE INDEX blob_expiry ON blob (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX blob_drop ON blob (drop_at) WHERE drop_at IS NOT NULL;

-- An object of the store: written once, never again, in their order the file.
CREATE TABLE blob_part (
    blob_id TEXT NOT NULL REFERENCES blob (id),
    number BIGINT NOT NULL,
    object TEXT NOT NULL UNIQUE,
    length BIGINT NOT NULL CHECK (length > 0),
    PRIMARY KEY (blob_id, number)
);

INSERT INTO blob_rule (kind, valid_from, most_bytes, most_open, types, most_pixels, unfinished_hours, infected_days, source)
VALUES ('letter', '2020-01-01', 20971520, 10, 'pdf jpeg png', 100000000, 24, 14, 'Choice of the service; not law');
