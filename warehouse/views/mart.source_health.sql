-- Each source with its last run and its counts.
CREATE VIEW mart.source_health AS
WITH last_run AS (
    FROM quality.source_run
    QUALIFY row_number() OVER (PARTITION BY source_name ORDER BY started_at DESC, run_id DESC) = 1
),
completed AS (
    SELECT source_name, max(ended_at) AS last_completed_at
    FROM quality.source_run
    WHERE status = 'completed'
    GROUP BY source_name
),
held AS (
    SELECT source_name, count(*) AS held
    FROM core.current_article
    WHERE source_name IS NOT NULL
    GROUP BY source_name
),
holes AS (
    SELECT source_name, count(*) AS holes
    FROM mart.source_calendar
    WHERE is_hole
    GROUP BY source_name
)
SELECT
    source_name,
    kind,
    status,
    run_id,
    ended_at,
    last_completed_at,
    listed,
    articles,
    loaded,
    refused,
    coalesce(held, 0) AS held,
    coalesce(holes, 0) AS holes,
    message
FROM last_run
LEFT JOIN completed USING (source_name)
LEFT JOIN held USING (source_name)
LEFT JOIN holes USING (source_name)
ORDER BY source_name;
