-- Kinds of event with their event and disorder types.
CREATE VIEW core.sub_event AS
SELECT sub_event_type, event_type, disorder_type
FROM seed('codes/sub_events.csv');
