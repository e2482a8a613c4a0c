"""DuckDB: the tables, the loads, the views, and what is published."""
