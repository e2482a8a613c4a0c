-- Of the articles of this run that name places, the share with one that the gazetteer lacks, by
-- source. Allowed is the share of the 28 days before with its error by chance (three standard
-- errors) and five points, or a half where less than 50 articles came before. Fewer than 20
-- articles are no share.
WITH article AS (
    SELECT
        coalesce(a.source_name, 'files') AS source_name,
        a.run_id = getvariable('run_id') AS is_new,
        bool_or(p.geoname_id IS NULL) AS unresolved
    FROM core.current_article AS a
    JOIN core.place_mention AS p ON p.article_id = a.article_id AND p.version_id = a.version_id
    WHERE a.run_id = getvariable('run_id')
        OR a.fetched_at >= getvariable('as_of') - INTERVAL 28 DAY
    GROUP BY a.article_id, a.source_name, a.run_id
),
share AS (
    SELECT
        source_name,
        count(*) FILTER (is_new) AS n,
        avg(unresolved::INT) FILTER (is_new) AS now,
        count(*) FILTER (NOT is_new) AS before,
        avg(unresolved::INT) FILTER (NOT is_new) AS usual
    FROM article
    GROUP BY source_name
)
SELECT
    'unresolved: ' || source_name AS trend_id,
    'unresolved' AS kind,
    source_name AS what,
    now AS value,
    0.0 AS low,
    CASE WHEN before >= 50
        THEN least(1, usual + 0.05 + 3 * sqrt(usual * (1 - usual) / n))
        ELSE 0.5 END AS high,
    n AS rests_on
FROM share
WHERE n >= 20
ORDER BY source_name;
