-- The claims of current versions.
CREATE VIEW core.current_claim AS
SELECT c.*
FROM core.claim AS c
SEMI JOIN raw.article AS a
    ON a.article_id = c.article_id AND a.version_id = c.version_id AND a.is_current;
