-- The day of an article, so that a text is looked for among those of its time alone.
ALTER TABLE core.article_sketch RENAME TO old_sketch;
CREATE TABLE core.article_sketch (
    article_id VARCHAR NOT NULL,
    day DATE,
    band SMALLINT NOT NULL,
    sketch_key BIGINT NOT NULL
);
INSERT INTO core.article_sketch
SELECT s.article_id, coalesce(a.published_on, a.published_at::DATE), s.band, s.sketch_key
FROM core.old_sketch AS s
JOIN raw.article AS a ON a.article_id = s.article_id AND a.is_current;
DROP TABLE core.old_sketch;
