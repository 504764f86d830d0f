"""GM5xx: offices."""
