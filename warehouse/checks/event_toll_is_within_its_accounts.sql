-- critical, about mart.event_toll
-- An event's best number of killed is not outside what its accounts give.
SELECT e.event_id, e.killed_best, min(least(t.low, t.best, t.high)) AS least,
    max(greatest(t.low, t.best, t.high)) AS most
FROM mart.event_toll AS e
JOIN core.event_incident AS l ON l.event_id = e.event_id
JOIN mart.incident_toll AS t ON t.incident_id = l.incident_id AND t.measure = 'killed'
WHERE e.killed_best IS NOT NULL
GROUP BY e.event_id, e.killed_best
HAVING e.killed_best < least OR e.killed_best > most;
