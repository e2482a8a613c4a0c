-- What one passage of one version of an article says of one measure. Permanent.
CREATE TABLE core.claim (
    claim_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    version_id VARCHAR NOT NULL,
    incident_id VARCHAR,
    measure VARCHAR NOT NULL,
    low BIGINT,
    best BIGINT,
    high BIGINT,
    qualifier VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    parent_claim_id VARCHAR,
    category VARCHAR NOT NULL,
    sex VARCHAR,
    age_group VARCHAR,
    speaker VARCHAR,
    speaker_role VARCHAR,
    certainty VARCHAR NOT NULL,
    span_start BIGINT NOT NULL,
    span_end BIGINT NOT NULL,
    quote VARCHAR NOT NULL
);
