"""GM2xx: membership and quorum."""
