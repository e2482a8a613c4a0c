-- The day that a text counts its days from, and the bytes that it was made of. Rows that are there
-- keep both unknown: neither can be told from what was kept.
ALTER TABLE raw.article ADD COLUMN published_on DATE;
ALTER TABLE raw.article ADD COLUMN body_sha256 VARCHAR;
