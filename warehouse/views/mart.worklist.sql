-- What a person should look at, the weightiest first: articles that were refused (100), rival tolls
-- (50 and the people between the least and the most), regions that the gazetteer contradicts (40).
CREATE VIEW mart.worklist AS
WITH work AS (
    SELECT
        'quarantined' AS kind,
        100 AS weight,
        coalesce(key, quarantine_id) AS key,
        coalesce(source, 'unknown source') || coalesce(':' || line, '') || ': ' || reason AS what
    FROM quality.quarantine
    WHERE released_at IS NULL AND level = 'article'
    UNION ALL
    SELECT 'rival toll', 50 + spread, event_id, measure || ': ' || who_says_what
    FROM mart.source_agreement
    WHERE spread > 0
    UNION ALL
    SELECT
        'region contradicted',
        40,
        incident_id,
        coalesce(place_name, 'a place') || ' in ' || coalesce(stated_region, 'another region')
            || ' as the text says; the gazetteer has ' || coalesce(admin1, country, 'nothing')
    FROM core.current_incident
    WHERE region_contradicted
)
SELECT row_number() OVER (ORDER BY weight DESC, kind, key, what) AS rank, *
FROM work
ORDER BY rank;
