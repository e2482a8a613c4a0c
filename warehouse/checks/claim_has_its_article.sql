-- critical, about core.claim
-- Every claim belongs to a version of an article that is held.
SELECT claim_id, article_id, version_id
FROM core.claim ANTI JOIN raw.article USING (article_id, version_id);
