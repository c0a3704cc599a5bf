-- What a delegate asks to bring in her name, and takes back.
ALTER TABLE delegation_act DROP CONSTRAINT delegation_act_what_check;
ALTER TABLE delegation_act ADD CONSTRAINT delegation_act_what_check
    CHECK (what IN ('booked', 'cancelled', 'bring_asked', 'bring_withdrawn'));
