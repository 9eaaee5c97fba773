"""Templates: strict, escaped; what every page knows."""

from functools import cache
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from web.menu import admin_tabs, menu_of
from web.words import FILTERS, WORDS


@cache
def environment() -> Environment:
    """One for all consoles of a process: a template is compiled once."""
    made = Environment(
        loader=PackageLoader("web"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        autoescape=select_autoescape(default=True, default_for_string=True),
    )  # fmt: skip
    made.filters.update(FILTERS)
    made.globals.update(WORDS, menu_of=menu_of, admin_tabs=admin_tabs)
    return made


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """The template filled in. Every template also has `me` (the user or None), `csrf`, `path`."""
    ask = getattr(request.state, "ask", None)
    who = ask.who if ask is not None else None
    shared = {
        "me": who.user if who is not None else None,
        "csrf": who.session.csrf if who is not None else "",
        "has_token": _has_token(ask),
        "path": request.url.path,
        "simulation": ask.office.archive.simulation if ask is not None else False,
        "now": ask.office.now() if ask is not None else None,
        "office_name": ask.office.settings.office_name if ask is not None else "",
    }
    templates: Environment = request.app.state.templates
    return HTMLResponse(templates.get_template(template).render(**shared, **values), status)


def _has_token(ask: Any) -> bool:
    """Whether who is logged in uses programs too: then the foot leads to their interface."""
    if ask is None or ask.who is None or ask.who.user.id is None:
        return False
    return bool(ask.office.archive.has_token(ask.who.user.id))
