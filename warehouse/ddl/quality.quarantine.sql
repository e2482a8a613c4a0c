-- What was refused, verbatim, with the reason; released when the same input loads later.
CREATE TABLE quality.quarantine (
    quarantine_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    source VARCHAR,
    line BIGINT,
    key VARCHAR,
    level VARCHAR NOT NULL CHECK (level IN ('article', 'claim', 'incident', 'place', 'date', 'event')),
    reason VARCHAR NOT NULL,
    raw VARCHAR,
    raw_sha256 VARCHAR,
    quarantined_at TIMESTAMP NOT NULL,
    released_at TIMESTAMP
);
