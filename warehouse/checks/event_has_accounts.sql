-- critical, about core.event
-- Every event is told by as many accounts that count as it says it is.
SELECT e.event_id, e.n_incidents, count(i.incident_id) AS accounts
FROM core.event AS e
LEFT JOIN core.event_incident AS l ON l.event_id = e.event_id
LEFT JOIN core.current_incident AS i ON i.incident_id = l.incident_id
GROUP BY e.event_id, e.n_incidents
HAVING count(i.incident_id) != e.n_incidents OR e.n_incidents = 0;
