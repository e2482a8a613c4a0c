-- Tolls of a country and a span of time, from 'week' or 'month' to 'quarter' or 'year', in a row that
-- begins names by its first day. Events that are not known to lie within one are in the row where
-- begins is NULL; mart.casualties_by says how they are summed.
CREATE MACRO mart.casualties_over(span) AS TABLE
FROM mart.casualties_by({
    'begins': CASE
        WHEN date_trunc(span, date_start) = date_trunc(span, coalesce(date_end, date_start))
        THEN date_trunc(span, date_start)::DATE
    END,
    'country': country,
    'country_code': country_code
});
