-- Which incidents tell of which event, how sure that is and why.
CREATE TABLE core.event_incident (
    event_id VARCHAR NOT NULL,
    incident_id VARCHAR NOT NULL,
    score DOUBLE,
    reason VARCHAR NOT NULL,
    block_id VARCHAR NOT NULL,
    reprint_of VARCHAR
);
