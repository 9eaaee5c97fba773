"""Pages, feeds and packages to facts: bytes in, readings out, never an exception, no verdict."""
