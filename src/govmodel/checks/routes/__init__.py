"""GM4xx: routes and accountability."""
