-- One event, told by one or more incidents. What is known of it is in mart.event_toll.
CREATE TABLE core.event (
    event_id VARCHAR NOT NULL,
    n_incidents BIGINT NOT NULL,
    n_articles BIGINT NOT NULL,
    run_id VARCHAR NOT NULL
);
