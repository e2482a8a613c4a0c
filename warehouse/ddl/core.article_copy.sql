-- Current articles that reprint an earlier one; no article is ever deleted for it.
CREATE TABLE core.article_copy (
    article_id VARCHAR NOT NULL,
    original_id VARCHAR NOT NULL,
    similarity DOUBLE NOT NULL
);
