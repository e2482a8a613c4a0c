-- Tolls summed by whatever columns of mart.event_toll one names, a row a value:
--   FROM mart.casualties_by({'country': country, 'year': year(date_start)})
-- Sums pass over unknown figures; n_killed_unknown and n_injured_unknown say how many events they
-- passed over. A sum of highs is NULL where one of the tolls in it is open above.
CREATE MACRO mart.casualties_by(keys) AS TABLE
SELECT
    unnest(keys),
    count(*) AS n_events,
    min(date_start) AS first_day,
    max(date_end) AS last_day,
    sum(killed_low)::BIGINT AS killed_low,
    sum(killed_best)::BIGINT AS killed_best,
    CASE
        WHEN count(killed_high) = count(coalesce(killed_low, killed_best, killed_high))
        THEN sum(killed_high)::BIGINT
    END AS killed_high,
    sum(injured_low)::BIGINT AS injured_low,
    sum(injured_best)::BIGINT AS injured_best,
    CASE
        WHEN count(injured_high) = count(coalesce(injured_low, injured_best, injured_high))
        THEN sum(injured_high)::BIGINT
    END AS injured_high,
    count(*) FILTER (killed_best IS NULL) AS n_killed_unknown,
    count(*) FILTER (injured_best IS NULL) AS n_injured_unknown
FROM mart.event_toll
GROUP BY keys;
