-- A calendar's address, by explicit choice: whoever has it reads when there are appointments and nothing else. Of the secret in it a
-- keyed hash is kept; it is drawn from the form's key, so that its owner can be shown it again.
CREATE TABLE calendar_feed (
    person_id TEXT PRIMARY KEY REFERENCES person (id),
    form_key TEXT NOT NULL,
    secret_hash BYTEA NOT NULL UNIQUE,
    made_at BIGINT NOT NULL
);

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('keep.calendar_feed_days', '2020-01-01', '365', 'Choice of the service; unverified');
