-- A toponym in the text and the gazetteer entry that it was resolved to.
CREATE TABLE core.place_mention (
    mention_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    version_id VARCHAR NOT NULL,
    span_start BIGINT NOT NULL,
    span_end BIGINT NOT NULL,
    mention_text VARCHAR NOT NULL,
    geoname_id BIGINT,
    name VARCHAR,
    country VARCHAR,
    country_code VARCHAR,
    admin1 VARCHAR,
    admin1_code VARCHAR,
    admin2 VARCHAR,
    lat DOUBLE,
    lon DOUBLE,
    feature VARCHAR,
    score DOUBLE,
    where_prec SMALLINT,
    stated_region VARCHAR,
    region_contradicted BOOLEAN,
    corrections VARCHAR
);
