-- Files of a conversation between a person and her case officer.
INSERT INTO blob_rule (kind, valid_from, most_bytes, most_open, types, most_pixels, unfinished_hours, infected_days, source)
VALUES ('message', '2020-01-01', 20971520, 10, 'pdf jpeg png', 100000000, 24, 14, 'Choice of the service; not law');
