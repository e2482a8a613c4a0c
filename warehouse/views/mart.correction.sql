-- Every value of a current version that a person has put right: what the rules read, what it is now,
-- why, and by whom. seeds/corrections.toml has them all; a run fails if one of them is not here.
CREATE VIEW mart.correction AS
WITH corrected AS (
    SELECT 'claims' AS kind, claim_id AS key, article_id, version_id, incident_id, corrections
    FROM core.claim
    UNION ALL
    SELECT 'incidents', incident_id, article_id, version_id, incident_id, corrections
    FROM core.incident
    UNION ALL
    SELECT 'places', mention_id, article_id, version_id, NULL, corrections
    FROM core.place_mention
    UNION ALL
    SELECT 'dates', mention_id, article_id, version_id, NULL, corrections
    FROM core.date_mention
),
told AS (
    SELECT * EXCLUDE (corrections), unnest(from_json(corrections, '["json"]')) AS note
    FROM corrected
    WHERE corrections IS NOT NULL
)
SELECT
    l.event_id,
    t.kind,
    t.key,
    t.incident_id,
    t.article_id,
    a.publisher,
    a.title,
    t.note ->> 'field' AS field,
    t.note ->> 'from' AS read_as,
    t.note ->> 'to' AS corrected_to,
    t.note ->> 'reason' AS reason,
    t.note ->> 'who' AS who,
    t.note::VARCHAR AS note
FROM told AS t
JOIN core.current_article AS a ON a.article_id = t.article_id AND a.version_id = t.version_id
LEFT JOIN core.event_incident AS l ON l.incident_id = t.incident_id
ORDER BY t.key, field;
