-- The toll of each incident in long form: one row for each measure of which a bound is stated.
CREATE VIEW mart.incident_toll AS
SELECT l.event_id, t.incident_id, t.measure, t.low, t.best, t.high
FROM core.current_incident UNPIVOT INCLUDE NULLS (
    (low, best, high) FOR measure IN (
        (killed_low, killed_best, killed_high) AS killed,
        (injured_low, injured_best, injured_high) AS injured,
        (hospitalised_low, hospitalised_best, hospitalised_high) AS hospitalised,
        (critically_injured_low, critically_injured_best, critically_injured_high) AS critically_injured,
        (missing_low, missing_best, missing_high) AS missing,
        (captured_low, captured_best, captured_high) AS captured
    )
) AS t
JOIN core.event_incident AS l ON l.incident_id = t.incident_id
WHERE coalesce(t.low, t.best, t.high) IS NOT NULL;
