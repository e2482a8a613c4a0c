-- critical, about core.place_mention
-- Every mention of a place or a date belongs to a version of an article that is held.
SELECT mention_id, article_id, version_id
FROM (
    SELECT mention_id, article_id, version_id FROM core.place_mention
    UNION ALL
    SELECT mention_id, article_id, version_id FROM core.date_mention
)
ANTI JOIN raw.article USING (article_id, version_id);
