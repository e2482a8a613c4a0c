-- The killed of an event by UCDP's sides, where its best figure is known: they add up to it.
--   deaths_a          soldiers and police: in UCDP a state is side a
--   deaths_b          members of armed groups
--   deaths_civilians  civilians, with medics, journalists, aid workers and officials
--   deaths_unknown    the rest: the account does not tell who they were
-- Where two states, or two named armed groups and no state, fight each other, the words do not tell whose fighters died:
-- they are unknown too. side_rule says which of these held.
CREATE VIEW mart.event_side AS
WITH actor AS (
    SELECT DISTINCT event_id, unnest(actors) AS name
    FROM mart.event_account
),
kind AS (
    SELECT
        a.event_id,
        a.name,
        regexp_extract(a.name, ' of (.+)$', 1) AS land,
        regexp_matches(a.name, '^(Military|Police) Forces') OR coalesce(n.inter = 1, false)
            AS is_state,
        coalesce(n.inter = 8, false) AS is_foreign,
        coalesce(n.inter IN (2, 3, 4), false) AS is_group
    FROM actor AS a
    LEFT JOIN (SELECT DISTINCT name, inter FROM core.armed_actor) AS n ON n.name = a.name
),
fight AS (
    SELECT
        event_id,
        count(DISTINCT land) FILTER (is_state AND land <> '') AS n_states,
        bool_or(is_state OR is_foreign) AS has_state,
        count(*) FILTER (is_group) AS n_groups
    FROM kind
    GROUP BY event_id
),
people AS (
    SELECT
        event_id,
        sum(best)::BIGINT AS best,
        coalesce(sum(best) FILTER (category IN ('military', 'police')), 0)::BIGINT AS state,
        coalesce(sum(best) FILTER (category = 'militant'), 0)::BIGINT AS groups,
        coalesce(
            sum(best) FILTER (category NOT IN ('military', 'police', 'militant', 'unknown')), 0
        )::BIGINT AS civilians
    FROM mart.event_category
    WHERE measure = 'killed'
    GROUP BY event_id
),
side AS (
    SELECT
        m.event_id,
        m.best,
        coalesce(p.state, 0) AS state,
        coalesce(p.groups, 0) AS groups,
        coalesce(p.civilians, 0) AS civilians,
        coalesce(f.n_states > 1, false) AS is_interstate,
        coalesce(f.n_groups > 1 AND NOT f.has_state, false) AND coalesce(p.state, 0) = 0
            AS is_between_groups
    FROM mart.event_measure AS m
    LEFT JOIN people AS p ON p.event_id = m.event_id
    LEFT JOIN fight AS f ON f.event_id = m.event_id
    WHERE m.measure = 'killed' AND m.best IS NOT NULL
)
SELECT
    event_id,
    CASE WHEN is_interstate THEN 0 ELSE state END AS deaths_a,
    CASE WHEN is_interstate OR is_between_groups THEN 0 ELSE groups END AS deaths_b,
    civilians AS deaths_civilians,
    best - deaths_a - deaths_b - civilians AS deaths_unknown,
    CASE
        WHEN is_interstate THEN 'two states fight: whose soldiers died is not told'
        WHEN is_between_groups THEN 'two armed groups fight: whose fighters died is not told'
        ELSE 'soldiers and police are side a, armed groups side b'
    END AS side_rule
FROM side;
