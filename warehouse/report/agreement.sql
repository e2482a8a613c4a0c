-- How far apart the publishers of an event are, the furthest first.
SELECT event_id, measure, n_publishers, least, most, spread
FROM mart.source_agreement
WHERE n_publishers > 1
ORDER BY spread DESC, event_id, measure;
