-- warning, about core.event
-- All accounts of an event put it in the same country.
SELECT event_id, list_sort(list(DISTINCT country_code)) AS countries
FROM mart.event_account
WHERE country_code IS NOT NULL
GROUP BY event_id
HAVING count(DISTINCT country_code) > 1;
