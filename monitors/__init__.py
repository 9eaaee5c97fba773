"""Judges a subject's looks, purely: no I/O, no clock, no configuration."""
