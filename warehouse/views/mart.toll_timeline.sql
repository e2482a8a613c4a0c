-- Each figure of an event as it was reported: by whom, when, in which words, oldest first. change is
-- what a whole figure adds to the whole figure of that measure before it, or takes from it; parts
-- and subsets, a figure that held before, and reprints of what was known, change nothing.
CREATE VIEW mart.toll_timeline AS
WITH told AS (
    SELECT
        l.event_id,
        c.measure,
        a.published_at,
        a.publisher,
        c.speaker,
        latin(c.speaker, a.language) AS speaker_latin,
        c.speaker_role,
        coalesce(s.authority, 'writer') AS authority,
        c.certainty,
        c.low,
        c.best,
        c.high,
        c.qualifier,
        c.relation,
        c.category,
        c.quote,
        a.url,
        l.reprint_of,
        c.incident_id,
        c.claim_id,
        c.best IS NOT NULL
            AND l.reprint_of IS NULL
            AND (c.relation = 'total' OR (c.relation = 'update' AND c.parent_claim_id IS NULL))
            AS is_whole,
        c.span_start
    FROM core.current_claim AS c
    JOIN core.event_incident AS l ON l.incident_id = c.incident_id
    JOIN core.current_article AS a ON a.article_id = c.article_id
    LEFT JOIN core.speaker AS s
        ON s.speaker = c.speaker AND s.speaker_role IS NOT DISTINCT FROM c.speaker_role
    WHERE c.scope = 'incident'
)
SELECT
    * EXCLUDE (is_whole, span_start),
    CASE WHEN is_whole THEN
        best - lag(best) OVER (
            PARTITION BY event_id, measure, is_whole
            ORDER BY published_at NULLS FIRST, incident_id, span_start, claim_id
        )
    END AS change
FROM told
ORDER BY event_id, measure, published_at NULLS LAST, claim_id;
