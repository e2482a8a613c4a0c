-- warning, about core.event
-- No two accounts of an event date it more than a month apart.
SELECT event_id, min(date_start) AS first_day, max(date_start) AS last_day
FROM mart.event_account
WHERE date_start IS NOT NULL AND date_prec < 4
GROUP BY event_id
HAVING max(date_start) - min(date_start) > 31;
