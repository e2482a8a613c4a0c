-- critical, about core.incident
-- Every account of an incident belongs to a version of an article that is held.
SELECT incident_id, article_id, version_id
FROM core.incident ANTI JOIN raw.article USING (article_id, version_id);
