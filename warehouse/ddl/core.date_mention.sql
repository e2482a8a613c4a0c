-- A date expression in the text and the days that it covers.
CREATE TABLE core.date_mention (
    mention_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    version_id VARCHAR NOT NULL,
    span_start BIGINT NOT NULL,
    span_end BIGINT NOT NULL,
    mention_text VARCHAR NOT NULL,
    date_start DATE,
    date_end DATE,
    date_prec SMALLINT,
    corrections VARCHAR
);
