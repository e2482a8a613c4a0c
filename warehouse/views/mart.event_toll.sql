-- The toll of each event as it is known now: mart.event_toll_reckoned has the rule.
CREATE VIEW mart.event_toll AS
FROM mart.event_toll_reckoned(NULL);
