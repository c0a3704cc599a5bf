-- Documents: what a kind asks for, what was asked of whom and by when, and what was handed in. Words are sealed under the
-- key of whoever the document is of; files lie in the store of files.

-- Facts of visits, as they are now: a case that moves takes its documents along.
CREATE VIEW document_case AS
    SELECT 'application' AS kind, id, public_id, reference, person_id, unit_id FROM application
    UNION ALL SELECT 'booking' AS kind, id, public_id, reference, person_id, unit_id FROM booking;

-- A new row changes a kind from a day on, or brings a new one; a document keeps the version it was sent under.
CREATE TABLE document_kind (
    code TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    position BIGINT NOT NULL,
    name_nb TEXT NOT NULL,
    name_nn TEXT NOT NULL,
    name_en TEXT NOT NULL,
    hint_nb TEXT NOT NULL,
    hint_nn TEXT NOT NULL,
    hint_en TEXT NOT NULL,
    senders TEXT NOT NULL CHECK (senders IN ('anyone', 'case', 'asked')),
    goes_to TEXT NOT NULL CHECK (goes_to IN ('case', 'unit', 'either')),
    needs_file BIGINT NOT NULL CHECK (needs_file IN (0, 1)),
    blob_kind TEXT NOT NULL,
    deadline_days BIGINT NOT NULL CHECK (deadline_days > 0),
    keep_days BIGINT NOT NULL CHECK (keep_days > 0),
    source TEXT NOT NULL,
    PRIMARY KEY (code, valid_from),
    CHECK (valid_to IS NULL OR valid_from <= valid_to)
);

