-- The ledger in the 49 columns of UCDP's Georeferenced Event Dataset, in their order and codes. As
-- there, an event is in it only if some account has at least one dead.
--   type_of_violence  1 two sides, one of them a state's forces; 2 two sides, both named groups;
--                     3 one named side that attacked, and none but civilians hit, in an event of
--                     violence against civilians; else NULL, since a text seldom tells
--   side_a            the state, where one is named; else who attacked, or is named first. Where
--                     soldiers died of a state that is not named, side_a is NULL and the other side b
--   deaths_a, b       mart.event_side; of a group that is side a, its members are deaths_a
--   event_clarity     1 a day and a place no wider than a district; 2 the toll of a week or longer;
--                     else NULL
--   region            by Gleditsch-Ward number, as the UCDP/PRIO Armed Conflict Dataset has it
--   priogrid_gid      PRIO-GRID (Tollefsen, Strand, Buhaug 2012): cells of half a degree, 720 a row,
--                     numbered from 1 at 90 S 180 W to the east, then to the north
CREATE VIEW mart.ucdp_ged AS
WITH source AS (
    SELECT
        event_id,
        string_agg(
            concat_ws(', ', publisher, strftime(published_at, '%Y-%m-%d'), title), '; '
            ORDER BY published_at NULLS LAST, incident_id
        ) AS article,
        string_agg(publisher, '; ' ORDER BY published_at NULLS LAST, incident_id) AS office,
        string_agg(
            strftime(published_at, '%Y-%m-%d'), '; ' ORDER BY published_at NULLS LAST, incident_id
        ) AS dates,
        string_agg(title, '; ' ORDER BY published_at NULLS LAST, incident_id) AS headline
    FROM mart.event_account
    GROUP BY event_id
),
original AS (
    SELECT event_id, string_agg(DISTINCT speaker, '; ' ORDER BY speaker) AS speakers
    FROM mart.toll_timeline
    WHERE measure = 'killed'
    GROUP BY event_id
),
side AS (
    SELECT
        s.*,
        CASE
            WHEN coalesce(e.event_type, '') NOT IN (
                'Battles', 'Explosions/Remote violence', 'Violence against civilians'
            ) THEN NULL
            WHEN 1 IN (s.inter_1, s.inter_2) AND s.side_1 IS NOT NULL AND s.side_2 IS NOT NULL
            THEN 1
            WHEN s.inter_1 IN (2, 3, 4) AND s.inter_2 IN (2, 3, 4) THEN 2
            WHEN s.side_2 IS NULL AND NOT s.generic_1 AND s.only_civilians
                AND e.event_type = 'Violence against civilians' THEN 3
        END AS type,
        coalesce(s.inter_1 = 1 OR s.inter_2 = 1, false) AS has_state,
        (coalesce(s.inter_2 = 1, false) AND s.inter_1 IS DISTINCT FROM 1)
            OR (NOT has_state AND coalesce(d.deaths_a, 0) > 0 AND s.side_2 IS NULL) AS is_swapped,
        NOT has_state AND s.side_2 IS NULL AND coalesce(d.deaths_a, 0) = 0 AS is_group_alone
    FROM mart.event_party AS s
    LEFT JOIN mart.event_side AS d ON d.event_id = s.event_id
    JOIN mart.event_toll AS t ON t.event_id = s.event_id
    LEFT JOIN core.sub_event AS e ON e.sub_event_type = t.sub_event_type
),
ordered AS (
    SELECT
        event_id,
        type,
        is_group_alone,
        CASE WHEN is_swapped THEN side_2 ELSE side_1 END AS side_a,
        CASE WHEN is_swapped THEN code_2 ELSE code_1 END AS code_a,
        CASE WHEN is_swapped THEN inter_2 ELSE inter_1 END AS inter_a,
        CASE WHEN is_swapped THEN side_1 WHEN type = 3 THEN 'Civilians' ELSE side_2 END AS side_b,
        CASE WHEN is_swapped THEN code_1 ELSE code_2 END AS code_b,
        CASE WHEN is_swapped THEN inter_1 ELSE inter_2 END AS inter_b
    FROM side
)
SELECT
    -- 53 bits, so that every reader of numbers keeps it whole
    (md5_number_lower(t.event_id) >> 11)::BIGINT AS id,
    t.event_id AS relid,
    year(t.date_start)::INTEGER AS year,
    NULL::BOOLEAN AS active_year,
    NULL::VARCHAR AS code_status,
    o.type::SMALLINT AS type_of_violence,
    NULL::BIGINT AS conflict_dset_id,
    NULL::BIGINT AS conflict_new_id,
    NULL::VARCHAR AS conflict_name,
    NULL::BIGINT AS dyad_dset_id,
    NULL::BIGINT AS dyad_new_id,
    o.side_a || ' - ' || o.side_b AS dyad_name,
    NULL::BIGINT AS side_a_dset_id,
    NULL::BIGINT AS side_a_new_id,
    o.side_a,
    NULL::BIGINT AS side_b_dset_id,
    NULL::BIGINT AS side_b_new_id,
    o.side_b,
    t.n_articles AS number_of_sources,
    nullif(source.article, '') AS source_article,
    source.office AS source_office,
    source.dates AS source_date,
    source.headline AS source_headline,
    original.speakers AS source_original,
    t.where_prec,
    t.place_name AS where_coordinates,
    nullif(concat_ws(', ', spot.mention_text, t.stated_region), '') AS where_description,
    t.admin1 AS adm_1,
    spot.admin2 AS adm_2,
    t.lat AS latitude,
    t.lon AS longitude,
    'POINT (' || t.lon || ' ' || t.lat || ')' AS geom_wkt,
    CASE WHEN t.lat IS NOT NULL AND t.lon IS NOT NULL THEN
        least(floor((t.lat + 90) * 2), 359) * 720 + least(floor((t.lon + 180) * 2), 719) + 1
    END::INTEGER AS priogrid_gid,
    t.country,
    here.gwno AS country_id,
    CASE
        WHEN here.gwno BETWEEN 2 AND 199 THEN 'Americas'
        WHEN here.gwno BETWEEN 200 AND 399 THEN 'Europe'
        WHEN here.gwno BETWEEN 400 AND 626 THEN 'Africa'
        WHEN here.gwno BETWEEN 630 AND 699 THEN 'Middle East'
        WHEN here.gwno BETWEEN 700 AND 999 THEN 'Asia'
    END AS region,
    CASE
        WHEN t.date_prec = 1 AND t.where_prec <= 3 THEN 1
        WHEN t.date_prec >= 3 THEN 2
    END::SMALLINT AS event_clarity,
    t.date_prec,
    t.date_start,
    t.date_end,
    CASE WHEN o.is_group_alone THEN dead.deaths_b ELSE dead.deaths_a END AS deaths_a,
    CASE WHEN o.is_group_alone THEN 0 * dead.deaths_b ELSE dead.deaths_b END AS deaths_b,
    dead.deaths_civilians,
    dead.deaths_unknown,
    t.killed_best AS best,
    t.killed_high AS high,
    t.killed_low AS low,
    land_a.gwno AS gwnoa,
    land_b.gwno AS gwnob
FROM mart.event_toll AS t
JOIN ordered AS o ON o.event_id = t.event_id
LEFT JOIN mart.event_side AS dead ON dead.event_id = t.event_id
LEFT JOIN source ON source.event_id = t.event_id
LEFT JOIN original ON original.event_id = t.event_id
LEFT JOIN mart.event_spot AS spot ON spot.event_id = t.event_id
LEFT JOIN core.country AS here ON here.country_code = t.country_code
LEFT JOIN core.country AS land_a ON land_a.country_code = o.code_a AND o.inter_a = 1
LEFT JOIN core.country AS land_b ON land_b.country_code = o.code_b AND o.inter_b = 1
WHERE greatest(t.killed_low, t.killed_best, t.killed_high) >= 1
ORDER BY t.date_start NULLS LAST, t.event_id;
