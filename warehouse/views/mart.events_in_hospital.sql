-- Events after which people were taken to hospital or lay in critical condition, the latest first.
CREATE VIEW mart.events_in_hospital AS
SELECT
    event_id,
    date_start,
    place_name,
    country,
    sub_event_type,
    hospitalised_low,
    hospitalised_best,
    hospitalised_high,
    critically_injured_low,
    critically_injured_best,
    critically_injured_high,
    hospitalised_best_claim,
    critically_injured_best_claim
FROM mart.event_toll
WHERE greatest(hospitalised_low, hospitalised_best, hospitalised_high, critically_injured_low,
    critically_injured_best, critically_injured_high) > 0
ORDER BY date_start DESC NULLS LAST, event_id;
