"""Fetches and reads pages, feeds and packages; judges nothing."""
