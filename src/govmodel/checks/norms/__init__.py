"""GM1xx: norms and time."""
