-- One row: which version of the schema this warehouse has.
CREATE TABLE quality.schema_version (
    version BIGINT NOT NULL,
    fingerprint VARCHAR NOT NULL,
    applied_at TIMESTAMP NOT NULL
);