CREATE TABLE document_request (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES person (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    case_kind TEXT CHECK (case_kind IN ('application', 'booking')),
    case_id TEXT,
    kind TEXT NOT NULL,
    kind_from TEXT NOT NULL,
    -- The document that more was asked of.
    follows TEXT,
    -- Twice is once.
    form_key TEXT NOT NULL UNIQUE,
    reason BYTEA NOT NULL,
    due_on TEXT NOT NULL,
    asked_by TEXT NOT NULL REFERENCES staff_member (id),
    asked_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'told', 'sent', 'done', 'withdrawn')),
    state_at BIGINT NOT NULL,
    told TEXT CHECK (told IN ('later', 'elsewhere', 'other')),
    told_words BYTEA,
    told_at BIGINT,
    -- It came on paper, or was found: when, and where it lies.
    paper_on TEXT,
    note BYTEA,
    reminded_at BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    FOREIGN KEY (kind, kind_from) REFERENCES document_kind (code, valid_from),
    CHECK ((case_kind IS NULL) = (case_id IS NULL)),
    CHECK ((told IS NULL) = (told_at IS NULL)),
    CHECK (state <> 'told' OR told IN ('elsewhere', 'other')),
    CHECK (paper_on IS NULL OR state = 'done')
);
CREATE INDEX document_request_person ON document_request (person_id, asked_at);
CREATE INDEX document_request_missing ON document_request (due_on, id) WHERE state IN ('open', 'told');
CREATE INDEX document_request_case ON document_request (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX document_request_follows ON document_request (follows) WHERE follows IS NOT NULL;
CREATE INDEX document_request_over ON document_request (state_at) WHERE state IN ('done', 'withdrawn');

CREATE TABLE document (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES person (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    case_kind TEXT CHECK (case_kind IN ('application', 'booking')),
    case_id TEXT,
    kind TEXT NOT NULL,
    kind_from TEXT NOT NULL,
    -- Under which its files are known.
    blob_kind TEXT NOT NULL,
    request_id TEXT REFERENCES document_request (id),
    -- Twice is once: the draft that it was handed in from.
    draft TEXT NOT NULL UNIQUE,
    words BYTEA,
    -- Each file's name, length and hash as its sender was told.
    receipt BYTEA NOT NULL,
    handed_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'reading', 'accepted', 'more', 'taken_back')),
    state_at BIGINT NOT NULL,
    opened_at BIGINT,
    officer_id TEXT REFERENCES staff_member (id),
    answer BYTEA,
    version BIGINT NOT NULL DEFAULT 1,
    FOREIGN KEY (kind, kind_from) REFERENCES document_kind (code, valid_from),
    CHECK ((case_kind IS NULL) = (case_id IS NULL)),
    CHECK ((state IN ('received', 'taken_back')) = (opened_at IS NULL))
);
CREATE INDEX document_person ON document (person_id, handed_at);
CREATE INDEX document_desk ON document (handed_at, id) WHERE state IN ('received', 'reading');
CREATE INDEX document_of_case ON document (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX document_of_request ON document (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX document_over ON document (state_at) WHERE state IN ('accepted', 'more', 'taken_back');

-- What somebody is putting together: one for a request, one a kind without.
CREATE TABLE document_draft (
    public_id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    request_id TEXT REFERENCES document_request (id),
    sealed BYTEA NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX document_draft_kind ON document_draft (person_id, kind) WHERE request_id IS NULL;
CREATE UNIQUE INDEX document_draft_request ON document_draft (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX document_draft_old ON document_draft (updated_at);

INSERT INTO blob_rule (kind, valid_from, most_bytes, most_open, types, most_pixels, unfinished_hours, infected_days, source)
VALUES ('document', '2020-01-01', 20971520, 20, 'pdf jpeg png', 100000000, 72, 14, 'Choice of the service; not law');

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('documents.remind_days', '2020-01-01', '3', 'Choice of the service; not law'),
    ('documents.draft_days', '2020-01-01', '30', 'Choice of the service; not law');

INSERT INTO document_kind (code, valid_from, position, name_nb, name_nn, name_en, hint_nb, hint_nn, hint_en, senders, goes_to,
    needs_file, blob_kind, deadline_days, keep_days, source) VALUES
    ('parent_consent', '2020-01-01', 1,
        'Samtykke fra den andre forelderen', 'Samtykke frå den andre forelderen', 'Consent from the other parent',
        'Når et barn skal på besøk og den andre forelderen også har foreldreansvar.',
        'Når eit barn skal på besøk og den andre forelderen òg har foreldreansvar.',
        'When a child is to visit and the other parent also has parental responsibility.',
        'anyone', 'either', 1, 'document', 14, 1095,
        'forskrift 2002-02-22-183 § 3-28 a; days and years are a choice, unverified'),
    ('work_school', '2020-01-01', 2,
        'Bekreftelse fra arbeid eller skole', 'Stadfesting frå arbeid eller skule', 'Confirmation from work or school',
        'Fra arbeidsgiver, skole eller den som gir behandling.', 'Frå arbeidsgivar, skule eller den som gir behandling.',
        'From an employer, a school or whoever gives treatment.',
        'anyone', 'either', 1, 'document', 14, 1095,
        'straffegjennomføringsloven § 16 (that it is asked for); days and years are a choice, unverified'),
    ('travel', '2020-01-01', 3,
        'Reisedokumenter for besøkende fra utlandet', 'Reisedokument for besøkjande frå utlandet', 'Travel documents of a visitor from abroad',
        'Pass eller nasjonalt identitetskort, og opphold hvis du har det.', 'Pass eller nasjonalt identitetskort, og opphald om du har det.',
        'Passport or national identity card, and a residence permit if you have one.',
        'case', 'case', 1, 'document', 14, 365,
        'straffegjennomføringsloven § 27 (everybody identifies herself); days are a choice, unverified'),
    ('mandate', '2020-01-01', 4,
        'Fullmakt eller oppnevning for advokat', 'Fullmakt eller oppnemning for advokat', 'A lawyer’s mandate or appointment',
        'Når du er advokat og skal møte eller skrive til en klient.', 'Når du er advokat og skal møte eller skrive til ein klient.',
        'When you are a lawyer and want to meet or write to a client.',
        'anyone', 'unit', 1, 'document', 14, 1095,
        'straffegjennomføringsloven §§ 30, 31; days and years are a choice, unverified'),
    ('ek_consent', '2020-01-01', 5,
        'Samtykke fra den du bor sammen med (elektronisk kontroll)', 'Samtykke frå den du bur saman med (elektronisk kontroll)',
        'Consent from somebody you live with (electronic control)',
        'Bare når friomsorgen har bedt om det.', 'Berre når friomsorga har bede om det.', 'Only when the probation office has asked for it.',
        'asked', 'unit', 1, 'document', 21, 1095,
        'forskrift 2002-02-22-183 §§ 7-3, 7-8 (3 weeks); years are a choice, unverified'),
    ('letter', '2020-01-01', 6,
        'Annet brev eller dokument', 'Anna brev eller dokument', 'Another letter or document',
        'Når ingen av de andre passer.', 'Når ingen av dei andre passar.', 'When none of the others fits.',
        'anyone', 'either', 0, 'document', 14, 1095,
        'Choice of the service within forskrift 2013-09-20-1099 § 6; unverified');
