-- What people have put right, with the event that it is of.
SELECT event_id, key, publisher, field, read_as, corrected_to, reason, who
FROM mart.correction
ORDER BY key, field
LIMIT 500;
