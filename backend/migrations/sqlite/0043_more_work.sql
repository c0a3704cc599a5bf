-- Requests to put something right, and what is out of the ordinary, on the list of work: who has an alert, and what is open by
-- its clock.
ALTER TABLE trail_alert ADD COLUMN officer_id TEXT REFERENCES staff_member (id);
CREATE INDEX correction_work ON correction (due_at, public_id, unit_id) WHERE due_at IS NOT NULL;
CREATE INDEX trail_alert_work ON trail_alert (made_at, public_id, unit_id) WHERE settled_at IS NULL;

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('trail.settle_days', '2020-01-01', '7', 'Choice of the service; not law');
