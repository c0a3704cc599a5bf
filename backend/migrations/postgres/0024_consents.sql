-- Consent of those at home. A case is asked by a unit; each at home has words of her own, one after the other, and nothing is
-- ever changed in them. What whoever applied may be told is told as of days that are fixed when the case is opened.
CREATE TABLE consent_text (
    kind TEXT NOT NULL CHECK (kind IN ('home')),
    locale TEXT NOT NULL CHECK (locale IN ('nb', 'nn', 'en')),
    valid_from TEXT NOT NULL,
    -- Paragraphs, an empty line between them. What is shown is what is hashed.
    body TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (kind, locale, valid_from)
);

CREATE TABLE home_case (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL UNIQUE,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    form_key TEXT NOT NULL,
    -- Who applied, and where.
    name BYTEA NOT NULL,
    address BYTEA NOT NULL,
    answer_by TEXT NOT NULL,
    -- The days of telling.
    told_first TEXT NOT NULL,
    told_every BIGINT NOT NULL CHECK (told_every > 0),
    dwelling TEXT NOT NULL DEFAULT 'not_seen' CHECK (dwelling IN ('not_seen', 'suitable', 'unsuitable')),
    dwelling_at BIGINT NOT NULL,
    -- Whether children live there, and whether somebody has talked with them.
    children TEXT NOT NULL DEFAULT 'none' CHECK (children IN ('none', 'to_hear', 'heard')),
    opened_by TEXT NOT NULL REFERENCES staff_member (id),
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    -- Twice is once.
    UNIQUE (opened_by, form_key)
);
CREATE INDEX home_case_open ON home_case (unit_id, answer_by, id) WHERE closed_at IS NULL;
CREATE INDEX home_case_closed ON home_case (closed_at) WHERE closed_at IS NOT NULL;

CREATE TABLE home_person (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    case_id TEXT NOT NULL REFERENCES home_case (id),
    number_hash BYTEA NOT NULL,
    name BYTEA NOT NULL,
    -- None: the invitation goes on paper.
    email BYTEA,
    added_by TEXT NOT NULL REFERENCES staff_member (id),
    added_at BIGINT NOT NULL,
    reminded_at BIGINT,
    -- An officer has talked with her, as she wished.
    talked_at BIGINT,
    -- She does not live there.
    removed_at BIGINT
);
CREATE UNIQUE INDEX home_person_once ON home_person (case_id, number_hash) WHERE removed_at IS NULL;
CREATE INDEX home_person_number ON home_person (number_hash, case_id) WHERE removed_at IS NULL;

CREATE TABLE consent_word (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    home_person_id TEXT NOT NULL REFERENCES home_person (id),
    -- Twice is once.
    form_key TEXT NOT NULL,
    said TEXT NOT NULL CHECK (said IN ('yes', 'no', 'talk', 'withdrawn')),
    said_at BIGINT NOT NULL,
    -- She said that she is not safe at home.
    unsafe_home BIGINT NOT NULL DEFAULT 0 CHECK (unsafe_home IN (0, 1)),
    -- What shows later that it was said: sealed, and its SHA-256 in hex, which the audit trail has too.
    evidence BYTEA NOT NULL,
    evidence_hash TEXT NOT NULL,
    UNIQUE (home_person_id, form_key)
);
CREATE INDEX consent_word_person ON consent_word (home_person_id, said_at, id);

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('consents.answer_days', '2020-01-01', '21', 'FOR-2002-02-22-183 § 7-8: three weeks'),
    ('consents.longest_days', '2020-01-01', '90', 'Choice of the service'),
    ('consents.tell_after_days', '2020-01-01', '1', 'Choice of the service: the day after the last day to answer'),
    ('consents.tell_every_days', '2020-01-01', '14', 'Choice of the service: the day of telling follows no answer'),
    ('consents.remind_days', '2020-01-01', '7', 'Choice of the service'),
    ('consents.keep_days', '2020-01-01', '365', 'FOR-2002-02-22-183 chapter 7 B: at most a year (for EK in remand; for EK as a sentence unverified)');

INSERT INTO consent_text (kind, locale, valid_from, body, source) VALUES
    ('home', 'nb', '2020-01-01', 'Jeg er over 18 år og bor på adressen der straffen skal gjennomføres.

Jeg samtykker i at straffen gjennomføres hjemme hos oss med elektronisk kontroll. Jeg vet at ansatte i kriminalomsorgen kan ringe og komme hjem til oss for å kontrollere, også uten avtale.

Jeg vet at jeg kan trekke samtykket når som helst, og at jeg ikke trenger å si hvorfor.', 'FOR-2002-02-22-183 § 7-3; the wording is the service''s own and unverified'),
    ('home', 'nn', '2020-01-01', 'Eg er over 18 år og bur på adressa der straffa skal gjennomførast.

Eg samtykkjer i at straffa blir gjennomført heime hos oss med elektronisk kontroll. Eg veit at tilsette i kriminalomsorga kan ringje og kome heim til oss for å kontrollere, også utan avtale.

Eg veit at eg kan trekkje samtykket når som helst, og at eg ikkje treng å seie kvifor.', 'FOR-2002-02-22-183 § 7-3; the wording is the service''s own and unverified'),
    ('home', 'en', '2020-01-01', 'I am over 18 and live at the address where the sentence is to be served.

I consent to the sentence being served in our home with electronic monitoring. I know that staff of the Correctional Service may call and come to our home to check, also without an appointment.

I know that I can withdraw my consent at any time, and that I do not have to say why.', 'FOR-2002-02-22-183 § 7-3; the wording is the service''s own and unverified');
