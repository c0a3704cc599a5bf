-- When somebody wants to be reminded of a visit, by the letters she has confirmed an address for; nothing until she says so.
ALTER TABLE person ADD COLUMN remind TEXT NOT NULL DEFAULT 'never' CHECK (remind IN ('never', 'day', 'days', 'both'));

-- What she was reminded of. A visit that was moved begins at another time and is reminded of anew.
CREATE TABLE booking_reminder (
    booking_id TEXT NOT NULL REFERENCES booking (id),
    starts_at BIGINT NOT NULL,
    hours BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (booking_id, starts_at, hours)
);
CREATE INDEX booking_ahead ON booking (starts_at) WHERE state = 'booked';

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('booking.remind_day_hours', '2020-01-01', '24', 'Choice of the service; not law'),
    ('booking.remind_days_hours', '2020-01-01', '72', 'Choice of the service; not law');
