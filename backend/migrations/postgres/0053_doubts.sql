-- Booked visits are looked at again every day, and when something has changed: what has to be settled before anybody comes, since
-- when, what of it somebody has let stand, and who has that to do. Codes with spaces between.
ALTER TABLE booking ADD COLUMN checked_on TEXT NOT NULL DEFAULT '';
ALTER TABLE booking ADD COLUMN doubts TEXT NOT NULL DEFAULT '';
ALTER TABLE booking ADD COLUMN doubts_at BIGINT;
ALTER TABLE booking ADD COLUMN doubts_settled TEXT NOT NULL DEFAULT '';
ALTER TABLE booking ADD COLUMN doubts_officer_id TEXT REFERENCES staff_member (id);
CREATE INDEX booking_unchecked ON booking (checked_on, date) WHERE state = 'booked';
CREATE INDEX booking_doubts ON booking (unit_id, starts_at) WHERE state = 'booked' AND doubts <> '';

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('booking.check_days', '2020-01-01', '28', 'Choice of the service; not law');
