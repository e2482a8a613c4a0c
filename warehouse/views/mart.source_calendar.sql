-- The days that a backfill asked of a source, and those from its first run to its last: how many
-- articles there are, and whether all were had. A day is a hole if nothing was had of it that should
-- be there: no article, and no answer that there is none. Files have no days that should be there.
CREATE VIEW mart.source_calendar AS
WITH asked AS (
    SELECT source_name, day, status
    FROM quality.source_day
    QUALIFY row_number() OVER (PARTITION BY source_name, day ORDER BY run_id DESC) = 1
),
had AS (
    SELECT source_name, published_on AS day, count(*) AS articles
    FROM core.current_article
    WHERE source_name IS NOT NULL AND published_on IS NOT NULL
    GROUP BY ALL
),
watched AS (
    SELECT source_name, min(started_at)::DATE AS first_day, max(started_at)::DATE AS last_day
    FROM quality.source_run
    WHERE listed IS NOT NULL AND since IS NULL
    GROUP BY source_name
),
every_day AS (
    SELECT source_name, day FROM asked
    UNION
    SELECT source_name, unnest(range(first_day, last_day + 1, INTERVAL 1 DAY))::DATE FROM watched
)
SELECT
    source_name,
    day,
    coalesce(articles, 0) AS articles,
    status,
    CASE status WHEN 'complete' THEN false WHEN 'partial' THEN true ELSE articles IS NULL END
        AS is_hole
FROM every_day
LEFT JOIN asked USING (source_name, day)
LEFT JOIN had USING (source_name, day)
ORDER BY source_name, day;
