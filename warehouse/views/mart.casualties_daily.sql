-- Tolls of a day and country. Events without a known day are in the row whose day is NULL, so that
-- the sums agree with mart.event_toll. Sums pass over unknown figures; the last two columns say
-- how many events they passed over. A sum of highs is NULL where one of the tolls is open above.
CREATE VIEW mart.casualties_daily AS
SELECT
    CASE WHEN date_prec = 1 THEN date_start END AS day,
    country,
    country_code,
    count(*) AS n_events,
    sum(COLUMNS('^killed_(low|best)$'))::BIGINT AS "\0",
    CASE
        WHEN count(killed_high) = count(coalesce(killed_low, killed_best, killed_high))
        THEN sum(killed_high)::BIGINT
    END AS killed_high,
    sum(COLUMNS('^injured_(low|best)$'))::BIGINT AS "\0",
    CASE
        WHEN count(injured_high) = count(coalesce(injured_low, injured_best, injured_high))
        THEN sum(injured_high)::BIGINT
    END AS injured_high,
    count(*) FILTER (killed_best IS NULL) AS n_killed_unknown,
    count(*) FILTER (injured_best IS NULL) AS n_injured_unknown
FROM mart.event_toll
GROUP BY ALL
ORDER BY day NULLS LAST, country NULLS LAST;
