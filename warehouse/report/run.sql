-- The last runs, newest first.
SELECT name, status, started_at, ended_at, seconds, articles_in, loaded, unchanged, quarantined,
    adds_up, message
FROM mart.run_ledger
ORDER BY started_at DESC, run_id
LIMIT 12;
