-- The toll of each event by a rule that can be read here:
--   best  the latest best figure among the independent accounts, so a later correction counts,
--         upward or downward; of two at the same time the one of the lesser incident_id
--   low   the least of the accounts' lows (of its best where an account states no low)
--   high  the greatest of the accounts' highs; NULL where the greatest number that any account gives
--         is left open above ("at least 12"), for then no account says how many there were at most
--   Whoever is in hospital is injured: the injured are at least as many, and a figure of the injured
--   that is smaller is no best.
-- Place and date are those of the most precise account, the earliest of equals. Type and weapon
-- are what most accounts say. NULL is unknown: nothing is filled in.
CREATE VIEW mart.event_toll AS
WITH place AS (
    SELECT DISTINCT ON (event_id)
        event_id, geoname_id, place_name, country, country_code, admin1, lat, lon, where_prec,
        stated_region
    FROM mart.event_account
    WHERE coalesce(place_name, country) IS NOT NULL
    ORDER BY event_id, where_prec NULLS LAST, published_at NULLS LAST, incident_id
),
day AS (
    SELECT DISTINCT ON (event_id) event_id, date_start, date_end, date_prec
    FROM mart.event_account
    WHERE date_start IS NOT NULL
    ORDER BY event_id, date_prec NULLS LAST, published_at NULLS LAST, incident_id
),
sub_event AS (
    SELECT DISTINCT ON (event_id) event_id, sub_event_type
    FROM mart.event_account
    WHERE sub_event_type IS NOT NULL
    GROUP BY event_id, sub_event_type
    ORDER BY event_id, count(*) DESC, sub_event_type
),
weapon AS (
    SELECT DISTINCT ON (event_id) event_id, weapon
    FROM mart.event_account
    WHERE weapon IS NOT NULL
    GROUP BY event_id, weapon
    ORDER BY event_id, count(*) DESC, weapon
),
account AS (
    SELECT
        event_id,
        list_sort(list_distinct(flatten(list(actors)))) AS actors,
        count(DISTINCT article_id) AS n_articles,
        count(DISTINCT publisher) AS n_publishers,
        count(*) FILTER (reprint_of IS NULL) AS n_independent,
        bool_or(region_contradicted) AS region_contradicted,
        min(published_at) AS first_reported_at,
        max(published_at) AS last_reported_at
    FROM mart.event_account
    GROUP BY event_id
),
latest AS (
    SELECT DISTINCT ON (event_id, measure) event_id, measure, best
    FROM mart.event_figure
    WHERE best IS NOT NULL
    ORDER BY event_id, measure, published_at DESC NULLS LAST, incident_id, best
),
measured AS (
    SELECT
        f.event_id,
        f.measure,
        min(coalesce(f.low, f.best)) AS low,
        any_value(l.best) AS best,
        CASE
            WHEN coalesce(max(greatest(f.low, f.best)) FILTER (f.high IS NULL), -1) < max(f.high)
            THEN max(f.high)
        END AS high
    FROM mart.event_figure AS f
    LEFT JOIN latest AS l ON l.event_id = f.event_id AND l.measure = f.measure
    GROUP BY f.event_id, f.measure
),
toll AS (
    FROM measured PIVOT (
        any_value(low) AS low, any_value(best) AS best, any_value(high) AS high
        FOR measure IN (
            'killed', 'injured', 'hospitalised', 'critically_injured', 'missing', 'captured'
        )
        GROUP BY event_id
    )
)
SELECT
    account.event_id,
    day.date_start,
    day.date_end,
    day.date_prec,
    place.geoname_id,
    place.place_name,
    place.country,
    place.country_code,
    place.admin1,
    place.lat,
    place.lon,
    place.where_prec,
    place.stated_region,
    account.region_contradicted,
    sub_event.sub_event_type,
    weapon.weapon,
    account.actors,
    toll.* EXCLUDE (event_id) REPLACE (
        greatest(toll.injured_low, coalesce(toll.hospitalised_best, toll.hospitalised_low))
            AS injured_low,
        CASE WHEN toll.injured_best >= coalesce(toll.hospitalised_best, toll.hospitalised_low, 0)
            THEN toll.injured_best END AS injured_best,
        CASE WHEN toll.injured_high >= coalesce(toll.hospitalised_best, toll.hospitalised_low, 0)
            THEN toll.injured_high END AS injured_high
    ),
    account.n_articles,
    account.n_publishers,
    account.n_independent,
    account.first_reported_at,
    account.last_reported_at
FROM account
LEFT JOIN place ON place.event_id = account.event_id
LEFT JOIN day ON day.event_id = account.event_id
LEFT JOIN sub_event ON sub_event.event_id = account.event_id
LEFT JOIN weapon ON weapon.event_id = account.event_id
LEFT JOIN toll ON toll.event_id = account.event_id;
