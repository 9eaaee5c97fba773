"""Turns a month into official documents and tables."""
