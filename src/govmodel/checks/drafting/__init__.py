"""GM6xx: drafting of the document."""
