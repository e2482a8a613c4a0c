-- The steps of the newest run that kept books on them.
SELECT s.step, s.rows_in, s.rows_out, s.rows_quarantined, s.seconds
FROM quality.run_step AS s
WHERE s.run_id = (
    SELECT r.run_id
    FROM quality.run AS r SEMI JOIN quality.run_step USING (run_id)
    ORDER BY r.started_at DESC, r.run_id
    LIMIT 1
)
ORDER BY s.rows_in DESC, s.step;
