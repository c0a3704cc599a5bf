-- For which wings a time of the week is can wait for another's yes, too.
ALTER TABLE plan_proposal DROP CONSTRAINT plan_proposal_kind_check;
ALTER TABLE plan_proposal ADD CONSTRAINT plan_proposal_kind_check
    CHECK (kind IN ('rules', 'end', 'close', 'several', 'watch', 'text', 'wings'));
