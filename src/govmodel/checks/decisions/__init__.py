"""GM3xx: decisions."""
