"""Sources of new-media accounts, one module an adapter."""
