-- The figures of each event as independent accounts give them. A reprint that repeats its
-- original's figure is no second source: it only adds to n_accounts, and the figure is as old as
-- the original. A reprint with a new figure has been updated, and its figure counts.
-- The claim and its speaker are those of the account that had the figure first.
CREATE VIEW mart.event_figure AS
WITH told AS (
    SELECT
        coalesce(e.reprint_of, e.incident_id) AS original,
        e.publisher,
        e.published_at,
        f.*
    FROM mart.event_account AS e
    JOIN mart.incident_figure AS f ON f.incident_id = e.incident_id
),
reprinted AS (
    SELECT DISTINCT reprint_of FROM core.event_incident WHERE reprint_of IS NOT NULL
),
family AS (
    SELECT
        told.*,
        row_number() OVER figure AS turn,
        count(*) OVER (figure RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
            AS n_accounts,
        list(publisher) OVER (figure RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
            AS publishers
    FROM told
    SEMI JOIN reprinted AS r ON r.reprint_of = told.original
    WINDOW figure AS (
        PARTITION BY event_id, measure, original, low, best, high
        ORDER BY published_at NULLS LAST, incident_id
    )
)
SELECT
    event_id, measure, original AS incident_id, low, best, high, published_at, 1 AS n_accounts,
    CASE WHEN publisher IS NULL THEN [] ELSE [publisher] END AS publishers,
    claim_id, qualifier, speaker, speaker_role, authority, is_update, doubt, was
FROM told
ANTI JOIN reprinted AS r ON r.reprint_of = told.original
UNION ALL
SELECT
    event_id, measure, original, low, best, high, published_at, n_accounts,
    list_sort(list_distinct(publishers)), claim_id, qualifier, speaker, speaker_role, authority,
    is_update, doubt, was
FROM family
WHERE turn = 1;
