-- How well the harm of an event is established, after Airwars' grades. The first that holds:
--   discounted  casualties are denied, and nobody asserts any
--   contested   who speaks for a party denies what others assert, or two parties to the fight give
--               figures of one measure that cannot both be right, or two claim responsibility
--   confirmed   the attacker claims responsibility, or states the harm: whom an account names as
--               attacker, or an army that counts fighters and an armed group that counts soldiers
--               among the dead and wounded
--   fair        two or more publishers report it, each in words of its own
--   weak        one source
-- A denial outside of any incident is about the only one that its article tells of.
-- Only events of which an account tells of killed or injured people are graded.
CREATE VIEW mart.event_grade AS
WITH lone AS (
    SELECT min(incident_id) FROM core.current_incident GROUP BY article_id HAVING count(*) = 1
),
told AS (
    SELECT
        l.event_id,
        c.measure,
        c.low,
        c.best,
        c.high,
        c.certainty,
        c.speaker,
        s.authority,
        s.authority IN ('army', 'rebels') AS is_party,
        CASE s.authority
            WHEN 'army' THEN c.category = 'militant'
                OR (s.actor = i.actors[1] AND c.category NOT IN ('military', 'police'))
            WHEN 'rebels' THEN c.category IN ('military', 'police')
                OR (s.actor = i.actors[1] AND c.category <> 'militant')
        END AS is_attacker
    FROM core.current_claim AS c
    JOIN core.current_incident AS i ON i.article_id = c.article_id
    JOIN core.event_incident AS l ON l.incident_id = i.incident_id
    LEFT JOIN core.speaker AS s
        ON s.speaker = c.speaker AND s.speaker_role IS NOT DISTINCT FROM c.speaker_role
    WHERE c.measure IN ('killed', 'injured')
        AND CASE
            WHEN c.incident_id IS NULL THEN c.certainty = 'denied' AND i.incident_id IN (FROM lone)
            ELSE c.incident_id = i.incident_id
                AND c.scope = 'incident'
                AND (coalesce(c.high, c.best, c.low) > 0 OR c.certainty = 'denied')
        END
),
heard AS (
    SELECT
        event_id,
        count(*) FILTER (certainty <> 'denied') AS n_asserted,
        min(speaker) FILTER (certainty = 'denied') AS denier,
        bool_or(certainty = 'denied') AS is_denied,
        min(speaker) FILTER (is_attacker AND certainty <> 'denied') AS attacker
    FROM told
    GROUP BY event_id
),
rival AS (
    SELECT event_id, min(measure) AS measure, min(speaker) AS one, max(speaker) AS other
    FROM (
        SELECT
            event_id, measure, authority, min(speaker) AS speaker,
            max(coalesce(low, best)) AS least, max(coalesce(high, best)) AS most
        FROM told
        WHERE is_party AND certainty <> 'denied'
        GROUP BY event_id, measure, authority
    )
    GROUP BY event_id, measure
    HAVING count(*) > 1 AND max(least) > min(most)
),
owner AS (
    SELECT
        event_id,
        list_sort(list(DISTINCT actor) FILTER (actor IS NOT NULL)) AS actors,
        min(coalesce(actor, speaker, quote)) AS name
    FROM mart.actor_role
    WHERE role = 'claimed'
    GROUP BY event_id
),
source AS (
    SELECT
        event_id,
        count(DISTINCT coalesce(publisher, article_id)) FILTER (reprint_of IS NULL) AS n_sources
    FROM mart.event_account
    GROUP BY event_id
)
SELECT
    s.event_id,
    CASE
        WHEN h.n_asserted = 0 THEN 'discounted'
        WHEN h.is_denied OR r.event_id IS NOT NULL OR len(o.actors) > 1 THEN 'contested'
        WHEN h.attacker IS NOT NULL OR o.event_id IS NOT NULL THEN 'confirmed'
        WHEN s.n_sources > 1 THEN 'fair'
        ELSE 'weak'
    END AS grade,
    CASE grade
        WHEN 'discounted' THEN 'casualties are denied by ' || coalesce(h.denier, 'the account')
            || ' and asserted by nobody'
        WHEN 'contested' THEN CASE
            WHEN h.is_denied THEN 'denied by ' || coalesce(h.denier, 'one account')
            WHEN r.event_id IS NOT NULL
            THEN r.one || ' and ' || r.other || ' give rival figures of ' || r.measure
            ELSE o.actors[1] || ' and ' || o.actors[2] || ' both claim responsibility'
        END
        WHEN 'confirmed' THEN coalesce(o.name || ' claims responsibility', h.attacker || ', a party to the fight, states the harm to the other side')
        WHEN 'fair' THEN s.n_sources || ' publishers report it, each in words of its own'
        ELSE 'a single source'
    END AS grade_reason
FROM source AS s
JOIN heard AS h ON h.event_id = s.event_id
LEFT JOIN owner AS o ON o.event_id = s.event_id
LEFT JOIN (SELECT DISTINCT ON (event_id) * FROM rival ORDER BY event_id, measure) AS r
    ON r.event_id = s.event_id;
