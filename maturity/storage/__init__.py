"""The cellar: the only room that knows DuckDB and PostgreSQL."""
