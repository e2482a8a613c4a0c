-- The share of each measure among this run's claims, beside the 28 days before. Allowed is that
-- share with its error by chance (three standard errors) and ten points on either side; fewer than
-- 50 claims on either side are no mix.
WITH claim AS (
    SELECT c.measure, a.run_id = getvariable('run_id') AS is_new
    FROM core.current_claim AS c
    JOIN core.current_article AS a ON a.article_id = c.article_id
    WHERE a.run_id = getvariable('run_id')
        OR a.fetched_at >= getvariable('as_of') - INTERVAL 28 DAY
),
counted AS (
    SELECT
        measure,
        count(*) FILTER (is_new) AS new,
        count(*) FILTER (NOT is_new) AS old,
        sum(count(*) FILTER (is_new)) OVER () AS all_new,
        sum(count(*) FILTER (NOT is_new)) OVER () AS all_old
    FROM claim
    GROUP BY measure
),
share AS (
    SELECT measure, new / all_new AS now, old / all_old AS usual, all_new, all_old
    FROM counted
    WHERE all_new >= 50 AND all_old >= 50
),
allowed AS (
    SELECT *, 0.1 + 3 * sqrt(usual * (1 - usual) * (1 / all_new + 1 / all_old)) AS drift
    FROM share
)
SELECT
    'mix: ' || measure AS trend_id,
    'mix' AS kind,
    measure AS what,
    now AS value,
    greatest(0, usual - drift) AS low,
    least(1, usual + drift) AS high,
    all_new::BIGINT AS rests_on
FROM allowed
ORDER BY measure;
