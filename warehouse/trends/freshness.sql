-- Days since each source's last article. Allowed is twice the longest pause between two days with
-- articles among its last 28 days, and never less than two days. Sources that ship their articles
-- as files stand still by nature.
WITH daily AS (
    SELECT DISTINCT source_name, coalesce(published_at, fetched_at)::DATE AS day
    FROM core.current_article AS a
    WHERE source_name IN (
        SELECT source_name FROM quality.source_run WHERE kind NOT IN ('folder', 'table', 'warc')
    )
),
paused AS (
    SELECT
        source_name, day, max(day) OVER (PARTITION BY source_name) AS last_day,
        day - lag(day) OVER (PARTITION BY source_name ORDER BY day) AS pause
    FROM daily
    WHERE day <= getvariable('as_of')::DATE
)
SELECT
    'freshness: ' || source_name AS trend_id,
    'freshness' AS kind,
    source_name AS what,
    (getvariable('as_of')::DATE - last_day)::DOUBLE AS value,
    0.0 AS low,
    greatest(2, 2 * coalesce(max(pause) FILTER (day > last_day - 28), 1))::DOUBLE AS high,
    count(*) FILTER (day > last_day - 28) AS rests_on
FROM paused
GROUP BY source_name, last_day
ORDER BY source_name;
