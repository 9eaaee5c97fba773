"""The registry, the rubric and the settings, as data."""
