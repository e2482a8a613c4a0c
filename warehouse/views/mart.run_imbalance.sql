-- Runs and steps whose counts do not add up; empty when the books are in order.
CREATE VIEW mart.run_imbalance AS
SELECT
    run_id,
    'run' AS step,
    articles_in AS rows_in,
    loaded + unchanged AS rows_out,
    quarantined AS rows_quarantined
FROM quality.run
WHERE articles_in != loaded + unchanged + quarantined
UNION ALL
SELECT run_id, step, rows_in, rows_out, rows_quarantined
FROM quality.run_step
WHERE rows_in != rows_out + rows_quarantined
ORDER BY run_id, step;
