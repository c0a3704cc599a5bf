-- Whoever comes along is reminded as she has chosen, too: a reminder is somebody's.
CREATE TABLE booking_reminder_of (
    booking_id TEXT NOT NULL REFERENCES booking (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    starts_at BIGINT NOT NULL,
    hours BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (booking_id, person_id, starts_at, hours)
);
INSERT INTO booking_reminder_of (booking_id, person_id, starts_at, hours, at)
    SELECT r.booking_id, b.person_id, r.starts_at, r.hours, r.at FROM booking_reminder r JOIN booking b ON b.id = r.booking_id;
DROP TABLE booking_reminder;
ALTER TABLE booking_reminder_of RENAME TO booking_reminder;
CREATE INDEX booking_reminder_person ON booking_reminder (person_id);
