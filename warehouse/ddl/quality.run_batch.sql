-- One row a committed batch of a run: a batch that is loaded again by a retry counts once.
CREATE TABLE quality.run_batch (
    run_id VARCHAR NOT NULL,
    batch BIGINT NOT NULL,
    articles_in BIGINT NOT NULL,
    loaded BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    quarantined BIGINT NOT NULL,
    CHECK (articles_in = loaded + unchanged + quarantined)
);
