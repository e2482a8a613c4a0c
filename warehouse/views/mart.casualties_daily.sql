-- Tolls of a day and country. Events without a known day are in the row whose day is NULL, so that
-- the sums agree with mart.event_toll. Sums pass over unknown figures; the last two columns say
-- how many events they passed over.
CREATE VIEW mart.casualties_daily AS
SELECT
    CASE WHEN date_prec = 1 THEN date_start END AS day,
    country,
    country_code,
    count(*) AS n_events,
    sum(killed_low)::BIGINT AS killed_low,
    sum(killed_best)::BIGINT AS killed_best,
    sum(killed_high)::BIGINT AS killed_high,
    sum(injured_low)::BIGINT AS injured_low,
    sum(injured_best)::BIGINT AS injured_best,
    sum(injured_high)::BIGINT AS injured_high,
    count(*) FILTER (killed_best IS NULL) AS n_killed_unknown,
    count(*) FILTER (injured_best IS NULL) AS n_injured_unknown
FROM mart.event_toll
GROUP BY ALL
ORDER BY day NULLS LAST, country NULLS LAST;
