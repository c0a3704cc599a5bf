-- What was decided before counts from its decision, by the rule of today.
UPDATE application SET recheck_due = state_at + 86400000000 * (SELECT CAST(r.value AS BIGINT) FROM rule r
        WHERE r.key = 'clearance.recheck_days' ORDER BY r.valid_from DESC LIMIT 1),
    recheck_on = to_char(to_timestamp(state_at / 1000000 + 86400 * ((SELECT CAST(r.value AS BIGINT) FROM rule r
        WHERE r.key = 'clearance.recheck_days' ORDER BY r.valid_from DESC LIMIT 1) - (SELECT CAST(r.value AS BIGINT) FROM rule r
        WHERE r.key = 'clearance.recheck_notice_days' ORDER BY r.valid_from DESC LIMIT 1))) AT TIME ZONE 'UTC', 'YYYY-MM-DD')
    WHERE state = 'decided' AND recheck_on IS NULL;
