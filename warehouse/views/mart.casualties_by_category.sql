-- Who the killed and injured were, over all events whose best figure is known: mart.event_category
-- says how an event's are divided.
CREATE VIEW mart.casualties_by_category AS
SELECT
    category,
    count(DISTINCT event_id) AS n_events,
    coalesce(sum(best) FILTER (measure = 'killed'), 0)::BIGINT AS killed_best,
    coalesce(sum(best) FILTER (measure = 'injured'), 0)::BIGINT AS injured_best
FROM mart.event_category
GROUP BY category
ORDER BY killed_best DESC, category;
