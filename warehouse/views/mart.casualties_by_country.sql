-- Tolls of a country; mart.casualties_by says how they are summed.
CREATE VIEW mart.casualties_by_country AS
FROM mart.casualties_by({'country': country, 'country_code': country_code})
ORDER BY country NULLS LAST;
