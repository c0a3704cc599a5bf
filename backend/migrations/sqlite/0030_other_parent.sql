-- Consent is asked of another parent too: a case is of a kind, and a child's belongs to a clearance, which learns where it stands.
CREATE TABLE consent_text_of_kind (
    kind TEXT NOT NULL CHECK (kind IN ('home', 'child')),
    locale TEXT NOT NULL CHECK (locale IN ('nb', 'nn', 'en')),
    valid_from TEXT NOT NULL,
    -- Paragraphs, an empty line between them. What is shown is what is hashed.
    body TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (kind, locale, valid_from)
);
INSERT INTO consent_text_of_kind SELECT kind, locale, valid_from, body, source FROM consent_text;
DROP TABLE consent_text;
ALTER TABLE consent_text_of_kind RENAME TO consent_text;

ALTER TABLE home_case RENAME TO consent_case;
ALTER TABLE consent_case ADD COLUMN kind TEXT NOT NULL DEFAULT 'home' CHECK (kind IN ('home', 'child'));
-- What it is about elsewhere: for a child the clearance.
ALTER TABLE consent_case ADD COLUMN subject_id TEXT;
-- The address of the home, or the child's name.
ALTER TABLE consent_case RENAME COLUMN address TO about;
-- Why it was decided without the other parent, sealed.
ALTER TABLE consent_case ADD COLUMN without_reason BLOB;
CREATE UNIQUE INDEX consent_case_subject ON consent_case (subject_id) WHERE closed_at IS NULL AND subject_id IS NOT NULL;

ALTER TABLE home_person RENAME TO consent_person;
ALTER TABLE consent_word RENAME COLUMN home_person_id TO person_id;

-- None: nobody has been asked.
ALTER TABLE clearance ADD COLUMN other_parent TEXT CHECK (other_parent IN ('asked', 'given', 'missing', 'without'));

INSERT INTO consent_text (kind, locale, valid_from, body, source) VALUES
    ('child', 'nb', '2020-01-01', 'Jeg har foreldreansvar for barnet.

Jeg samtykker i at barnet blir med på besøk i et norsk fengsel, sammen med den voksne som er nevnt over. Jeg vet at ansatte i fengselet kan kontrollere den som kommer på besøk, og at de kan ha tilsyn med besøket.

Jeg vet at jeg kan trekke samtykket når som helst, og at jeg ikke trenger å si hvorfor.', 'LOV-2001-05-18-21 § 31, LOV-1981-04-08-7 § 30; the wording is the service''s own and unverified'),
    ('child', 'nn', '2020-01-01', 'Eg har foreldreansvar for barnet.

Eg samtykkjer i at barnet blir med på besøk i eit norsk fengsel, saman med den vaksne som er nemnd over. Eg veit at tilsette i fengselet kan kontrollere den som kjem på besøk, og at dei kan ha tilsyn med besøket.

Eg veit at eg kan trekkje samtykket når som helst, og at eg ikkje treng å seie kvifor.', 'LOV-2001-05-18-21 § 31, LOV-1981-04-08-7 § 30; the wording is the service''s own and unverified'),
    ('child', 'en', '2020-01-01', 'I have parental responsibility for the child.

I consent to the child coming along on visits in a Norwegian prison, together with the adult named above. I know that prison staff may check those who visit, and that they may supervise the visit.

I know that I can withdraw my consent at any time, and that I do not have to say why.', 'LOV-2001-05-18-21 § 31, LOV-1981-04-08-7 § 30; the wording is the service''s own and unverified');
