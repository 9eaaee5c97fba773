"""The console: calls app/, renders. It never crawls and never touches SQL."""
