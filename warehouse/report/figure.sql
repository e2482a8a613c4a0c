-- The independent figures of events on which more than one publisher reports.
SELECT f.event_id, f.measure, f.low, f.best, f.high, f.published_at, f.publishers
FROM mart.event_figure AS f
SEMI JOIN mart.source_agreement AS s
    ON s.event_id = f.event_id AND s.measure = f.measure AND s.n_publishers > 1
ORDER BY f.event_id, f.measure, f.published_at NULLS LAST, f.best;
