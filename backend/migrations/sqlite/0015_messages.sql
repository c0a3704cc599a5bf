-- Messages: a person and her case officer, a relative and an inmate, a lawyer and her client, and a worry about somebody
-- inside. Each kind has tables of its own and no query over two of them (ADR 15). Words are sealed; what carries them about
-- stands beside them.

-- Facts of visits, as they are now: a permission is not copied.
CREATE VIEW message_relation AS
    SELECT person_id, inmate_id, valid_from, valid_to FROM clearance WHERE outcome = 'granted' AND child = 0;
CREATE VIEW message_case AS
    SELECT 'application' AS kind, id, public_id, reference, person_id, unit_id FROM application
    UNION ALL SELECT 'booking' AS kind, id, public_id, reference, person_id, unit_id FROM booking;

-- What a unit has on, and within which bounds. The exchange is off where nothing is said.
CREATE TABLE message_rule (
    unit_id TEXT NOT NULL REFERENCES unit (id),
    valid_from TEXT NOT NULL,
    exchange_on BIGINT NOT NULL CHECK (exchange_on IN (0, 1)),
    longest BIGINT NOT NULL CHECK (longest > 0),
    per_week BIGINT NOT NULL CHECK (per_week >= 0),
    control_hours BIGINT NOT NULL CHECK (control_hours > 0),
    -- Goes on by itself after so many hours; none: never without a person.
    release_hours BIGINT CHECK (release_hours > 0),
    means TEXT NOT NULL CHECK (means IN ('screen', 'print')),
    -- When somebody reads what comes in.
    reads_days TEXT NOT NULL CHECK (reads_days IN ('weekdays', 'daily')),
    reads_from BIGINT NOT NULL CHECK (reads_from BETWEEN 0 AND 1439),
    reads_to BIGINT NOT NULL CHECK (reads_to BETWEEN 0 AND 1440),
    -- Day and night, for whoever is worried.
    duty_phone TEXT NOT NULL,
    -- Sámi may be used with relatives here.
    sami BIGINT NOT NULL DEFAULT 0 CHECK (sami IN (0, 1)),
    source TEXT NOT NULL,
    PRIMARY KEY (unit_id, valid_from)
);

-- A person and her case officer.
CREATE TABLE message_thread (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES person (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    topic TEXT NOT NULL,
    about_kind TEXT CHECK (about_kind IN ('application', 'booking')),
    about_id TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'answered', 'closed')),
    state_at BIGINT NOT NULL,
    due_at BIGINT,
    reminded_at BIGINT,
    officer_id TEXT REFERENCES staff_member (id),
    opened_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK ((about_kind IS NULL) = (about_id IS NULL)),
    CHECK ((state = 'waiting') = (due_at IS NOT NULL))
);
CREATE INDEX message_thread_person ON message_thread (person_id, last_at);
CREATE INDEX message_thread_desk ON message_thread (unit_id, due_at, id) WHERE state = 'waiting';
CREATE INDEX message_thread_settled ON message_thread (unit_id, last_at) WHERE state <> 'waiting';
CREATE INDEX message_thread_about ON message_thread (about_id) WHERE about_id IS NOT NULL;

CREATE TABLE message (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    thread_id TEXT NOT NULL REFERENCES message_thread (id),
    from_person BIGINT NOT NULL CHECK (from_person IN (0, 1)),
    -- Whoever wrote it; with the key of the form and a keyed digest of the words, twice is once.
    author TEXT NOT NULL,
    form_key TEXT NOT NULL,
    digest BLOB NOT NULL,
    body BLOB NOT NULL,
    written_at BIGINT NOT NULL,
    read_at BIGINT,
    UNIQUE (author, form_key, digest)
);
CREATE INDEX message_of_thread ON message (thread_id, written_at, id);
CREATE INDEX message_unread ON message (thread_id) WHERE read_at IS NULL;

-- For colleagues alone. It is no message: nothing that she reads asks this table.
CREATE TABLE message_note (
    id TEXT PRIMARY KEY,
    thread_id TEXT NOT NULL REFERENCES message_thread (id),
    staff_id TEXT NOT NULL REFERENCES staff_member (id),
    form_key TEXT NOT NULL,
    digest BLOB NOT NULL,
    body BLOB NOT NULL,
    written_at BIGINT NOT NULL,
    UNIQUE (staff_id, form_key, digest)
);
CREATE INDEX message_note_thread ON message_note (thread_id, written_at);

-- What somebody is typing, one a place. Words of another window that were replaced are kept beside.
CREATE TABLE message_draft (
    owner TEXT NOT NULL,
    place TEXT NOT NULL,
    subject_id TEXT NOT NULL REFERENCES subject_key (subject_id),
    sealed BLOB NOT NULL,
    earlier BLOB,
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (owner, place)
);
CREATE INDEX message_draft_updated ON message_draft (updated_at);

