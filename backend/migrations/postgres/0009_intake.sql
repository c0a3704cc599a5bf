-- The unit that takes what matches no inmate. Applications need it from the first day on; its details are filled in
-- by those who run the service.
INSERT INTO unit (id, slug, name, level, region, place, address, phone, email, travel)
    SELECT '00000000-0000-7000-8000-000000000001', 'intake', 'Mottak for søknader', 'intake', '', '', '', '', '', ''
    WHERE NOT EXISTS (SELECT 1 FROM unit WHERE slug = 'intake');
