-- How the service goes, in figures. What stands here may be told: no number of people below the bound, and no two rows whose
-- difference is one. A row is never changed after it was written, whatever becomes of what was counted.
CREATE TABLE insight_night (
    day TEXT PRIMARY KEY,
    counted_at BIGINT NOT NULL
);

-- Whole weeks of a unit that are told as one: Mondays of the first and the last, and the month that the last one counts for.
CREATE TABLE insight_figure (
    unit_id TEXT NOT NULL REFERENCES unit (id),
    last_week TEXT NOT NULL,
    measure TEXT NOT NULL CHECK (measure IN ('answers', 'visits')),
    -- Days from application to answer, or what became of a place.
    part TEXT NOT NULL,
    first_week TEXT NOT NULL,
    month TEXT NOT NULL,
    number BIGINT NOT NULL CHECK (number >= 0),
    PRIMARY KEY (unit_id, last_week, measure, part),
    CHECK (first_week <= last_week)
);

-- Notices sent in time, of a unit's quarter, in steps of percent. None: it is not told, which says nothing.
CREATE TABLE insight_share (
    unit_id TEXT NOT NULL REFERENCES unit (id),
    quarter TEXT NOT NULL,
    percent BIGINT CHECK (percent BETWEEN 0 AND 100),
    PRIMARY KEY (unit_id, quarter)
);

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('insight.least', '2020-01-01', '5', 'Choice of the service, unverified: official statistics commonly tell no number of people below five'),
    ('insight.least_tail', '2020-01-01', '10', 'Choice of the service: the slowest tenth is somebody'),
    ('insight.settle_days', '2020-01-01', '2', 'Choice of the service: marks of the gate are written down by then'),
    ('insight.longest_days', '2020-01-01', '1096', 'Choice of the service: three years'),
    ('notices.share_due', '2020-01-01', '20', 'Choice of the service, unverified: a higher bound than that of other figures'),
    ('notices.share_people', '2020-01-01', '10', 'Choice of the service, unverified'),
    ('notices.share_one_in', '2020-01-01', '2', 'Choice of the service, unverified'),
    ('notices.share_step', '2020-01-01', '5', 'Choice of the service, unverified'),
    ('insight.share_settle_days', '2020-01-01', '14', 'Choice of the service: what was late is written down by then');
