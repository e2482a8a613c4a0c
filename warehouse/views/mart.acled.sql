-- The ledger in the columns of ACLED's event data, in their order and codes. No row of ACLED's is
-- in it: the codes are applied to what Tollbook has read.
--   geo_precision    1 a place, 2 near one or in a district, 3 a province or larger, at sea
--   time_precision   1 the day, 2 days up to a week, 3 a month or longer
--   fatalities       the best figure; else, of words that ACLED counts ("dozens": 12), the greatest
--                    number that any account's words stand for; else the least that is stated.
--                    Words become numbers in this view alone
--   actor2           the other side; where none is named and all who were hit are civilians: they
--   interaction      the two codes, the smaller first; of one actor alone, its code and 0
CREATE VIEW mart.acled AS
WITH vague AS (
    SELECT l.event_id, max(seed.fatalities::BIGINT) AS fatalities
    FROM core.current_claim AS c
    JOIN core.event_incident AS l ON l.incident_id = c.incident_id
    JOIN seed('codes/vague_fatalities.csv')
        ON regexp_matches(lower(c.quote), '\b' || seed.words || '\b')
    WHERE c.measure = 'killed' AND c.scope = 'incident' AND c.qualifier = 'vague'
    GROUP BY l.event_id
),
source AS (
    SELECT
        e.event_id,
        string_agg(DISTINCT e.publisher, '; ' ORDER BY e.publisher) AS publishers,
        max(a.fetched_at) AS read_at
    FROM mart.event_account AS e
    JOIN core.current_article AS a ON a.article_id = e.article_id
    GROUP BY e.event_id
),
side AS (
    SELECT
        s.event_id,
        s.side_1,
        s.inter_1,
        s.associates_1,
        s.side_2 IS NULL AND s.only_civilians AS is_against_civilians,
        CASE WHEN is_against_civilians THEN concat('Civilians', ' (' || t.country || ')')
            ELSE s.side_2 END AS side_2,
        CASE WHEN is_against_civilians THEN 7 ELSE s.inter_2 END AS inter_2,
        s.associates_2
    FROM mart.event_party AS s
    JOIN mart.event_toll AS t ON t.event_id = s.event_id
)
SELECT
    t.event_id AS event_id_cnty,
    t.date_start AS event_date,
    year(t.date_start)::INTEGER AS year,
    CASE WHEN t.date_prec = 1 THEN 1 WHEN t.date_prec <= 3 THEN 2 WHEN t.date_prec <= 5 THEN 3
        END::SMALLINT AS time_precision,
    kind.disorder_type,
    kind.event_type,
    kind.sub_event_type,
    s.side_1 AS actor1,
    s.associates_1 AS assoc_actor_1,
    s.inter_1::SMALLINT AS inter1,
    s.side_2 AS actor2,
    s.associates_2 AS assoc_actor_2,
    s.inter_2::SMALLINT AS inter2,
    CASE
        WHEN s.inter_1 IS NULL OR (s.side_2 IS NOT NULL AND s.inter_2 IS NULL) THEN NULL
        WHEN s.side_2 IS NULL THEN s.inter_1 * 10
        ELSE least(s.inter_1, s.inter_2) * 10 + greatest(s.inter_1, s.inter_2)
    END::SMALLINT AS interaction,
    CASE WHEN s.is_against_civilians AND kind.disorder_type LIKE '%Political violence%'
        THEN 'Civilian targeting' END AS civilian_targeting,
    here.iso,
    here.acled_region AS region,
    t.country,
    t.admin1,
    spot.admin2,
    NULL::VARCHAR AS admin3,
    t.place_name AS location,
    t.lat AS latitude,
    t.lon AS longitude,
    CASE WHEN t.where_prec = 1 THEN 1 WHEN t.where_prec <= 3 THEN 2 WHEN t.where_prec <= 7 THEN 3
        END::SMALLINT AS geo_precision,
    source.publishers AS source,
    NULL::VARCHAR AS source_scale,
    note.notes,
    coalesce(t.killed_best, vague.fatalities, t.killed_low) AS fatalities,
    NULL::VARCHAR AS tags,
    epoch(source.read_at)::BIGINT AS timestamp
FROM mart.event_toll AS t
JOIN side AS s ON s.event_id = t.event_id
LEFT JOIN core.sub_event AS kind ON kind.sub_event_type = t.sub_event_type
LEFT JOIN core.country AS here ON here.country_code = t.country_code
LEFT JOIN vague ON vague.event_id = t.event_id
LEFT JOIN source ON source.event_id = t.event_id
LEFT JOIN mart.event_note AS note ON note.event_id = t.event_id
LEFT JOIN mart.event_spot AS spot ON spot.event_id = t.event_id
ORDER BY t.date_start NULLS LAST, t.event_id;
