-- Staff do for somebody what she cannot do herself: who asked, how, of whom, and what was done (ADR 35).
CREATE TABLE assist_contact (
    id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    -- The same form twice is one contact.
    form_key TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    staff_id TEXT NOT NULL REFERENCES staff_member (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    channel TEXT NOT NULL CHECK (channel IN ('phone', 'counter', 'paper')),
    -- Nobody knew her before.
    registered BIGINT NOT NULL CHECK (registered IN (0, 1)),
    opened_at BIGINT NOT NULL,
    -- From then on nothing can be done under it.
    ends_at BIGINT NOT NULL,
    UNIQUE (staff_id, form_key, person_id),
    CHECK (ends_at > opened_at)
);
CREATE INDEX assist_contact_person ON assist_contact (person_id, opened_at);
CREATE INDEX assist_contact_ends ON assist_contact (ends_at);

-- What was done under it, by the id of its row in the trail. What it is about may be gone before the contact is.
CREATE TABLE assist_act (
    id TEXT PRIMARY KEY,
    contact_id TEXT NOT NULL REFERENCES assist_contact (id),
    action TEXT NOT NULL,
    subject_kind TEXT,
    subject_id TEXT,
    at BIGINT NOT NULL
);
CREATE INDEX assist_act_of ON assist_act (contact_id, at);
CREATE INDEX assist_act_subject ON assist_act (subject_kind, subject_id);

-- Since when a number stands that staff have typed: it proves nothing until its owner signs in.
ALTER TABLE person_number ADD COLUMN typed_at BIGINT;

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('assist.minutes', '2020-01-01', '240', 'configuration, unverified'),
    ('keep.assist_days', '2020-01-01', '1825', 'configuration, unverified');
