-- The version of each article that counts now.
CREATE VIEW core.current_article AS
SELECT * FROM raw.article WHERE is_current;
