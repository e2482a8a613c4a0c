-- warning, about core.place_mention
-- A place of the gazetteer lies in one country and one region, in whichever article it is named.
SELECT p.geoname_id, any_value(p.name) AS name,
    list_sort(list(DISTINCT concat_ws(', ', p.admin1, p.country_code))) AS regions
FROM core.place_mention AS p
SEMI JOIN core.current_article AS a ON a.article_id = p.article_id AND a.version_id = p.version_id
WHERE p.geoname_id IS NOT NULL
GROUP BY p.geoname_id
HAVING count(DISTINCT concat_ws(', ', p.admin1, p.country_code)) > 1;
