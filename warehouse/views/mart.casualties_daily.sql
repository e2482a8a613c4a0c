-- Tolls of a day and country. Events without a known day are in the row whose day is NULL, so that
-- the sums agree with mart.event_toll; mart.casualties_by says how they are summed.
CREATE VIEW mart.casualties_daily AS
FROM mart.casualties_by({
    'day': CASE WHEN date_prec = 1 THEN date_start END,
    'country': country,
    'country_code': country_code
})
ORDER BY day NULLS LAST, country NULLS LAST;
