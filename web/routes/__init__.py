"""One module a noun; each has `routes`, listed in web.main.ROUTES."""
