"""Use cases, the only wiring: crawl, judge, decide, close a month."""
