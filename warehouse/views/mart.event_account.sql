-- Each account of each event: an incident with its event and its article's particulars.
CREATE VIEW mart.event_account AS
SELECT
    l.event_id,
    i.incident_id,
    i.article_id,
    a.publisher,
    a.title,
    a.url,
    a.published_at,
    l.score,
    l.reason,
    l.reprint_of,
    i.date_start,
    i.date_end,
    i.date_prec,
    i.geoname_id,
    i.place_name,
    i.country,
    i.country_code,
    i.admin1,
    i.lat,
    i.lon,
    i.where_prec,
    i.stated_region,
    coalesce(i.region_contradicted, false) AS region_contradicted,
    i.sub_event_type,
    i.weapon,
    i.actors
FROM core.event_incident AS l
JOIN core.current_incident AS i ON i.incident_id = l.incident_id
JOIN core.current_article AS a ON a.article_id = i.article_id;
