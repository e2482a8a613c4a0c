-- The incidents of current versions.
CREATE VIEW core.current_incident AS
SELECT i.*
FROM core.incident AS i
SEMI JOIN raw.article AS a
    ON a.article_id = i.article_id AND a.version_id = i.version_id AND a.is_current;
