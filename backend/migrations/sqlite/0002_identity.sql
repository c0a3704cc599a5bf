-- Identity: persons, how they sign in, sessions, contact details.

CREATE TABLE person (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    birth_date TEXT,
    locale TEXT CHECK (locale IN ('nb', 'nn', 'en', 'se')),
    created_at BIGINT NOT NULL
);

CREATE TABLE person_number (
    person_id TEXT PRIMARY KEY REFERENCES person (id),
    hash BLOB NOT NULL UNIQUE,
    sealed BLOB NOT NULL
);

CREATE TABLE staff_member (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- A login is issuer and subject. Staff are never matched to citizens by number.
CREATE TABLE login (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    person_id TEXT REFERENCES person (id),
    staff_id TEXT REFERENCES staff_member (id),
    PRIMARY KEY (issuer, subject),
    CHECK ((person_id IS NULL) <> (staff_id IS NULL))
);

CREATE TABLE login_attempt (
    key_hash BLOB PRIMARY KEY,
    area TEXT NOT NULL CHECK (area IN ('citizen', 'staff', 'victim')),
    state TEXT NOT NULL,
    sealed BLOB NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE session (
    id TEXT PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    area TEXT NOT NULL CHECK (area IN ('citizen', 'staff')),
    person_id TEXT REFERENCES person (id),
    staff_id TEXT REFERENCES staff_member (id),
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    sid TEXT,
    level TEXT NOT NULL CHECK (level IN ('low', 'substantial', 'high')),
    roles TEXT NOT NULL DEFAULT '',
    units TEXT NOT NULL DEFAULT '',
    sealed_token BLOB NOT NULL,
    opened_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    closed_at BIGINT,
    CHECK ((person_id IS NULL) <> (staff_id IS NULL))
);
CREATE INDEX session_sid ON session (issuer, sid) WHERE closed_at IS NULL;

CREATE TABLE contact (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL CHECK (kind IN ('email', 'phone')),
    sealed BLOB NOT NULL,
    code_hash BLOB,
    code_expires_at BIGINT,
    code_tries BIGINT NOT NULL DEFAULT 0,
    confirmed_at BIGINT,
    created_at BIGINT NOT NULL,
    UNIQUE (person_id, kind)
);
