-- What people have decided of pairs of accounts: a copy of seeds/corrections/links.csv.
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
