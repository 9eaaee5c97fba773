"""A simulated year: what 57 units publish and neglect, what must follow, and what the product says."""
