-- Pairs of accounts that were compared and may tell of one event, whether they were linked or not.
CREATE TABLE core.incident_pair (
    one VARCHAR NOT NULL,
    other VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    reason VARCHAR NOT NULL
);
