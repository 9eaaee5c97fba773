"""The sources of accounts and apps as their own servers answer, one module a source."""
