-- Where each event was, in the words of the account whose place is the event's, and its district.
CREATE VIEW mart.event_spot AS
SELECT DISTINCT ON (e.event_id) e.event_id, m.admin2, m.mention_text
FROM mart.event_toll AS e
JOIN core.event_incident AS l ON l.event_id = e.event_id
JOIN core.current_incident AS i
    ON i.incident_id = l.incident_id AND i.geoname_id = e.geoname_id
JOIN core.place_mention AS m
    ON m.article_id = i.article_id AND m.version_id = i.version_id
    AND m.span_start = i.place_span_start
ORDER BY e.event_id, i.incident_id;
