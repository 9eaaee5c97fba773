"""Who may use a route, declared beside it; whatever declares nothing is closed to everybody.

@routes.get("/units/{unit_id}")
@allow(*STAFF, Role.UNIT, own=Own.UNIT)
def unit_page(unit_id: str, asked: Asked) -> Response: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, TypeVar

from domain import users
from domain.users import STAFF, Role

F = TypeVar("F", bound=Callable[..., Any])
RULE = "__zwgk_rule__"
DECIDERS = users.DECIDERS
CHECKERS = frozenset({Role.OFFICE, Role.REVIEW, Role.ADMIN})
KEEPERS = frozenset({Role.OFFICE, Role.ADMIN})
"""Who keeps the register of units."""
EVERYBODY = frozenset(Role)


class Own(Enum):
    """How a route that users of a unit may use keeps them to what is their own.

    UNIT, EVENT, CHECK: by the path's `unit_id`, `event_id`, `check_id`; checked before the route is called.
    FILTERS: the route shows nothing of other units by itself.
    """

    UNIT = auto()
    EVENT = auto()
    CHECK = auto()
    FILTERS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`public`: also without a log-in."""

    roles: frozenset[Role] = frozenset()
    own: Own | None = None
    public: bool = False


def allow(*roles: Role, own: Own | None = None) -> Callable[[F], F]:
    """These roles may. Raises TypeError where users of a unit may and nothing keeps them to their own."""
    if Role.UNIT in roles and own is None:
        raise TypeError("a route open to the role 单位 must say own=…")
    return _ruled(Rule(roles=frozenset(roles), own=own))


def public() -> Callable[[F], F]:
    """Everybody may, logged in or not."""
    return _ruled(Rule(public=True))


def staff() -> Callable[[F], F]:
    """Everybody who sees all units."""
    return allow(*STAFF)


def rule_of(endpoint: object) -> Rule | None:
    """What the route declares, None for nothing."""
    found = getattr(endpoint, RULE, None)
    return found if isinstance(found, Rule) else None


def _ruled(rule: Rule) -> Callable[[F], F]:
    def declare(endpoint: F) -> F:
        setattr(endpoint, RULE, rule)
        return endpoint

    return declare
