-- After the unit has cancelled, its visitor is first: for so many days she may choose days that are not open to others yet.
INSERT INTO rule (key, valid_from, value, source) VALUES
    ('booking.priority_days', '2020-01-01', '14', 'Choice of the service; not law'),
    ('booking.priority_ahead_days', '2020-01-01', '14', 'Choice of the service; not law'),
    ('booking.ring_minutes', '2020-01-01', '60', 'Choice of the service; not law'),
    ('booking.short_notice_hours', '2020-01-01', '24', 'Choice of the service; not law');
CREATE INDEX booking_called_off ON booking (person_id, cancelled_at) WHERE state = 'cancelled' AND cancelled_by = 'unit';

-- A visit that the unit has cancelled: when its visitor has read so, when somebody has rung her, and who has that to do.
ALTER TABLE booking ADD COLUMN off_seen_at BIGINT;
ALTER TABLE booking ADD COLUMN rung_at BIGINT;
ALTER TABLE booking ADD COLUMN ring_officer_id TEXT REFERENCES staff_member (id);
CREATE INDEX booking_to_ring ON booking (unit_id, cancelled_at)
    WHERE state = 'cancelled' AND cancelled_by = 'unit' AND off_seen_at IS NULL AND rung_at IS NULL;
