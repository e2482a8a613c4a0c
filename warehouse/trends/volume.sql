-- Articles by source and day of publication, for the last 7 whole days of which 28 days before are
-- known. The envelope is three times the spread of those days (the quartiles', or at least that of
-- a count by chance, its root) on either side of their median.
WITH daily AS (
    SELECT source_name, coalesce(published_at, fetched_at)::DATE AS day, count(*) AS articles
    FROM core.current_article
    WHERE source_name IS NOT NULL
    GROUP BY ALL
),
source AS (
    SELECT source_name, min(day) AS first_day FROM daily GROUP BY source_name
),
calendar AS (
    SELECT source_name, first_day, unnest(range(
        getvariable('as_of')::DATE - INTERVAL 35 DAY, getvariable('as_of')::DATE, INTERVAL 1 DAY
    ))::DATE AS day
    FROM source
),
counted AS (
    SELECT c.source_name, c.first_day, c.day, coalesce(d.articles, 0) AS articles
    FROM calendar AS c
    LEFT JOIN daily AS d ON d.source_name = c.source_name AND d.day = c.day
),
usual AS (
    SELECT
        *,
        median(articles) OVER before AS middle,
        quantile_cont(articles, 0.75) OVER before - quantile_cont(articles, 0.25) OVER before
            AS spread
    FROM counted
    WINDOW before AS (
        PARTITION BY source_name ORDER BY day ROWS BETWEEN 28 PRECEDING AND 1 PRECEDING
    )
)
SELECT
    'volume: ' || source_name || ', ' || day AS trend_id,
    'volume' AS kind,
    source_name AS what,
    articles::DOUBLE AS value,
    greatest(0, floor(middle - 3 * greatest(spread, sqrt(middle), 1))) AS low,
    ceil(middle + 3 * greatest(spread, sqrt(middle), 1)) AS high,
    28 AS rests_on
FROM usual
WHERE day >= getvariable('as_of')::DATE - 7 AND first_day <= day - 28
ORDER BY day DESC, source_name;
