-- Every armed actor that a text can name, with its kind.
CREATE VIEW core.actor AS
SELECT name AS actor, inter::SMALLINT AS inter, nullif(country, '') AS country_code, is_generic
FROM roster();
