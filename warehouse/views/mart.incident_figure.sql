-- The toll of each incident with the claim that states it and who says so. That claim is the first
-- that gives the very figure, else the same low, else the first that counts (where the figure is
-- added up). A subset of people counted by the same measure ("two of the dead") states no toll.
-- was: the figures that this account says held before ("rose from three to four"). doubt: 0 as a
-- fact, 1 as an allegation, 2 denied by who speaks of it.
CREATE VIEW mart.incident_figure AS
WITH told AS (
    SELECT
        c.*,
        c.relation = 'update' AND c.parent_claim_id IS NOT NULL AS is_past,
        c.relation = 'subset' AND ends_with(c.parent_claim_id, '-' || c.measure) AS is_subset
    FROM core.current_claim AS c
    WHERE c.scope = 'incident' AND c.incident_id IS NOT NULL
),
stated AS (
    SELECT
        t.incident_id,
        t.measure,
        arg_min(
            c.claim_id,
            {
                'other': CASE
                    WHEN c.best = t.best THEN 0
                    WHEN coalesce(c.best, c.low, c.high) = coalesce(t.best, t.low, t.high) THEN 1
                    ELSE 2
                END,
                'start': c.span_start,
                'claim_id': c.claim_id
            }
        ) FILTER (NOT c.is_past AND NOT coalesce(c.is_subset, false)) AS claim_id,
        list(DISTINCT c.best) FILTER (c.is_past AND c.best <> t.best) AS was
    FROM mart.incident_toll AS t
    JOIN told AS c ON c.incident_id = t.incident_id AND c.measure = t.measure
    GROUP BY t.incident_id, t.measure
)
SELECT
    t.*,
    s.claim_id,
    c.qualifier,
    c.speaker,
    c.speaker_role,
    coalesce(p.authority, 'writer') AS authority,
    coalesce(c.relation = 'update', false) AS is_update,
    coalesce(list_position(['asserted', 'alleged', 'denied'], c.certainty) - 1, 0) AS doubt,
    coalesce(s.was, []) AS was
FROM mart.incident_toll AS t
LEFT JOIN stated AS s ON s.incident_id = t.incident_id AND s.measure = t.measure
LEFT JOIN told AS c ON c.claim_id = s.claim_id
LEFT JOIN core.speaker AS p
    ON p.speaker = c.speaker AND p.speaker_role IS NOT DISTINCT FROM c.speaker_role;
