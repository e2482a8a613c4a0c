-- The figures of each event as independent accounts give them. A reprint that repeats its
-- original's figure is no second source: it only adds to n_accounts, and the figure is as old as
-- the original. A reprint with a new figure has been updated, and its figure counts.
CREATE VIEW mart.event_figure AS
SELECT
    e.event_id,
    t.measure,
    coalesce(e.reprint_of, e.incident_id) AS incident_id,
    t.low,
    t.best,
    t.high,
    min(e.published_at) AS published_at,
    count(*) AS n_accounts,
    list_sort(list(DISTINCT e.publisher) FILTER (e.publisher IS NOT NULL)) AS publishers
FROM mart.event_account AS e
JOIN mart.incident_toll AS t ON t.incident_id = e.incident_id
GROUP BY e.event_id, t.measure, coalesce(e.reprint_of, e.incident_id), t.low, t.best, t.high;
