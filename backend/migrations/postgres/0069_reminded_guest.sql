-- Whoever comes along is reminded as she has chosen, too: a reminder is somebody's.
ALTER TABLE booking_reminder ADD COLUMN person_id TEXT REFERENCES person (id);
UPDATE booking_reminder SET person_id = (SELECT b.person_id FROM booking b WHERE b.id = booking_reminder.booking_id);
ALTER TABLE booking_reminder ALTER COLUMN person_id SET NOT NULL;
ALTER TABLE booking_reminder DROP CONSTRAINT booking_reminder_pkey;
ALTER TABLE booking_reminder ADD PRIMARY KEY (booking_id, person_id, starts_at, hours);
CREATE INDEX booking_reminder_person ON booking_reminder (person_id);
