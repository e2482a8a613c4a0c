-- What a person should look at, the weightiest first: articles that were refused (100), rival tolls
-- (50 and the people between the least and the most), decisions of texts that have changed (45),
-- regions that the gazetteer contradicts (40), doubtful links (30, the most doubtful first; `tollbook
-- review` answers them).
CREATE VIEW mart.worklist AS
WITH work AS (
    SELECT
        'quarantined' AS kind,
        100 AS weight,
        coalesce(key, quarantine_id) AS key,
        coalesce(source, 'unknown source') || coalesce(':' || line, '') || ': ' || reason AS what,
        0 AS place
    FROM quality.quarantine
    WHERE released_at IS NULL AND level = 'article'
    UNION ALL
    SELECT 'rival toll', 50 + spread, event_id, measure || ': ' || who_says_what, 0
    FROM mart.source_agreement
    WHERE spread > 0
    UNION ALL
    SELECT
        'region contradicted',
        40,
        incident_id,
        coalesce(place_name, 'a place') || ' in ' || coalesce(stated_region, 'another region')
            || ' as the text says; the gazetteer has ' || coalesce(admin1, country, 'nothing'),
        0
    FROM core.current_incident
    WHERE region_contradicted
    UNION ALL
    SELECT
        'doubtful link',
        CASE WHEN question = 'decided of other texts' THEN 45 ELSE 30 END,
        one,
        question || coalesce(' (' || round(score, 2) || ')', '')
            || ': ' || coalesce('“' || one_title || '”', one) || coalesce(' in ' || one_publisher, '')
            || ' and ' || coalesce('“' || other_title || '”', other)
            || coalesce(' in ' || other_publisher, '') || '; ' || reason,
        rank
    FROM mart.link_review
)
SELECT
    row_number() OVER (ORDER BY weight DESC, kind, place, key, what) AS rank,
    * EXCLUDE (place)
FROM work
ORDER BY rank;
