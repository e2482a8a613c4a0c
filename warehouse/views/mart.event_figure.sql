-- The figures of each event as independent accounts give them. A reprint that repeats its
-- original's figure is no second source: it only adds to n_accounts, and the figure is as old as
-- the original. A reprint with a new figure has been updated, and its figure counts.
-- The claim and its speaker are those of the account that had the figure first.
CREATE VIEW mart.event_figure AS
WITH told AS (
    SELECT
        e.event_id,
        coalesce(e.reprint_of, e.incident_id) AS original,
        e.publisher,
        e.published_at,
        f.*,
        row_number() OVER (
            PARTITION BY e.event_id, f.measure, original, f.low, f.best, f.high
            ORDER BY e.published_at NULLS LAST, e.incident_id
        ) AS turn
    FROM mart.event_account AS e
    JOIN mart.incident_figure AS f ON f.incident_id = e.incident_id
)
SELECT
    event_id,
    measure,
    original AS incident_id,
    low,
    best,
    high,
    min(published_at) AS published_at,
    count(*) AS n_accounts,
    list_sort(list(DISTINCT publisher) FILTER (publisher IS NOT NULL)) AS publishers,
    any_value(claim_id) FILTER (turn = 1) AS claim_id,
    any_value(qualifier) FILTER (turn = 1) AS qualifier,
    any_value(speaker) FILTER (turn = 1) AS speaker,
    any_value(speaker_role) FILTER (turn = 1) AS speaker_role,
    any_value(authority) FILTER (turn = 1) AS authority,
    bool_or(is_update) FILTER (turn = 1) AS is_update,
    any_value(doubt) FILTER (turn = 1) AS doubt,
    flatten(list(was)) AS was
FROM told
GROUP BY event_id, measure, original, low, best, high;
