-- How much of each event was known on a day (all of it) or at a moment: until is the moment's end,
-- is_known that some account was out by then, is_settled that all were. NULL: now, all are settled.
CREATE MACRO mart.event_at(moment) AS TABLE
SELECT
    event_id,
    CASE
        WHEN moment::TIMESTAMP = moment::TIMESTAMP::DATE
        THEN moment::TIMESTAMP + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND
        ELSE moment::TIMESTAMP
    END AS until,
    moment IS NULL OR bool_or(coalesce(published_at <= until, false)) AS is_known,
    moment IS NULL OR bool_and(coalesce(published_at <= until, false)) AS is_settled
FROM mart.event_account
GROUP BY event_id;
