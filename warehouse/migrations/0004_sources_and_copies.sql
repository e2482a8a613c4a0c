-- Sources and what was asked of the web for them; articles that reprint others. Articles that are
-- there already are compared with others when they are read again.
ALTER TABLE raw.article ADD COLUMN updated_at TIMESTAMP;
ALTER TABLE raw.article ADD COLUMN source_name VARCHAR;
CREATE TABLE raw.response (
    response_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    final_url VARCHAR NOT NULL,
    status BIGINT,
    headers VARCHAR NOT NULL,
    fetched_at TIMESTAMP NOT NULL,
    body_sha256 VARCHAR,
    charset VARCHAR,
    purpose VARCHAR NOT NULL CHECK (purpose IN ('page', 'list', 'rows', 'robots')),
    source_name VARCHAR,
    error VARCHAR,
    run_id VARCHAR NOT NULL
);
CREATE TABLE quality.source_run (
    run_id VARCHAR NOT NULL,
    source_name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('completed', 'failed')),
    started_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP NOT NULL,
    since DATE,
    until DATE,
    listed BIGINT,
    articles BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    loaded BIGINT NOT NULL,
    message VARCHAR
);
CREATE TABLE quality.source_day (
    run_id VARCHAR NOT NULL,
    source_name VARCHAR NOT NULL,
    day DATE NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('complete', 'partial', 'unreached'))
);
CREATE TABLE core.article_sketch (
    article_id VARCHAR NOT NULL,
    band SMALLINT NOT NULL,
    sketch_key BIGINT NOT NULL
);
CREATE TABLE core.article_pair (
    article_id VARCHAR NOT NULL,
    other_id VARCHAR NOT NULL,
    similarity DOUBLE NOT NULL
);
CREATE TABLE core.article_copy (
    article_id VARCHAR NOT NULL,
    original_id VARCHAR NOT NULL,
    similarity DOUBLE NOT NULL
);
