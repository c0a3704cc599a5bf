-- What a unit tells its visitors in its own words, each version from a day. Always in bokmål; the others where somebody has written them.
CREATE TABLE visit_text (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    topic TEXT NOT NULL CHECK (topic IN ('hours', 'travel', 'bring', 'identity')),
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    nb TEXT NOT NULL,
    nn TEXT,
    en TEXT,
    se TEXT,
    UNIQUE (unit_id, topic, valid_from)
);
