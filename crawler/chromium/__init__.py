"""Chromium through Playwright: the one room that imports it, entered when the first page needs a browser."""
