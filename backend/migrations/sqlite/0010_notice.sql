-- When a notice reached its reader: sent by letter, or opened in Varde before any letter had gone. The days of an
-- appeal run from the first of the two. An application that closed unprocessed has its notice on its own row.
ALTER TABLE decision ADD COLUMN opened_at BIGINT;
ALTER TABLE application ADD COLUMN notice_sent_at BIGINT;
ALTER TABLE application ADD COLUMN opened_at BIGINT;
