-- One list of work over all slices. Who has something stands where the thing is; where nothing said so yet, it does now.
ALTER TABLE application ADD COLUMN officer_id TEXT REFERENCES staff_member (id);
ALTER TABLE letter ADD COLUMN officer_id TEXT REFERENCES staff_member (id);
ALTER TABLE exchange_report ADD COLUMN officer_id TEXT REFERENCES staff_member (id);
ALTER TABLE document_request ADD COLUMN officer_id TEXT REFERENCES staff_member (id);
-- Of the level above; who prepares it below stands in `prepared_by`.
ALTER TABLE appeal ADD COLUMN officer_id TEXT REFERENCES staff_member (id);

-- The last minute of the day that something is due: a list of things due by the hour and by the day needs one clock.
ALTER TABLE document_request ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0;
UPDATE document_request SET due_at = CAST(EXTRACT(EPOCH FROM CAST(due_on || ' 21:59:00+00' AS TIMESTAMPTZ)) AS BIGINT) * 1000000;
-- Whoever asked has it.
UPDATE document_request SET officer_id = asked_by WHERE state IN ('open', 'told');

-- Away: what she has is nobody's meanwhile, and hers again when the row is gone, but for what others took.
CREATE TABLE staff_absence (
    staff_id TEXT PRIMARY KEY REFERENCES staff_member (id),
    since BIGINT NOT NULL
);
CREATE VIEW staff_present AS
    SELECT s.id, s.name FROM staff_member s WHERE NOT EXISTS (SELECT 1 FROM staff_absence b WHERE b.staff_id = s.id);

-- What is open, by its clock, with all that the list chooses by: a page reads what it shows and no more.
CREATE INDEX application_work ON application (submitted_at, public_id, unit_id) WHERE state IN ('received', 'awaiting_decision');
CREATE INDEX message_thread_work ON message_thread (due_at, public_id, unit_id) WHERE state = 'waiting';
CREATE INDEX letter_work ON letter (due_at, public_id, unit_id) WHERE state = 'in_control';
CREATE INDEX exchange_report_work ON exchange_report (made_at, public_id, unit_id) WHERE settled_at IS NULL;
CREATE INDEX worry_work ON worry (due_at, public_id, unit_id) WHERE done_at IS NULL;
CREATE INDEX appeal_work ON appeal (due_at, public_id, unit_id) WHERE due_at IS NOT NULL;
CREATE INDEX document_work ON document (handed_at, public_id, unit_id) WHERE state IN ('received', 'reading');
CREATE INDEX document_request_work ON document_request (due_at, public_id, unit_id) WHERE state IN ('open', 'told');
CREATE INDEX session_staff ON session (staff_id, opened_at) WHERE staff_id IS NOT NULL;

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('documents.read_days', '2020-01-01', '5', 'Choice of the service; LOV-1967-02-10 § 11 a: without undue delay'),
    ('messages.report_days', '2020-01-01', '3', 'Choice of the service; not law'),
    ('notices.request_days', '2020-01-01', '3', 'Choice of the service; not law');
