-- critical, about core.event
-- What is concluded is kept of every event, and of no other.
SELECT event_id, e.event_id IS NULL AS is_gone
FROM core.event AS e
FULL JOIN mart.event_toll AS t USING (event_id)
WHERE e.event_id IS NULL OR t.event_id IS NULL;
