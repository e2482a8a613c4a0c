-- warning, about mart.correction
-- Where the number of a claim was put right, the toll of its incident was put right as well.
SELECT c.key AS claim_id, c.field, c.read_as, c.corrected_to, c.incident_id,
    l.measure || '_' || c.field AS toll
FROM mart.correction AS c
JOIN core.current_claim AS l ON l.claim_id = c.key
ANTI JOIN mart.correction AS t
    ON t.key = c.incident_id AND t.field = l.measure || '_' || c.field
WHERE c.field IN ('low', 'best', 'high') AND c.incident_id IS NOT NULL;
