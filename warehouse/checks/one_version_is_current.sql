-- critical, about raw.article
-- Of every article exactly one version counts.
SELECT article_id, count(*) AS versions, count(*) FILTER (is_current) AS current_versions
FROM raw.article
GROUP BY article_id
HAVING count(*) FILTER (is_current) != 1;
