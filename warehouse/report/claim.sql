-- The sentence behind each number of an event, oldest first.
SELECT event_id, article_id, publisher, title, url, published_at, measure, low, best, high, qualifier,
    relation, category, speaker, speaker_latin, language, speaker_role, certainty, sentence, quote_start, quote_end
FROM mart.incident_claims
WHERE event_id IS NOT NULL AND scope = 'incident'
ORDER BY event_id, published_at NULLS LAST, article_id, span_start, measure;
