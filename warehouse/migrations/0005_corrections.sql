-- What people have put right is kept in the row, with what it said before.
ALTER TABLE core.claim ADD COLUMN corrections VARCHAR;
ALTER TABLE core.incident ADD COLUMN corrections VARCHAR;
ALTER TABLE core.place_mention ADD COLUMN corrections VARCHAR;
ALTER TABLE core.date_mention ADD COLUMN corrections VARCHAR;
