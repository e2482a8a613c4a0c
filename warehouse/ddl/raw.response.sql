-- One row an answer of a server, or the reason why there was none; its bytes are in data/raw.
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
