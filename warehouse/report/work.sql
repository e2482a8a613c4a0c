-- What a person should look at, with the event where its numbers are shown.
SELECT w.rank, w.kind, w.what, coalesce(e.event_id, l.event_id) AS event_id, t.place_name,
    CASE w.kind WHEN 'rival toll' THEN split_part(w.what, ':', 1) END AS measure
FROM mart.worklist AS w
LEFT JOIN core.event AS e ON e.event_id = w.key
LEFT JOIN core.event_incident AS l ON l.incident_id = w.key
LEFT JOIN mart.event_toll AS t ON t.event_id = coalesce(e.event_id, l.event_id)
ORDER BY w.rank
LIMIT 500;
