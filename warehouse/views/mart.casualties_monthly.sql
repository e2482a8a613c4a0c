-- Tolls of a month and country. Events that are not known to lie within one month are in the row whose
-- month is NULL; mart.casualties_by says how they are summed.
CREATE VIEW mart.casualties_monthly AS
FROM mart.casualties_by({
    'month': CASE
        WHEN date_trunc('month', date_start) = date_trunc('month', coalesce(date_end, date_start))
        THEN date_trunc('month', date_start)::DATE
    END,
    'country': country,
    'country_code': country_code
})
ORDER BY month NULLS LAST, country NULLS LAST;
