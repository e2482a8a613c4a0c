-- What each account says of an actor's part in the event, with the words and who says so:
--   attacker, target  as the clause tells it        blamed     by another's word
--   claimed, denied   by the actor's own word       unclaimed  that nobody owns up; actor is NULL
-- actor is NULL also where who owns up is not in the lexicon: quote has the words.
CREATE VIEW mart.actor_role AS
WITH told AS (
    SELECT incident_id, unnest(from_json(actor_roles, '["json"]')) AS part
    FROM core.current_incident
)
SELECT
    e.event_id,
    e.incident_id,
    e.article_id,
    e.publisher,
    e.published_at,
    t.part ->> 'role' AS role,
    t.part ->> 'actor' AS actor,
    t.part ->> 'speaker' AS speaker,
    latin(speaker, a.language) AS speaker_latin,
    t.part ->> 'speaker_role' AS speaker_role,
    (t.part ->> 'start')::BIGINT AS span_start,
    (t.part ->> 'end')::BIGINT AS span_end,
    t.part ->> 'text' AS quote
FROM told AS t
JOIN mart.event_account AS e ON e.incident_id = t.incident_id
JOIN core.current_article AS a ON a.article_id = e.article_id
ORDER BY e.event_id, e.published_at NULLS LAST, e.incident_id, span_start;
