"""Messages that go out by themselves: to whom, and what one of them says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

OFFICE, REVIEW, ADMIN = "办公室", "审核", "管理员"
NOTIFIED = (OFFICE, REVIEW, ADMIN)
"""Roles that hear by messages: of the nights, 审核 of what it has to decide; everybody else is a unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """`name`: under which the secret addresses are kept; `to`: 办公室, 审核, 管理员, or a unit's id."""

    name: str
    to: str

    @property
    def key(self) -> str:
        """What was sent is remembered by this."""
        return f"{self.name}>{self.to}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing to tell. `topic`: told to a recipient once; `part`: the heading it stands under."""

    topic: str
    part: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """All that is new to a recipient, in one message."""

    recipient: Recipient
    title: str
    text: str
    topics: Sequence[str]


class Outcome(StrEnum):
    """What became of a recipient's digest."""

    SENT = "已发送"
    WOULD = "将发送"
    NOTHING = "没有新内容"
    TODAY = "今天已发过"
    QUIET = "免打扰时段"
    FAILED = "没有发出"
    NO_ADDRESS = "没有填写地址"
    NO_UNIT = "没有这个单位"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A topic told to a recipient (Recipient.key)."""

    recipient: str
    topic: str
    at: datetime
