-- What the warehouse holds.
SELECT
    (SELECT count(*) FROM core.current_article) AS articles,
    (SELECT count(DISTINCT publisher) FROM core.current_article) AS publishers,
    (SELECT count(*) FROM core.current_claim) AS claims,
    (SELECT count(*) FROM core.event) AS events,
    (SELECT min(published_at) FROM core.current_article) AS first_published_at,
    (SELECT max(published_at) FROM core.current_article) AS last_published_at;
