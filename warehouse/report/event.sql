-- Every event with its toll.
SELECT event_id, date_start, date_end, date_prec, place_name, country, country_code, admin1, lat, lon,
    where_prec, stated_region, region_contradicted, sub_event_type, weapon, actors,
    killed_low, killed_best, killed_high, injured_low, injured_best, injured_high,
    hospitalised_low, hospitalised_best, hospitalised_high,
    critically_injured_low, critically_injured_best, critically_injured_high,
    missing_low, missing_best, missing_high, captured_low, captured_best, captured_high,
    n_articles, n_publishers, n_independent
FROM mart.event_toll
ORDER BY date_start DESC NULLS LAST, event_id;
