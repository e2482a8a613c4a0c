-- What near-duplicates have in common: some keys of each article's current text, and its day.
CREATE TABLE core.article_sketch (
    article_id VARCHAR NOT NULL,
    day DATE,
    band SMALLINT NOT NULL,
    sketch_key BIGINT NOT NULL
);
