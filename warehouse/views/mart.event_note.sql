-- The sentences that state an event's dead and injured, verbatim, each once, the oldest first, with
-- their languages and speakers: a name in other letters has its Latin ones in brackets beside it.
CREATE VIEW mart.event_note AS
SELECT
    event_id,
    string_agg(sentence, ' | ' ORDER BY published_at NULLS LAST, article_id, span_start) AS notes,
    string_agg(DISTINCT language, ', ' ORDER BY language) AS languages,
    string_agg(DISTINCT voice, '; ' ORDER BY voice) AS speakers
FROM (
    SELECT DISTINCT ON (event_id, sentence)
        event_id,
        sentence,
        published_at,
        article_id,
        span_start,
        language,
        CASE
            WHEN speaker_latin <> speaker THEN speaker || ' [' || speaker_latin || ']'
            ELSE speaker
        END AS voice
    FROM mart.event_claims
    WHERE scope = 'incident'
        AND measure IN ('killed', 'injured', 'hospitalised')
    ORDER BY event_id, sentence, published_at NULLS LAST, article_id, span_start
)
GROUP BY event_id;
