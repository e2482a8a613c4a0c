-- What is in quarantine, by level and reason, with one example of where it came from.
SELECT level, reason, count(*) AS n, min(coalesce(source, '') || coalesce(':' || line, '')) AS example
FROM quality.quarantine
WHERE released_at IS NULL
GROUP BY level, reason
ORDER BY n DESC, level, reason
LIMIT 100;
