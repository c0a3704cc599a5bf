-- How long things are kept, a line a kind; what has no law beside it is a choice and unverified. The worker erases by it each
-- night, once: whoever writes the row of a night does it.
CREATE TABLE keeping_night (
    day TEXT PRIMARY KEY,
    begun_at BIGINT NOT NULL,
    ended_at BIGINT,
    erased BIGINT NOT NULL DEFAULT 0 CHECK (erased >= 0)
);

-- For whom something is open: nothing of theirs is old meanwhile.
CREATE VIEW keeping_open AS SELECT person_id FROM appeal WHERE due_at IS NOT NULL;

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('keep.outbox_days', '2020-01-01', '90', 'Choice of the service; unverified'),
    ('keep.session_days', '2020-01-01', '90', 'Choice of the service; unverified'),
    ('keep.delivery_days', '2020-01-01', '1095', 'Choice of the service; unverified'),
    ('keep.news_days', '2020-01-01', '90', 'Choice of the service; unverified'),
    ('keep.blob_days', '2020-01-01', '365', 'Choice of the service; unverified'),
    ('keep.feed_refusal_days', '2020-01-01', '90', 'Choice of the service; unverified'),
    ('keep.custody_event_days', '2020-01-01', '3650', 'forskrift 2013-09-20-1099 § 6 (at most ten years after the sentence is served); that it is counted from the event is a choice, unverified'),
    ('keep.booking_draft_days', '2020-01-01', '90', 'Choice of the service; unverified'),
    ('keep.visit_session_days', '2020-01-01', '365', 'Choice of the service; unverified'),
    ('keep.case_days', '2020-01-01', '3650', 'forskrift 2013-09-20-1099 § 6 (at most ten years after the sentence is served); that it is counted from the end of the case, and what the archive act asks for, is unverified'),
    ('keep.notice_session_days', '2020-01-01', '90', 'Choice of the service; unverified'),
    ('keep.notice_watch_days', '2020-01-01', '1825', 'Choice of the service; unverified');
