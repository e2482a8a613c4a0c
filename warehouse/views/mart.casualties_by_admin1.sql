-- Tolls of a first-level region, as the gazetteer assigns it. Sums pass over unknown figures; the
-- last two columns say how many events they passed over.
CREATE VIEW mart.casualties_by_admin1 AS
SELECT
    country,
    country_code,
    admin1,
    count(*) AS n_events,
    min(date_start) AS first_day,
    max(date_end) AS last_day,
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
ORDER BY country NULLS LAST, admin1 NULLS LAST;
