"""Reading government pages, measured: ours beside gne, trafilatura and htmldate (`make bench-extract`)."""
