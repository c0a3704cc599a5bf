-- Custody: units with their rules as data, inmates, where they are, what a court has ordered.

CREATE TABLE unit (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('special_high', 'high', 'lower', 'transitional', 'intake')),
    region TEXT NOT NULL,
    place TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    travel TEXT NOT NULL,
    open BIGINT NOT NULL DEFAULT 1 CHECK (open IN (0, 1))
);

CREATE TABLE inmate (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    sort_name TEXT COLLATE "C" NOT NULL,
    birth_date TEXT NOT NULL,
    number_hash BYTEA UNIQUE,
    number_sealed BYTEA
);
CREATE INDEX inmate_sort ON inmate (sort_name, id);

CREATE TABLE placement (
    id TEXT PRIMARY KEY,
    inmate_id TEXT NOT NULL REFERENCES inmate (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    started_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE UNIQUE INDEX placement_now ON placement (inmate_id) WHERE ended_at IS NULL;
CREATE INDEX placement_unit ON placement (unit_id) WHERE ended_at IS NULL;

CREATE TABLE restriction (
    id TEXT PRIMARY KEY,
    inmate_id TEXT NOT NULL REFERENCES inmate (id),
    court_order TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('visit_ban', 'visit_control', 'letter_ban', 'letter_control', 'isolation')),
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    CHECK (valid_from <= valid_to)
);
CREATE INDEX restriction_inmate ON restriction (inmate_id);
