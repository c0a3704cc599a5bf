-- How long before a visit on a screen its link is shown.
INSERT INTO rule (key, valid_from, value, source) VALUES
    ('visits.video_open_minutes', '2020-01-01', '15', 'Choice of the service; not law');
