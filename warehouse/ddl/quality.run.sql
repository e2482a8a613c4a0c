-- The ledger: one row a run of the pipeline, with the process that ran it.
CREATE TABLE quality.run (
    run_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    status VARCHAR NOT NULL CHECK (status IN ('running', 'completed', 'failed', 'crashed')),
    articles_in BIGINT NOT NULL,
    loaded BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    quarantined BIGINT NOT NULL,
    message VARCHAR,
    pid BIGINT NOT NULL,
    host VARCHAR NOT NULL,
    process VARCHAR
);
