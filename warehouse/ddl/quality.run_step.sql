-- Rows in and out of each step of a run, over all its batches.
CREATE TABLE quality.run_step (
    run_id VARCHAR NOT NULL,
    step VARCHAR NOT NULL,
    rows_in BIGINT NOT NULL,
    rows_out BIGINT NOT NULL,
    rows_quarantined BIGINT NOT NULL,
    seconds DOUBLE
);
