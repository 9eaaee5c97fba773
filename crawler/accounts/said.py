"""What the adapters of accounts share: refusals by status, values without trust, times of posts."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from crawler.accounts.base import SourceSaid
from crawler.answers import Answer
from domain.readings import AccountReading
from domain.units import Account

REASONS = {401: "auth_expired", 403: "blocked", 404: "not_found", 410: "not_found", 412: "blocked",
           418: "rate_limited", 429: "rate_limited", 432: "blocked", 521: "blocked"}  # fmt: skip
NO_WORDS: Mapping[int, str] = MappingProxyType({})
SKEW = timedelta(minutes=10)
"""How far a platform's clock may run ahead of ours."""


def refused(answer: Answer, whys: Mapping[int, str] = NO_WORDS) -> SourceSaid | None:
    """What a failed answer says by its status, None when there is one to read. `whys`: Chinese, by status."""
    if answer.failure is None:
        return None
    if answer.status is None:
        return SourceSaid(answer=answer)
    reason = REASONS.get(answer.status, "parse_failed")
    why = whys.get(answer.status, answer.failure.why)
    return SourceSaid(answer=answer, reading=AccountReading(reason=reason, why=why))


def no_keys(account: Account) -> AccountReading:
    """A source cannot be asked: the account's key was never filled in."""
    name = account.credential or "（没有写）"
    why = f"没有找到凭据“{name}”的 appid 和 secret；请写进 secrets.yaml，再用 zwgk config check 核对"
    return AccountReading(reason="auth_expired", why=why)


def mapping(value: object) -> Mapping[str, Any]:
    """A JSON object; whatever else stands there is an empty one."""
    return value if isinstance(value, dict) else {}


def objects(value: object) -> Iterator[Mapping[str, Any]]:
    """The objects of an array, or of an object that stands in an array's place (keyed, or the only one)."""
    match value:
        case list():
            yield from (item for item in value if isinstance(item, dict))
        case dict() if value and all(isinstance(item, dict) for item in value.values()):
            yield from value.values()
        case dict() if value:
            yield value


def words(value: object) -> str:
    """A text or number as one storable line, anything else as nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = str(value).encode("utf-8", "replace").decode().replace("\x00", "")
    return " ".join(text.split())


def number(value: object) -> int | None:
    """A whole number, given as one or as text."""
    text = words(value)
    return int(text) if text.removeprefix("-").isdecimal() and len(text) <= 18 else None


def link(value: object) -> str | None:
    """A web address, or None."""
    text = words(value)
    return text if text.startswith(("http://", "https://")) else None


def at_second(value: object) -> datetime | None:
    """Unix seconds, number or text, as a moment."""
    seconds = number(value)
    if seconds is None or not 631_152_000 <= seconds < 7_258_118_400:  # 1990 to 2200
        return None
    return datetime.fromtimestamp(seconds, UTC)


def not_ahead(at: datetime | None, fetched_at: datetime) -> datetime | None:
    """The moment, at most now; None when it lies so far ahead that the time cannot be right."""
    return None if at is None or at > fetched_at + SKEW else min(at, fetched_at)
