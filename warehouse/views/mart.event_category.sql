-- Who the killed and the injured of an event were, by the account that its best figure comes from.
-- The rows of an event and measure add up to the best figure; unknown is the rest. The rule:
--   A claim of more people than best is a rival's and tells nothing of these.
--   A claim that is part of another of the same people ("nine civilians, among them a nurse") is in
--   that one already. What is left of a category is its greatest figure, or the sum of the parts of
--   which the account makes it up, if that is greater.
--   Where that comes to more people than best, parts are not summed; where it still does, the
--   account contradicts itself, and all are unknown.
CREATE VIEW mart.event_category AS
WITH chosen AS (
    SELECT event_id, measure, best, best_incident_id
    FROM mart.event_measure
    WHERE measure IN ('killed', 'injured') AND best IS NOT NULL
),
told AS (
    SELECT
        m.event_id, m.measure, m.best AS total, c.claim_id, c.parent_claim_id, c.category, c.relation,
        c.best,
        CASE
            WHEN c.category IN ('military', 'police') THEN 'state'
            WHEN c.category = 'militant' THEN 'group'
            ELSE 'civilian'
        END AS camp
    FROM chosen AS m
    JOIN core.current_claim AS c ON c.incident_id = m.best_incident_id AND c.measure = m.measure
    WHERE c.scope = 'incident'
        AND c.category <> 'unknown'
        AND c.certainty <> 'denied'
        AND c.best BETWEEN 1 AND m.best
        AND NOT (c.relation = 'update' AND c.parent_claim_id IS NOT NULL)
),
category AS (
    SELECT
        t.event_id,
        t.measure,
        t.category,
        any_value(t.total) AS total,
        max(t.best)::BIGINT AS one,
        greatest(one, coalesce(sum(t.best) FILTER (t.relation = 'part'), 0)::BIGINT) AS made_up
    FROM told AS t
    LEFT JOIN told AS p ON p.claim_id = t.parent_claim_id AND p.camp = t.camp
    WHERE p.claim_id IS NULL
    GROUP BY t.event_id, t.measure, t.category
),
checked AS (
    SELECT
        event_id,
        measure,
        category,
        CASE
            WHEN sum(made_up) OVER whole <= total THEN made_up
            WHEN sum(one) OVER whole <= total THEN one
            ELSE 0
        END AS best
    FROM category
    WINDOW whole AS (PARTITION BY event_id, measure)
),
known AS (
    SELECT event_id, measure, sum(best)::BIGINT AS best
    FROM checked
    GROUP BY event_id, measure
)
SELECT event_id, measure, category, best
FROM checked
WHERE best > 0
UNION ALL
SELECT c.event_id, c.measure, 'unknown', c.best - coalesce(k.best, 0)
FROM chosen AS c
LEFT JOIN known AS k ON k.event_id = c.event_id AND k.measure = c.measure
WHERE c.best > coalesce(k.best, 0);
