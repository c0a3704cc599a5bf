-- Cases of consent on the list of work: who has one, and the last minute of the day by which an answer is due.
ALTER TABLE consent_case ADD COLUMN officer_id TEXT REFERENCES staff_member (id);
ALTER TABLE consent_case ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0;
UPDATE consent_case SET due_at = CAST(EXTRACT(EPOCH FROM CAST(answer_by || ' 21:59:00+00' AS TIMESTAMPTZ)) AS BIGINT) * 1000000;
UPDATE consent_case SET officer_id = opened_by WHERE closed_at IS NULL;
CREATE INDEX consent_case_work ON consent_case (due_at, public_id, unit_id) WHERE closed_at IS NULL;
