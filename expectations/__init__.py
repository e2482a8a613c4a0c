"""Great Expectations suites as code, row-level rules and the quality report."""
