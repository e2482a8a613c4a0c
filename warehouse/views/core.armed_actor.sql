-- Armed actors by each of their names, in small letters, as the lexicon has them.
CREATE VIEW core.armed_actor AS
SELECT DISTINCT
    lower(unnest([name] || string_split(aliases, '|'))) AS alias,
    name,
    inter::INTEGER AS inter
FROM seed('lexicons/en/actors.csv');
