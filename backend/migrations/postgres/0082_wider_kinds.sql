-- For which wings a time of the week is can wait for another's yes, too.
ALTER TABLE plan_proposal DROP CONSTRAINT plan_proposal_kind_check;
ALTER TABLE plan_proposal ADD CONSTRAINT plan_proposal_kind_check
    CHECK (kind IN ('rules', 'end', 'close', 'several', 'watch', 'text', 'wings'));

-- What a delegate asks for as urgent in her name, and takes back: of such an act `booking_id` is what was asked for.
ALTER TABLE delegation_act DROP CONSTRAINT delegation_act_what_check;
ALTER TABLE delegation_act ADD CONSTRAINT delegation_act_what_check
    CHECK (what IN ('booked', 'cancelled', 'bring_asked', 'bring_withdrawn', 'urgent_asked', 'urgent_withdrawn'));
