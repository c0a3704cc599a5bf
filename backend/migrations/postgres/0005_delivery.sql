-- Delivery: what went to whom, and how a person wants to be written to.

-- Letters are neutral until she has said that they may say what they are about.
ALTER TABLE person ADD COLUMN plain_words BIGINT NOT NULL DEFAULT 0 CHECK (plain_words IN (0, 1));

-- How many codes went out since when, to whatever address.
ALTER TABLE contact ADD COLUMN codes_sent BIGINT NOT NULL DEFAULT 0;
ALTER TABLE contact ADD COLUMN codes_since BIGINT;

-- One a letter, by its outbox id: the intent before it is sent, the outcome after.
CREATE TABLE delivery (
    outbox_id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    person_id TEXT REFERENCES person (id),
    intent_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 1,
    outcome TEXT CHECK (outcome IN ('sent', 'no_channel', 'superseded')),
    outcome_at BIGINT
);
CREATE INDEX delivery_person ON delivery (person_id, intent_at);

-- What the demo would have sent; never used in production.
CREATE TABLE demo_mail (
    outbox_id TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    locale TEXT NOT NULL CHECK (locale IN ('nb', 'nn', 'en', 'se')),
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    attachments TEXT NOT NULL,
    sent_at BIGINT NOT NULL
);
CREATE INDEX demo_mail_sent ON demo_mail (sent_at, outbox_id);
