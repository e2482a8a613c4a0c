-- The toll of each incident in long form: one row for each measure of which a bound is stated.
CREATE VIEW mart.incident_toll AS
SELECT incident_id, 'killed' AS measure, killed_low AS low, killed_best AS best, killed_high AS high
FROM core.current_incident
WHERE coalesce(killed_low, killed_best, killed_high) IS NOT NULL
UNION ALL
SELECT incident_id, 'injured' AS measure, injured_low AS low, injured_best AS best, injured_high AS high
FROM core.current_incident
WHERE coalesce(injured_low, injured_best, injured_high) IS NOT NULL
UNION ALL
SELECT incident_id, 'hospitalised' AS measure, hospitalised_low AS low, hospitalised_best AS best, hospitalised_high AS high
FROM core.current_incident
WHERE coalesce(hospitalised_low, hospitalised_best, hospitalised_high) IS NOT NULL
UNION ALL
SELECT incident_id, 'critically_injured' AS measure, critically_injured_low AS low, critically_injured_best AS best, critically_injured_high AS high
FROM core.current_incident
WHERE coalesce(critically_injured_low, critically_injured_best, critically_injured_high) IS NOT NULL
UNION ALL
SELECT incident_id, 'missing' AS measure, missing_low AS low, missing_best AS best, missing_high AS high
FROM core.current_incident
WHERE coalesce(missing_low, missing_best, missing_high) IS NOT NULL
UNION ALL
SELECT incident_id, 'captured' AS measure, captured_low AS low, captured_best AS best, captured_high AS high
FROM core.current_incident
WHERE coalesce(captured_low, captured_best, captured_high) IS NOT NULL;

