"""What lists and exports of events may be asked for: the words in their addresses."""

OPEN = {"open": True, "closed": False}
"""`show` -> EventQuery.open."""
