-- critical, about core.article_copy
-- The article that another reprints is held and counts.
SELECT article_id, original_id
FROM core.article_copy AS c
ANTI JOIN core.current_article AS a ON a.article_id = c.original_id;
