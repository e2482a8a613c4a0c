-- Tolls of a week and country. Events that are not known to lie within one week are in the row whose
-- week is NULL; mart.casualties_over gives other spans.
CREATE VIEW mart.casualties_weekly AS
SELECT * RENAME (begins AS week)
FROM mart.casualties_over('week')
ORDER BY week NULLS LAST, country NULLS LAST;
