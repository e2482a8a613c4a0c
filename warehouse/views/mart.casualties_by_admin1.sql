-- Tolls of a first-level region, as the gazetteer assigns it; mart.casualties_by says how they are
-- summed.
CREATE VIEW mart.casualties_by_admin1 AS
FROM mart.casualties_by({'country': country, 'country_code': country_code, 'admin1': admin1})
ORDER BY country NULLS LAST, admin1 NULLS LAST;
