-- The toll of each event and measure as it was known on a day (all of it) or at a moment, such as
-- '2025-07-02' or '2025-07-02 12:00' in UTC; NULL: as it is known now. mart.event_measure_reckoned has the
-- rule; an event of which nothing was reported later is as it is now.
CREATE MACRO mart.event_measure_as_of(moment) AS TABLE
FROM mart.event_measure
WHERE event_id IN (SELECT event_id FROM mart.event_at(moment) WHERE is_settled)
UNION ALL
FROM mart.event_measure_reckoned(moment)
WHERE moment IS NOT NULL;
