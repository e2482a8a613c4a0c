-- warning, about mart.incident_toll
-- An incident's number rests on a claim of its article that counts the same.
SELECT t.incident_id, t.measure, t.low, t.best, t.high
FROM mart.incident_toll AS t
ANTI JOIN core.current_claim AS c
    ON c.incident_id = t.incident_id
    AND (
        c.measure = t.measure
        OR (t.measure = 'injured' AND c.measure IN ('hospitalised', 'critically_injured'))
    );
