-- critical, about core.claim
-- No claim, incident or mention is held twice in one version of an article.
SELECT article_id, version_id, key, count(*) AS times
FROM (
    SELECT article_id, version_id, claim_id AS key FROM core.claim
    UNION ALL
    SELECT article_id, version_id, incident_id FROM core.incident
    UNION ALL
    SELECT article_id, version_id, mention_id FROM core.place_mention
    UNION ALL
    SELECT article_id, version_id, mention_id FROM core.date_mention
)
GROUP BY article_id, version_id, key
HAVING count(*) > 1;
