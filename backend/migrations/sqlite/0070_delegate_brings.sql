-- What a delegate asks to bring in her name, and takes back.
CREATE TABLE delegation_act_new (
    id TEXT PRIMARY KEY,
    delegation_id TEXT NOT NULL REFERENCES delegation (id),
    inmate_id TEXT NOT NULL REFERENCES inmate (id),
    booking_id TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('booked', 'cancelled', 'bring_asked', 'bring_withdrawn')),
    at BIGINT NOT NULL
);
INSERT INTO delegation_act_new (id, delegation_id, inmate_id, booking_id, what, at)
    SELECT id, delegation_id, inmate_id, booking_id, what, at FROM delegation_act;
DROP TABLE delegation_act;
ALTER TABLE delegation_act_new RENAME TO delegation_act;
CREATE INDEX delegation_act_of ON delegation_act (delegation_id, at);
CREATE INDEX delegation_act_booking ON delegation_act (booking_id);
