-- Every current claim with its event, its article and the sentence that it stands in: those of
-- mart.event_claims, and those that belong to no event, whose sentences are cut when asked: name an
-- article or an event; all of a million articles take a minute.
CREATE VIEW mart.incident_claims AS
FROM mart.event_claims
UNION ALL
SELECT * REPLACE (NULL::VARCHAR AS event_id)  -- so that who asks for an event's need not wait for these
FROM mart.claims_in_sentences(false);
