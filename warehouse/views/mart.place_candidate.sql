-- The places that were weighed for each toponym, the likeliest first.
CREATE VIEW mart.place_candidate AS
WITH weighed AS (
    SELECT
        p.article_id,
        p.mention_id,
        p.mention_text,
        p.geoname_id AS taken,
        unnest(from_json(
            p.candidates,
            '[{"geoname_id": "BIGINT", "name": "VARCHAR", "admin1": "VARCHAR",
               "country_code": "VARCHAR", "score": "DOUBLE"}]'
        )) AS place,
        generate_subscripts(json_extract(p.candidates, '$[*]'), 1) AS rank
    FROM core.place_mention AS p
    JOIN core.current_article AS a
        ON a.article_id = p.article_id AND a.version_id = p.version_id
    WHERE p.candidates IS NOT NULL
)
SELECT
    article_id,
    mention_id,
    mention_text,
    rank,
    place.geoname_id AS geoname_id,
    place.name AS name,
    place.admin1 AS admin1,
    place.country_code AS country_code,
    place.score AS score,
    coalesce(place.geoname_id = taken, FALSE) AS chosen
FROM weighed
ORDER BY article_id, mention_id, rank;
