-- The armed sides of each event, from the account that names most actors (the earliest of equals).
--   camp    forces of one state are one camp, a named group is its own; a word for a kind of people
--           ("rebels", "troops") belongs to the first named group or state of its kind, since it may
--           well mean the same people, and is a camp of its own only where none is named
--   side 1  the camp that is named first: who attacked, where the text tells that. Who claims
--           responsibility in any account is put first where the account names no attacker, and who
--           is only told of as a target is no side 1
--   side 2  the next camp; of several, each further one is an associate of it
-- A camp's named actor speaks for it, its other actors are associates. civilians_hit is whether the
-- account's dead and injured are told to be civilians, and only_civilians whether all of them are.
CREATE VIEW mart.event_party AS
WITH account AS (
    SELECT DISTINCT ON (event_id) event_id, incident_id, actors
    FROM mart.event_account
    WHERE len(actors) > 0
    ORDER BY event_id, len(actors) DESC, published_at NULLS LAST, incident_id
),
part AS (
    SELECT
        incident_id,
        actor,
        bool_or(role IN ('attacker', 'claimed', 'blamed')) AS attacked,
        bool_or(role = 'target') AS was_hit
    FROM mart.actor_role
    GROUP BY incident_id, actor
),
told AS (
    SELECT
        n.*,
        coalesce(p.attacked, false) AS attacked,
        coalesce(p.was_hit AND NOT p.attacked, false) AS is_target
    FROM (
        SELECT
            event_id, incident_id, unnest(actors) AS actor, generate_subscripts(actors, 1) AS nth
        FROM account
    ) AS n
    LEFT JOIN part AS p ON p.incident_id = n.incident_id AND p.actor = n.actor
),
claimant AS (
    SELECT event_id, actor
    FROM mart.actor_role
    WHERE role = 'claimed' AND actor IS NOT NULL
    GROUP BY event_id, actor
    QUALIFY row_number() OVER (
        PARTITION BY event_id ORDER BY count(DISTINCT incident_id) DESC, actor
    ) = 1
),
named AS (
    SELECT event_id, actor, nth, is_target
    FROM told
    UNION ALL
    SELECT c.event_id, c.actor, 0, false
    FROM claimant AS c
    ANTI JOIN told AS t ON t.event_id = c.event_id AND t.actor = c.actor
    ANTI JOIN (
        FROM told JOIN core.actor USING (actor) WHERE attacked AND NOT is_generic
    ) AS k ON k.event_id = c.event_id
),
kind AS (
    SELECT
        n.event_id,
        n.nth,
        n.actor,
        n.is_target,
        a.inter,
        a.country_code,
        coalesce(a.is_generic, false) AS is_generic,
        coalesce(a.inter = 1, false) AS is_state
    FROM named AS n
    LEFT JOIN core.actor AS a ON a.actor = n.actor
),
camp AS (
    SELECT
        *,
        CASE
            WHEN is_generic THEN coalesce(
                min_by(CASE WHEN is_state THEN coalesce(country_code, actor) ELSE actor END, nth)
                    FILTER (NOT is_generic) OVER (PARTITION BY event_id, is_state),
                'kind ' || is_state
            )
            WHEN is_state THEN coalesce(country_code, actor)
            ELSE actor
        END AS camp
    FROM kind
),
side AS (
    SELECT
        *,
        camp = first_value(camp) OVER by_turn AND NOT first_value(is_target) OVER by_turn
            AS is_first
    FROM camp
    WINDOW by_turn AS (PARTITION BY event_id ORDER BY is_target, nth)
),
ranked AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY event_id, is_first ORDER BY is_generic, nth) AS place
    FROM side
),
victim AS (
    SELECT
        l.event_id,
        bool_or(c.category IN ('civilian', 'medical', 'journalist', 'aid_worker', 'official'))
            AS civilians_hit,
        bool_and(c.category IN ('civilian', 'medical', 'journalist', 'aid_worker', 'official'))
            AS only_civilians
    FROM core.current_claim AS c
    JOIN core.event_incident AS l ON l.incident_id = c.incident_id
    WHERE c.scope = 'incident' AND c.measure IN ('killed', 'injured') AND coalesce(c.high, 1) > 0
    GROUP BY l.event_id
),
sides AS (
    SELECT
        event_id,
        any_value(actor) FILTER (is_first AND place = 1) AS side_1,
        any_value(inter) FILTER (is_first AND place = 1) AS inter_1,
        any_value(country_code) FILTER (is_first AND place = 1) AS code_1,
        any_value(is_generic) FILTER (is_first AND place = 1) AS generic_1,
        string_agg(actor, '; ' ORDER BY nth) FILTER (is_first AND place > 1) AS associates_1,
        any_value(actor) FILTER (NOT is_first AND place = 1) AS side_2,
        any_value(inter) FILTER (NOT is_first AND place = 1) AS inter_2,
        any_value(country_code) FILTER (NOT is_first AND place = 1) AS code_2,
        string_agg(actor, '; ' ORDER BY nth) FILTER (NOT is_first AND place > 1) AS associates_2
    FROM ranked
    GROUP BY event_id
)
SELECT
    e.event_id,
    s.side_1,
    s.inter_1,
    s.code_1,
    coalesce(s.generic_1, true) AS generic_1,
    s.associates_1,
    s.side_2,
    s.inter_2,
    s.code_2,
    s.associates_2,
    coalesce(v.civilians_hit, false) AS civilians_hit,
    coalesce(v.only_civilians, false) AS only_civilians
FROM core.event AS e
LEFT JOIN sides AS s ON s.event_id = e.event_id
LEFT JOIN victim AS v ON v.event_id = e.event_id;
