-- What accounts are linked by, all pairs that were compared, and what people have decided of them.
-- Accounts that are there keep their keys unknown until they are read anew.
ALTER TABLE core.incident ADD COLUMN link_keys VARCHAR[];
CREATE TABLE core.incident_pair (
    one VARCHAR NOT NULL,
    other VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    reason VARCHAR NOT NULL
);
CREATE TABLE core.link_decision (
    one VARCHAR NOT NULL,
    other VARCHAR NOT NULL,
    decision VARCHAR NOT NULL,
    one_version VARCHAR NOT NULL,
    other_version VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    decided_on DATE NOT NULL,
    reason VARCHAR NOT NULL
);
