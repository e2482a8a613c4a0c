-- Reprints beside their originals, by title and publisher.
CREATE VIEW mart.article_copies AS
SELECT
    c.article_id,
    a.publisher,
    a.title,
    a.published_at,
    c.original_id,
    o.publisher AS original_publisher,
    o.title AS original_title,
    o.published_at AS original_published_at,
    c.similarity
FROM core.article_copy AS c
JOIN core.current_article AS a ON a.article_id = c.article_id
JOIN core.current_article AS o ON o.article_id = c.original_id;
