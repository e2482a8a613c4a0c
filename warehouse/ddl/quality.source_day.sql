-- How far each source was had for each day that a backfill asked for.
CREATE TABLE quality.source_day (
    run_id VARCHAR NOT NULL,
    source_name VARCHAR NOT NULL,
    day DATE NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('complete', 'partial', 'unreached'))
);
