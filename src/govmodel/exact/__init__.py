"""Closed forms: coalitions, time, chances. Exact where the inputs are."""
