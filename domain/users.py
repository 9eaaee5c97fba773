"""Who uses the console: users with one role each, and their sessions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    OFFICE = "办公室"  # does the daily work: decides, checks, drafts
    REVIEW = "审核"  # the second person
    UNIT = "单位"  # sees its own unit only
    ADMIN = "管理员"  # users, settings; no decisions
    READER = "只读"


STAFF = frozenset({Role.OFFICE, Role.REVIEW, Role.ADMIN, Role.READER})
"""Everybody who sees all units."""

DECIDERS = frozenset({Role.OFFICE, Role.REVIEW})
"""Who decides, and signs what another proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """`name`: what is typed to log in; `person`: the name under which deeds are recorded in the log.

    `unit_id`: only of the role 单位, and always there. `id` None until stored.
    """

    name: str
    person: str
    role: Role
    created_at: datetime
    unit_id: str | None = None
    disabled_at: datetime | None = None
    id: int | None = None

    def sees(self, unit_id: str | None) -> bool:
        """Whether what concerns the unit may be shown; None: concerns all units."""
        return self.role in STAFF or (unit_id is not None and unit_id == self.unit_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A log-in. `key`: sha256 of the random id in the cookie, which itself is stored nowhere.

    `csrf`: what every form must carry. Over at `until`, or when unseen for too long (app.logins.IDLE).
    """

    key: str
    user_id: int
    csrf: str
    made_at: datetime
    seen_at: datetime
    until: datetime


class Scope(StrEnum):
    """What a token opens, within what its user's role may."""

    FEED = "订阅"  # the feed of events only; its address is kept by feed readers
    READ = "只读"
    WRITE = "读写"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A user's token for programs; the token itself is stored nowhere, its sha256 is. `label`: what for.

    `id` None until stored.
    """

    user: str
    scope: Scope
    label: str
    made_at: datetime
    revoked_at: datetime | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Throttle:
    """When a name or an address is locked out: so many failures within the window, for so long (seconds)."""

    failures: int
    within_s: float
    lock_s: float
