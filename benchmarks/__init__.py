"""What Tollbook costs, measured: ``make bench``. See docs/speed.md for how to read the figures."""
