-- Links that a person should look at, the most doubtful first; `tollbook review` answers them.
--   linked, but doubtful   the likest pair of an account that is in an event with 0.25 to 0.6
--   apart, but alike       the likest pair of two events, likelier than 0.25 to tell of one
--   decided of other texts a decision that does not hold any more: an article has changed since
-- What a person has decided of the present texts is not asked again.
CREATE VIEW mart.link_review AS
WITH decided AS (
    SELECT d.*, d.one_version = a.version_id AND d.other_version = b.version_id AS holds
    FROM core.link_decision AS d
    JOIN core.current_incident AS a ON a.incident_id = d.one
    JOIN core.current_incident AS b ON b.incident_id = d.other
),
pair AS (
    SELECT
        p.one, p.other, p.score, p.reason, a.event_id AS one_event, b.event_id AS other_event,
        p.score = a.score OR p.score = b.score AS is_best
    FROM core.incident_pair AS p
    JOIN core.event_incident AS a ON a.incident_id = p.one
    JOIN core.event_incident AS b ON b.incident_id = p.other
    ANTI JOIN (FROM decided WHERE holds) AS d ON d.one = p.one AND d.other = p.other
    WHERE p.score >= 0.25
),
question AS (
    SELECT 'linked, but doubtful' AS question, pair.*
    FROM pair
    WHERE one_event = other_event AND is_best AND score < 0.6
    UNION ALL
    SELECT 'apart, but alike', pair.*
    FROM pair
    WHERE one_event <> other_event
    QUALIFY row_number() OVER (
        PARTITION BY least(one_event, other_event), greatest(one_event, other_event)
        ORDER BY score DESC, one, other
    ) = 1
    UNION ALL
    SELECT
        'decided of other texts', d.one, d.other, p.score,
        'decided by ' || d.who || ': ' || d.decision || ', ' || d.reason, a.event_id, b.event_id,
        false
    FROM decided AS d
    JOIN core.event_incident AS a ON a.incident_id = d.one
    JOIN core.event_incident AS b ON b.incident_id = d.other
    LEFT JOIN core.incident_pair AS p ON p.one = d.one AND p.other = d.other
    WHERE NOT d.holds
)
SELECT
    row_number() OVER (
        ORDER BY question <> 'decided of other texts', abs(q.score - 0.45), q.one, q.other
    ) AS rank,
    q.question,
    q.score,
    q.reason,
    q.one,
    a.publisher AS one_publisher,
    a.title AS one_title,
    q.other,
    b.publisher AS other_publisher,
    b.title AS other_title,
    q.one_event,
    q.other_event
FROM question AS q
JOIN mart.event_account AS a ON a.incident_id = q.one
JOIN mart.event_account AS b ON b.incident_id = q.other
ORDER BY rank;
