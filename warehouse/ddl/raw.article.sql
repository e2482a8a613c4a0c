-- One row a version of an article, verbatim. Nothing is ever deleted; one version is current.
CREATE TABLE raw.article (
    article_id VARCHAR NOT NULL,
    version_id VARCHAR NOT NULL,
    url VARCHAR,
    publisher VARCHAR,
    title VARCHAR,
    author VARCHAR,
    published_at TIMESTAMP,
    language VARCHAR,
    text VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    line BIGINT,
    fetched_at TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL,
    is_current BOOLEAN NOT NULL,
    published_on DATE,
    body_sha256 VARCHAR,
    updated_at TIMESTAMP,
    source_name VARCHAR
);
