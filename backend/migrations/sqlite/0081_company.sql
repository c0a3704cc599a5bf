-- Several people of one organisation on one visit. A colleague is chosen only once she herself has opened a page of the organisation after
-- it named her: so nobody learns from the choice who has ever signed in here.
ALTER TABLE organisation_person ADD COLUMN opened_at BIGINT;
CREATE INDEX organisation_person_of ON organisation_person (organisation_id);

INSERT INTO rule (key, valid_from, value, source) VALUES
    ('organisations.people', '2020-01-01', '4', 'Choice of the service; unverified');
