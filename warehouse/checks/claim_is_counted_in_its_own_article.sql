-- critical, about core.claim
-- The incident that a claim is counted in is one of the same version of the same article.
SELECT c.claim_id, c.incident_id
FROM core.claim AS c
ANTI JOIN core.incident AS i
    ON i.incident_id = c.incident_id AND i.article_id = c.article_id
    AND i.version_id = c.version_id
WHERE c.incident_id IS NOT NULL;
