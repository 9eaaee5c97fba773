"""JSON objects that programs depend on: the commands print them, the API gives them (docs/schemas)."""
