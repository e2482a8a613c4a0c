-- The toll of each event, a row a measure, with the rule that chose its best figure, the claim that
-- states it and who says so: mart.event_measure_reckoned gives the rule.
CREATE VIEW mart.event_measure AS
FROM mart.event_measure_reckoned(NULL);