CREATE TABLE message_template (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    title TEXT NOT NULL,
    words TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES staff_member (id),
    made_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX message_template_unit ON message_template (unit_id) WHERE ended_at IS NULL;

-- Somebody is to be told that there is something: one a person at a time.
CREATE TABLE message_news (
    person_id TEXT PRIMARY KEY REFERENCES person (id),
    due_at BIGINT NOT NULL
);

-- A relative and an inmate.
CREATE TABLE exchange (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES person (id),
    inmate_id TEXT NOT NULL REFERENCES inmate (id),
    relative_side TEXT NOT NULL DEFAULT 'open' CHECK (relative_side IN ('open', 'paused', 'blocked')),
    inmate_side TEXT NOT NULL DEFAULT 'open' CHECK (inmate_side IN ('open', 'paused', 'blocked')),
    control_order TEXT NOT NULL DEFAULT 'level' CHECK (control_order IN ('level', 'control', 'waive')),
    norwegian_only BIGINT NOT NULL DEFAULT 0 CHECK (norwegian_only IN (0, 1)),
    -- Why it is ordered so, and who said it.
    order_reason BLOB,
    ordered_by TEXT REFERENCES staff_member (id),
    ordered_at BIGINT,
    opened_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (person_id, inmate_id)
);
CREATE INDEX exchange_inmate ON exchange (inmate_id);

CREATE TABLE letter (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    -- Stands as a barcode on the reply sheet.
    sheet TEXT NOT NULL UNIQUE,
    exchange_id TEXT NOT NULL REFERENCES exchange (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    from_relative BIGINT NOT NULL CHECK (from_relative IN (0, 1)),
    author TEXT NOT NULL,
    form_key TEXT NOT NULL,
    digest BLOB NOT NULL,
    body BLOB NOT NULL,
    -- What is handed over, where a part was held back.
    cut_body BLOB,
    state TEXT NOT NULL CHECK (state IN ('in_control', 'stopped', 'released', 'delivered', 'read', 'lapsed')),
    state_at BIGINT NOT NULL,
    due_at BIGINT,
    release_at BIGINT,
    second TEXT NOT NULL DEFAULT 'none' CHECK (second IN ('none', 'asked', 'given')),
    second_by TEXT REFERENCES staff_member (id),
    means TEXT NOT NULL CHECK (means IN ('screen', 'print')),
    escalated_at BIGINT,
    -- Why it was held back; what the decision says in words stands in `decision`.
    category TEXT CHECK (category IN ('crime', 'escape', 'safety', 'contact')),
    -- When its sender opened what was decided.
    sender_read_at BIGINT,
    written_at BIGINT NOT NULL,
    released_at BIGINT,
    delivered_at BIGINT,
    read_at BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (author, form_key, digest),
    CHECK ((state = 'in_control') = (due_at IS NOT NULL)),
    CHECK (release_at IS NULL OR state = 'in_control'),
    CHECK (second = 'none' OR second_by IS NOT NULL)
);
CREATE INDEX letter_exchange ON letter (exchange_id, written_at, id);
CREATE INDEX letter_control ON letter (due_at, id, unit_id) WHERE state = 'in_control';
CREATE INDEX letter_late ON letter (due_at) WHERE state = 'in_control' AND escalated_at IS NULL;
CREATE INDEX letter_release ON letter (release_at) WHERE release_at IS NOT NULL;
CREATE INDEX letter_way ON letter (released_at, id) WHERE state = 'released';
CREATE INDEX letter_waits ON letter (written_at, id) WHERE state IN ('in_control', 'released');
CREATE INDEX letter_ruled ON letter (unit_id, released_at);

-- What a controller writes down about a letter: what it says in Norwegian, or another's view.
CREATE TABLE letter_note (
    id TEXT PRIMARY KEY,
    letter_id TEXT NOT NULL REFERENCES letter (id),
    kind TEXT NOT NULL CHECK (kind IN ('translation', 'second')),
    staff_id TEXT NOT NULL REFERENCES staff_member (id),
    form_key TEXT NOT NULL,
    digest BLOB NOT NULL,
    body BLOB NOT NULL,
    written_at BIGINT NOT NULL,
    UNIQUE (staff_id, form_key, digest)
);
CREATE INDEX letter_note_letter ON letter_note (letter_id, written_at);

-- One of the two says that the exchange is misused.
CREATE TABLE exchange_report (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    exchange_id TEXT NOT NULL REFERENCES exchange (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    from_relative BIGINT NOT NULL CHECK (from_relative IN (0, 1)),
    form_key TEXT NOT NULL,
    digest BLOB NOT NULL,
    body BLOB NOT NULL,
    made_at BIGINT NOT NULL,
    settled_at BIGINT,
    settled_by TEXT REFERENCES staff_member (id),
    UNIQUE (exchange_id, form_key, digest)
);
CREATE INDEX exchange_report_open ON exchange_report (unit_id, made_at) WHERE settled_at IS NULL;

-- Shown in another colour to whoever reads; nothing follows from them by itself.
CREATE TABLE watch_word (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    word TEXT NOT NULL,
    added_by TEXT NOT NULL REFERENCES staff_member (id),
    added_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX watch_word_unit ON watch_word (unit_id) WHERE ended_at IS NULL;

-- A lawyer's mandate for one inmate, by the hash of her number: it may be registered before she has ever signed in.
CREATE TABLE mandate (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    number_hash BLOB NOT NULL,
    name BLOB NOT NULL,
    inmate_id TEXT NOT NULL REFERENCES inmate (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL CHECK (kind IN ('appointment', 'power_of_attorney')),
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    registered_by TEXT NOT NULL REFERENCES staff_member (id),
    registered_at BIGINT NOT NULL,
    ended_by TEXT REFERENCES staff_member (id),
    ended_at BIGINT,
    CHECK (valid_from <= valid_to)
);
CREATE INDEX mandate_number ON mandate (number_hash, inmate_id);
CREATE INDEX mandate_inmate ON mandate (inmate_id);

-- A lawyer and her client. The key of a thread is sealed under a root that opens nothing else; no statement but those of the
-- two ends gives back a body.
CREATE TABLE counsel_thread (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES person (id),
    inmate_id TEXT NOT NULL REFERENCES inmate (id),
    room BLOB NOT NULL,
    opened_at BIGINT NOT NULL,
    UNIQUE (person_id, inmate_id)
);
CREATE INDEX counsel_thread_inmate ON counsel_thread (inmate_id);

CREATE TABLE counsel_message (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    thread_id TEXT NOT NULL REFERENCES counsel_thread (id),
    from_lawyer BIGINT NOT NULL CHECK (from_lawyer IN (0, 1)),
    form_key TEXT NOT NULL,
    digest BLOB NOT NULL,
    body BLOB NOT NULL,
    written_at BIGINT NOT NULL,
    delivered_at BIGINT,
    read_at BIGINT,
    UNIQUE (thread_id, from_lawyer, form_key, digest)
);
CREATE INDEX counsel_message_thread ON counsel_message (thread_id, written_at, id);

CREATE TABLE counsel_draft (
    thread_id TEXT PRIMARY KEY REFERENCES counsel_thread (id),
    sealed BLOB NOT NULL,
    earlier BLOB,
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX counsel_draft_updated ON counsel_draft (updated_at);

-- Somebody is worried about one inside: to the duty desk, and to nobody else.
CREATE TABLE worry (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    form_key TEXT NOT NULL,
    digest BLOB NOT NULL,
    told BLOB NOT NULL,
    made_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    reminded_at BIGINT,
    taken_by TEXT REFERENCES staff_member (id),
    taken_at BIGINT,
    done_at BIGINT,
    UNIQUE (form_key, digest),
    CHECK ((taken_by IS NULL) = (taken_at IS NULL)),
    CHECK (done_at IS NULL OR taken_at IS NOT NULL)
);
CREATE INDEX worry_open ON worry (unit_id, due_at) WHERE done_at IS NULL;

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('messages.answer_days', '2020-01-01', '5', 'Choice of the service (working days); not law'),
    ('messages.day_closes', '2020-01-01', '960', 'Choice of the service (16.00); not law'),
    ('messages.reopen_days', '2020-01-01', '30', 'Choice of the service; not law'),
    ('messages.longest', '2020-01-01', '4000', 'Choice of the service; not law'),
    ('messages.counsel_longest', '2020-01-01', '20000', 'Choice of the service; not law'),
    ('messages.group_minutes', '2020-01-01', '10', 'Choice of the service; not law'),
    ('messages.quiet_from', '2020-01-01', '1320', 'Choice of the service (22.00); not law'),
    ('messages.quiet_to', '2020-01-01', '420', 'Choice of the service (7.00); not law'),
    ('messages.draft_days', '2020-01-01', '90', 'Choice of the service; not law'),
    ('messages.lapse_days', '2020-01-01', '14', 'Choice of the service; not law'),
    ('messages.worry_minutes', '2020-01-01', '30', 'Choice of the service; not law'),
    ('messages.legal_basis', '2020-01-01', 'straffegjennomføringsloven § 30', 'LOV-2001-05-18-21');
