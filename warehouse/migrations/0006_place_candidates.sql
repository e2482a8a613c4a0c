-- The places that were weighed for a name are kept with the one that was chosen.
ALTER TABLE core.place_mention ADD COLUMN candidates VARCHAR;
