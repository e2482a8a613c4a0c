-- The expectations of the newest run that checked anything, those that need a person first.
SELECT c.suite, c.expectation, c.severity, c.status, c.checked, c.unexpected, c.sentence, c.sample
FROM quality.check_result AS c
WHERE c.run_id = (
    SELECT r.run_id
    FROM quality.run AS r SEMI JOIN quality.check_result USING (run_id)
    ORDER BY r.started_at DESC, r.run_id
    LIMIT 1
)
ORDER BY
    list_position(['errored', 'failed', 'passed'], c.status),
    list_position(['critical', 'warning', 'info'], c.severity),
    c.unexpected DESC,
    c.expectation;
