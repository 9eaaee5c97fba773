"""/api/v1: the console's functions for programs; JSON as the commands print it (docs/schemas)."""
