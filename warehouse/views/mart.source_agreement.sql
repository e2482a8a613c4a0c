-- Who says what of an event's toll and how far apart they are. A publisher speaks with its latest
-- figure; spread is 0 and ratio 1 where all agree, both are NULL where only one has a figure, and
-- ratio is NULL where the least is 0.
CREATE VIEW mart.source_agreement AS
WITH said AS (
    SELECT DISTINCT ON (e.event_id, f.measure, coalesce(e.publisher, e.article_id))
        e.event_id,
        f.measure,
        coalesce(e.publisher, e.article_id) AS publisher,
        f.speaker,
        f.best
    FROM mart.event_account AS e
    JOIN mart.incident_figure AS f ON f.incident_id = e.incident_id
    WHERE f.best IS NOT NULL
    ORDER BY
        e.event_id,
        f.measure,
        coalesce(e.publisher, e.article_id),
        e.published_at DESC NULLS LAST,
        e.incident_id
)
SELECT
    event_id,
    measure,
    count(*) AS n_publishers,
    min(best) AS least,
    max(best) AS most,
    CASE WHEN count(*) > 1 THEN max(best) - min(best) END AS spread,
    CASE WHEN count(*) > 1 AND min(best) > 0 THEN round(max(best) / min(best), 2) END AS ratio,
    string_agg(
        publisher || coalesce(' (' || speaker || ')', '') || ': ' || best, '; '
        ORDER BY best, publisher
    ) AS who_says_what
FROM said
GROUP BY event_id, measure
ORDER BY spread DESC NULLS LAST, event_id, measure;
