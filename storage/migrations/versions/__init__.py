"""One step a file; a step never imports the tables, which move on without it."""
