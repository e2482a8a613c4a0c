-- critical, about core.current_incident
-- Every account that counts is in exactly one event.
SELECT i.incident_id, count(l.event_id) AS events
FROM core.current_incident AS i
LEFT JOIN core.event_incident AS l ON l.incident_id = i.incident_id
GROUP BY i.incident_id
HAVING count(l.event_id) != 1;
