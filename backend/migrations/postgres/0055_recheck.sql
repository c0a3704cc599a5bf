-- In a unit of the strictest level every leave is looked at again: from which day it stands in the list of work.
ALTER TABLE application ADD COLUMN recheck_on TEXT;
-- And by when somebody has looked.
ALTER TABLE application ADD COLUMN recheck_due BIGINT;
CREATE INDEX application_recheck ON application (unit_id, recheck_on) WHERE recheck_on IS NOT NULL;

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('clearance.recheck_days', '2020-01-01', '183', 'Retningslinjer for avdeling med særlig høyt sikkerhetsnivå: within six months'),
    ('clearance.recheck_notice_days', '2020-01-01', '30', 'Choice of the service; not law');
