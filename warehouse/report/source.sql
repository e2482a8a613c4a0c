-- Each source that was read: its last run, and what it gave.
SELECT source_name, kind, status, ended_at, last_completed_at, listed, articles, loaded, refused, held,
    holes, message
FROM mart.source_health
ORDER BY source_name;
