-- Who says what of an event's toll and how far apart they are. A publisher speaks with its latest
-- figure; spread is 0 where all agree and NULL where only one has a figure.
CREATE VIEW mart.source_agreement AS
WITH said AS (
    SELECT DISTINCT ON (e.event_id, t.measure, coalesce(e.publisher, e.article_id))
        e.event_id,
        t.measure,
        coalesce(e.publisher, e.article_id) AS publisher,
        t.best
    FROM mart.event_account AS e
    JOIN mart.incident_toll AS t ON t.incident_id = e.incident_id
    WHERE t.best IS NOT NULL
    ORDER BY
        e.event_id,
        t.measure,
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
    string_agg(publisher || ': ' || best, '; ' ORDER BY best, publisher) AS who_says_what
FROM said
GROUP BY event_id, measure
ORDER BY spread DESC NULLS LAST, event_id, measure;
