"""A simulated portal with planted faults; nothing imports it."""
