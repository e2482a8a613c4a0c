-- Every run with its counts, how long it took and whether the counts add up, newest first.
CREATE VIEW mart.run_ledger AS
SELECT
    run_id,
    name,
    status,
    started_at,
    ended_at,
    epoch(ended_at - started_at) AS seconds,
    articles_in,
    loaded,
    unchanged,
    quarantined,
    articles_in = loaded + unchanged + quarantined AS adds_up,
    message
FROM quality.run
ORDER BY started_at DESC, run_id;
