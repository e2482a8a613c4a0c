-- Tolls of a week and country. Events that are not known to lie within one week are in the row whose
-- week is NULL; mart.casualties_by says how they are summed.
CREATE VIEW mart.casualties_weekly AS
FROM mart.casualties_by({
    'week': CASE
        WHEN date_trunc('week', date_start) = date_trunc('week', coalesce(date_end, date_start))
        THEN date_trunc('week', date_start)::DATE
    END,
    'country': country,
    'country_code': country_code
})
ORDER BY week NULLS LAST, country NULLS LAST;
