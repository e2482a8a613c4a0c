-- Tolls of a month and country. Events that are not known to lie within one month are in the row whose
-- month is NULL; mart.casualties_over gives other spans.
CREATE VIEW mart.casualties_monthly AS
SELECT * RENAME (begins AS month)
FROM mart.casualties_over('month')
ORDER BY month NULLS LAST, country NULLS LAST;
