-- critical, about core.claim
-- The number that a claim is a part of is a claim of the same version of the same article.
SELECT c.claim_id, c.parent_claim_id
FROM core.claim AS c
ANTI JOIN core.claim AS w
    ON w.claim_id = c.parent_claim_id AND w.article_id = c.article_id
    AND w.version_id = c.version_id
WHERE c.parent_claim_id IS NOT NULL;
