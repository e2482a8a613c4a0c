-- The toll of each incident with the claim that states it and who says so. That claim is the first
-- that gives the very figure, else the same low, else the first that counts (where the figure is
-- added up). A subset of people counted by the same measure ("two of the dead") states no toll.
-- was: the figures that this account says held before ("rose from three to four"). doubt: 0 as a
-- fact, 1 as an allegation, 2 denied by who speaks of it.
CREATE VIEW mart.incident_figure AS
WITH told AS (
    SELECT
        t.*,
        c.best AS said,
        c.relation = 'update' AND c.parent_claim_id IS NOT NULL AS is_past,
        c.relation = 'subset' AND coalesce(ends_with(c.parent_claim_id, '-' || c.measure), false)
            AS is_subset,
        c.span_start + 1e9 * CASE
            WHEN c.best = t.best THEN 0
            WHEN coalesce(c.best, c.low, c.high) = coalesce(t.best, t.low, t.high) THEN 1
            ELSE 2
        END AS turn,
        {
            'claim_id': c.claim_id,
            'qualifier': c.qualifier,
            'speaker': c.speaker,
            'speaker_role': c.speaker_role,
            'is_update': c.relation = 'update',
            'doubt': list_position(['asserted', 'alleged', 'denied'], c.certainty) - 1
        } AS claim
    FROM mart.incident_toll AS t
    LEFT JOIN core.current_claim AS c
        ON c.incident_id = t.incident_id AND c.measure = t.measure AND c.scope = 'incident'
),
stated AS (
    SELECT
        event_id,
        incident_id,
        measure,
        low,
        best,
        high,
        arg_min(claim, turn) FILTER (NOT is_past AND NOT is_subset) AS claim,
        list(DISTINCT said) FILTER (is_past AND said <> best) AS was
    FROM told
    GROUP BY event_id, incident_id, measure, low, best, high
)
SELECT
    s.event_id,
    s.incident_id,
    s.measure,
    s.low,
    s.best,
    s.high,
    s.claim.claim_id,
    s.claim.qualifier,
    s.claim.speaker,
    s.claim.speaker_role,
    coalesce(p.authority, 'writer') AS authority,
    coalesce(s.claim.is_update, false) AS is_update,
    coalesce(s.claim.doubt, 0) AS doubt,
    coalesce(s.was, []) AS was
FROM stated AS s
LEFT JOIN core.speaker AS p
    ON p.speaker = s.claim.speaker AND p.speaker_role IS NOT DISTINCT FROM s.claim.speaker_role;
