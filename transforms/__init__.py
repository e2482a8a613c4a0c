"""Pure functions from an article's text to rows: no network, no clock, no database."""
