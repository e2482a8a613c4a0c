-- What each source gave in each run.
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
