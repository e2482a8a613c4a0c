-- The toll of each event by the accounts that were out at a moment, of events that had others later;
-- NULL: of every event, by all accounts. Low, best and high are those of mart.event_measure_reckoned,
-- which has the rule; <measure>_best_rule says which part of it chose, and <measure>_best_claim is the
-- claim that states the figure.
--   Whoever is in hospital is injured: the injured are at least as many, and a figure of the injured
--   that is smaller is no best.
-- Place and date are those of the most precise account, the earliest of equals. Type and weapon
-- are what most accounts say. NULL is unknown: nothing is filled in. Which accounts tell of one
-- event, and each article's text, are as they are now.
CREATE MACRO mart.event_toll_reckoned(moment) AS TABLE
WITH told AS (
    SELECT e.*
    FROM mart.event_account AS e
    JOIN mart.event_at(moment) AS a ON a.event_id = e.event_id
    WHERE moment IS NULL OR (NOT a.is_settled AND e.published_at <= a.until)
),
place AS (
    SELECT DISTINCT ON (event_id)
        event_id, geoname_id, place_name, country, country_code, admin1, lat, lon, where_prec,
        stated_region
    FROM told
    WHERE coalesce(place_name, country) IS NOT NULL
    ORDER BY event_id, where_prec NULLS LAST, published_at NULLS LAST, incident_id
),
day AS (
    SELECT DISTINCT ON (event_id) event_id, date_start, date_end, date_prec
    FROM told
    WHERE date_start IS NOT NULL
    ORDER BY event_id, date_prec NULLS LAST, published_at NULLS LAST, incident_id
),
sub_event AS (
    SELECT DISTINCT ON (event_id) event_id, sub_event_type
    FROM told
    WHERE sub_event_type IS NOT NULL
    GROUP BY event_id, sub_event_type
    ORDER BY event_id, count(*) DESC, sub_event_type
),
weapon AS (
    SELECT DISTINCT ON (event_id) event_id, weapon
    FROM told
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
    FROM told
    GROUP BY event_id
),
toll AS (
    FROM (
        SELECT event_id, measure, low, best, high, best_rule, best_claim_id
        FROM mart.event_measure_reckoned(moment)
    ) PIVOT (
        any_value(low) AS low,
        any_value(best) AS best,
        any_value(high) AS high,
        any_value(best_rule) AS best_rule,
        any_value(best_claim_id) AS best_claim
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
        CASE
            WHEN toll.injured_best < coalesce(toll.hospitalised_best, toll.hospitalised_low, 0)
            THEN 'fewer than are in hospital: no best'
            ELSE toll.injured_best_rule
        END AS injured_best_rule,
        CASE WHEN toll.injured_best >= coalesce(toll.hospitalised_best, toll.hospitalised_low, 0)
            THEN toll.injured_best_claim END AS injured_best_claim,
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
