-- The toll of each event and measure by the figures that were out at a moment, of events that had
-- others later; NULL: of every event, by all figures, undated ones included. Only mart.event_figure
-- counts: independent accounts, no subset added. The rule:
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
CREATE MACRO mart.event_measure_reckoned(moment) AS TABLE
WITH known AS (
    SELECT
        f.*,
        lower(speaker) AS mouth,
        authority = 'near' OR speaker <> coalesce(speaker_role, '') AS is_one_voice,
        CASE
            WHEN doubt = 2 THEN 4
            WHEN doubt = 1 OR authority IN ('army', 'rebels') THEN 3
            WHEN authority = 'near' OR is_update THEN 1
            ELSE 2
        END AS distance
    FROM mart.event_figure AS f
    JOIN mart.event_at(moment) AS a ON a.event_id = f.event_id
    WHERE moment IS NULL OR (NOT a.is_settled AND f.published_at <= a.until)
),
replaced AS (
    SELECT DISTINCT o.event_id, o.measure, o.incident_id, o.low, o.best, o.high, true AS is_replaced
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
figure AS (
    SELECT k.*, r.is_replaced IS NULL AS stands
    FROM known AS k
    LEFT JOIN replaced AS r
        ON r.event_id = k.event_id
        AND r.measure = k.measure
        AND r.incident_id = k.incident_id
        AND r.low IS NOT DISTINCT FROM k.low
        AND r.best IS NOT DISTINCT FROM k.best
        AND r.high IS NOT DISTINCT FROM k.high
),
bounds AS (
    SELECT
        event_id,
        measure,
        count(*) AS n_figures,
        count(*) FILTER (stands) AS n_standing,
        min(coalesce(low, best)) FILTER (stands) AS low,
        max(published_at) FILTER (stands AND best IS NOT NULL) - INTERVAL 1 DAY AS fresh_since,
        CASE
            WHEN coalesce(max(greatest(low, best)) FILTER (stands AND high IS NULL), -1)
                < max(high) FILTER (stands)
            THEN max(high) FILTER (stands)
        END AS high
    FROM figure
    GROUP BY event_id, measure
),
chosen AS (
    SELECT f.*
    FROM figure AS f
    JOIN bounds AS b ON b.event_id = f.event_id AND b.measure = f.measure
    WHERE f.stands AND f.best IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY f.event_id, f.measure
        ORDER BY
            f.published_at >= b.fresh_since DESC NULLS LAST, f.distance,
            f.published_at DESC NULLS LAST, f.incident_id, f.best
    ) = 1
)
SELECT
    b.event_id,
    b.measure,
    b.low,
    c.best,
    b.high,
    CASE
        WHEN c.best IS NULL THEN 'no account gives one figure'
        WHEN b.n_figures = 1 THEN 'the only figure'
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
        WHEN b.n_standing < b.n_figures
        THEN '; ' || (b.n_figures - b.n_standing) || ' replaced since'
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
    b.n_figures,
    b.n_standing
FROM bounds AS b
LEFT JOIN chosen AS c ON c.event_id = b.event_id AND c.measure = b.measure;
