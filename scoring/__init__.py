"""Clauses and occurrences in, score sheets out: pure."""
