-- Each figure of an event as it was reported: by whom, when, in which words, oldest first.
CREATE VIEW mart.toll_timeline AS
SELECT
    l.event_id,
    c.measure,
    a.published_at,
    a.publisher,
    c.speaker,
    c.speaker_role,
    c.certainty,
    c.low,
    c.best,
    c.high,
    c.qualifier,
    c.relation,
    c.category,
    c.quote,
    a.url,
    l.reprint_of,
    c.incident_id,
    c.claim_id
FROM core.current_claim AS c
JOIN core.event_incident AS l ON l.incident_id = c.incident_id
JOIN core.current_article AS a ON a.article_id = c.article_id
WHERE c.scope = 'incident'
ORDER BY l.event_id, c.measure, a.published_at NULLS LAST, c.claim_id;
