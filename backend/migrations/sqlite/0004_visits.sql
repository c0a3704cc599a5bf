-- Visits: applications for clearance, and the clearances that come out of them.

-- One open draft a person; its id makes a double submit one application.
CREATE TABLE application_draft (
    person_id TEXT PRIMARY KEY REFERENCES person (id),
    id TEXT NOT NULL UNIQUE,
    sealed BLOB NOT NULL,
    updated_at BIGINT NOT NULL
);

-- The inmate as the applicant typed him, and whom that matched. What matches nobody belongs to the unit intake.
CREATE TABLE application (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    draft_id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES person (id),
    inmate_id TEXT REFERENCES inmate (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    typed_name TEXT NOT NULL,
    typed_sort TEXT NOT NULL,
    typed_birth TEXT,
    typed_number BLOB,
    relation TEXT NOT NULL,
    needs BLOB NOT NULL,
    locale TEXT NOT NULL CHECK (locale IN ('nb', 'nn', 'en', 'se')),
    state TEXT NOT NULL CHECK (state IN ('received', 'declined', 'awaiting_police', 'awaiting_decision', 'decided',
        'not_processed', 'withdrawn')),
    state_at BIGINT NOT NULL,
    answered_on TEXT,
    police_outcome TEXT CHECK (police_outcome IN ('no_remark', 'remark')),
    police_on TEXT,
    close_on TEXT NOT NULL,
    submitted_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX application_person ON application (person_id, submitted_at);
CREATE INDEX application_unit ON application (unit_id, state, submitted_at);
CREATE INDEX application_close ON application (close_on) WHERE state IN ('received', 'declined');

-- One for each person, adult or child, with the inmate and the unit.
CREATE TABLE clearance (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    application_id TEXT NOT NULL REFERENCES application (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    child BIGINT NOT NULL CHECK (child IN (0, 1)),
    inmate_id TEXT REFERENCES inmate (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    outcome TEXT NOT NULL DEFAULT 'pending' CHECK (outcome IN ('pending', 'granted', 'refused', 'withdrawn')),
    measures TEXT NOT NULL DEFAULT '',
    valid_from TEXT,
    valid_to TEXT,
    UNIQUE (application_id, person_id),
    CHECK (outcome <> 'granted' OR (inmate_id IS NOT NULL AND valid_from IS NOT NULL AND valid_to IS NOT NULL))
);
CREATE INDEX clearance_person ON clearance (person_id, outcome);
CREATE INDEX clearance_inmate ON clearance (inmate_id, outcome);
CREATE INDEX clearance_application ON clearance (application_id);

-- Children are persons of their own, known through the adult who named them.
CREATE TABLE child_of (
    guardian_id TEXT NOT NULL REFERENCES person (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    PRIMARY KEY (guardian_id, person_id)
);
