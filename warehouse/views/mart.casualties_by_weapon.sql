-- Tolls of a weapon, as most accounts of an event name it; mart.casualties_by says how they are summed.
CREATE VIEW mart.casualties_by_weapon AS
FROM mart.casualties_by({'weapon': weapon})
ORDER BY killed_best DESC NULLS LAST, weapon NULLS LAST;
