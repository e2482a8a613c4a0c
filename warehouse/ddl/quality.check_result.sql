-- What each expectation found in a run, over all its batches.
CREATE TABLE quality.check_result (
    run_id VARCHAR NOT NULL,
    suite VARCHAR NOT NULL,
    expectation VARCHAR NOT NULL,
    severity VARCHAR NOT NULL CHECK (severity IN ('critical', 'warning', 'info')),
    status VARCHAR NOT NULL CHECK (status IN ('passed', 'failed', 'errored')),
    checked BIGINT,
    unexpected BIGINT,
    sentence VARCHAR NOT NULL,
    sample VARCHAR
);
