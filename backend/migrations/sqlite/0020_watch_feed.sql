-- Of what a case system never says nobody can be told: whoever watches looks at that too.
INSERT INTO rule (key, valid_from, value, source) VALUES
    ('notices.watch_feed_minutes', '2020-01-01', '720', 'Choice of the service; not law');
