-- The toll of each event and measure as it was known on a day (all of it) or at a moment; NULL: as it
-- is known now, undated reports included. Only mart.event_figure counts: independent accounts, no
-- subset added. The rule:
--   A figure stands until a later account gives another one
--       of the same publisher,
--       or by the same authority (a named person; any other body near the source),
--       or that says it has changed ("lowered from four to three"): corrections hold both ways.
--   best  among the standing figures: those that are at most a day older than the latest before
--         older ones; then an authority near the source, or who tells the toll as an update, before
--         others, and these before a party to the fight or a mere allegation; then the latest; of
--         two at one time that of the lesser incident_id
--   low   the least of the standing lows (of the best where an account states no low)
--   high  the greatest of the standing highs; NULL where the greatest number that any of them gives
--         is left open above ("at least 12"), for then nobody says how many there were at most
CREATE MACRO mart.event_measure_as_of(moment) AS TABLE
WITH known AS (
    SELECT
        *,
        lower(speaker) AS mouth,
        authority = 'near' OR speaker <> coalesce(speaker_role, '') AS is_one_voice,
        CASE
            WHEN doubt = 2 THEN 4
            WHEN doubt = 1 OR authority IN ('army', 'rebels') THEN 3
            WHEN authority = 'near' OR is_update THEN 1
            ELSE 2
        END AS distance
    FROM mart.event_figure
    WHERE moment IS NULL OR published_at <= CASE
        WHEN moment::TIMESTAMP = moment::TIMESTAMP::DATE
        THEN moment::TIMESTAMP + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND
        ELSE moment::TIMESTAMP
    END
),
replaced AS (
    SELECT DISTINCT o.event_id, o.measure, o.incident_id, o.low, o.best, o.high
    FROM known AS o
    JOIN known AS n ON n.event_id = o.event_id AND n.measure = o.measure
    WHERE n.published_at > o.published_at
        AND n.best IS NOT NULL
        AND n.best IS DISTINCT FROM o.best
        AND (
            list_has_any(n.publishers, o.publishers)
            OR (n.mouth = o.mouth AND n.is_one_voice AND o.is_one_voice)
            OR list_contains(n.was, o.best)
        )
),
standing AS (
    SELECT
        k.*,
        max(k.published_at) FILTER (k.best IS NOT NULL)
            OVER (PARTITION BY k.event_id, k.measure) - INTERVAL 1 DAY <= k.published_at AS is_fresh
    FROM known AS k
    LEFT JOIN replaced AS r
        ON r.event_id = k.event_id
        AND r.measure = k.measure
        AND r.incident_id = k.incident_id
        AND r.low IS NOT DISTINCT FROM k.low
        AND r.best IS NOT DISTINCT FROM k.best
        AND r.high IS NOT DISTINCT FROM k.high
    WHERE r.event_id IS NULL
),
chosen AS (
    SELECT DISTINCT ON (event_id, measure) *
    FROM standing
    WHERE best IS NOT NULL
    ORDER BY
        event_id, measure, is_fresh DESC NULLS LAST, distance, published_at DESC NULLS LAST,
        incident_id, best
),
bounds AS (
    SELECT
        event_id,
        measure,
        count(*) AS n_standing,
        min(coalesce(low, best)) AS low,
        CASE
            WHEN coalesce(max(greatest(low, best)) FILTER (high IS NULL), -1) < max(high)
            THEN max(high)
        END AS high
    FROM standing
    GROUP BY event_id, measure
),
heard AS (
    SELECT event_id, measure, count(*) AS n_figures
    FROM known
    GROUP BY event_id, measure
)
SELECT
    b.event_id,
    b.measure,
    b.low,
    c.best,
    b.high,
    CASE
        WHEN c.best IS NULL THEN 'no account gives one figure'
        WHEN h.n_figures = 1 THEN 'the only figure'
        WHEN b.n_standing = 1 THEN 'the figure that stands'
        ELSE 'the latest figure of those that stand'
    END
    || CASE
        WHEN c.best IS NULL THEN ''
        WHEN c.distance = 4 THEN ', denied'
        WHEN c.doubt = 1 THEN ', alleged'
        WHEN c.authority = 'near' THEN ', by an authority near the source'
        WHEN c.authority IN ('army', 'rebels') THEN ', by a party to the fight'
        WHEN c.is_update THEN ', told as an update'
        WHEN c.authority = 'distant' THEN ', by a speaker who is not near the source'
        ELSE ', by the writer'
    END
    || CASE
        WHEN b.n_standing < h.n_figures
        THEN '; ' || (h.n_figures - b.n_standing) || ' replaced since'
        ELSE ''
    END AS best_rule,
    c.incident_id AS best_incident_id,
    c.claim_id AS best_claim_id,
    c.qualifier,
    c.doubt,
    c.authority,
    c.speaker,
    c.speaker_role,
    c.publishers,
    c.published_at,
    h.n_figures,
    b.n_standing
FROM bounds AS b
JOIN heard AS h ON h.event_id = b.event_id AND h.measure = b.measure
LEFT JOIN chosen AS c ON c.event_id = b.event_id AND c.measure = b.measure;
