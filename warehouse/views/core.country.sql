-- Countries by the codes of other records.
CREATE VIEW core.country AS
SELECT
    code AS country_code,
    iso3,
    nullif(iso, '')::INTEGER AS iso,
    nullif(gwno, '')::INTEGER AS gwno,
    name AS country,
    acled_region
FROM seed('codes/countries.csv');
