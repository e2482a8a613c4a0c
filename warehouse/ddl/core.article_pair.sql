-- Two current articles whose texts are the same or nearly so.
CREATE TABLE core.article_pair (
    article_id VARCHAR NOT NULL,
    other_id VARCHAR NOT NULL,
    similarity DOUBLE NOT NULL
);
