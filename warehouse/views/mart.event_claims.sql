-- Every claim of an event's accounts with the sentence that it stands in: mart.claims_in_sentences
-- says how that is cut.
CREATE VIEW mart.event_claims AS
FROM mart.claims_in_sentences(true);
