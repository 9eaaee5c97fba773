"""Are the sources of accounts well? Told by the looks that are stored; never anything against a unit.

A source is an adapter at a host. It fails when none of its accounts could be read the last time each was
looked at, or when one says that a key or a login has run out.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.office import Office
from crawler.addresses import host_of
from domain.clock import BEIJING, local_day
from domain.looks import Look, LookKind
from domain.readings import AccountReading
from domain.units import Account

TASK, BACK = "source", "source_back"
BACK_FOR = timedelta(days=3)
"""So long the word that a source is well again stays a task."""

ANSWERS = frozenset({"ok", "empty"})
EXPIRED = "auth_expired"
NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """One source. `answered`: accounts read at their last look; `expired`: whose key or login ran out.

    `last_ok_at`: when it last gave an account's posts, by its own word where it is an intermediary.
    `last_failure`: of an account whose key or login ran out, where there is one. `failing_since` None: it is
    well, or was never asked.
    """

    source: str
    host: str
    accounts: int
    answered: int
    expired: tuple[str, ...] = ()
    last_ok_at: datetime | None = None
    last_failed_at: datetime | None = None
    last_failure: str = ""
    failing_since: datetime | None = None

    @property
    def key(self) -> str:
        return f"{self.source} {self.host}"


def sources(office: Office) -> list[SourceHealth]:
    """Every source of an account valid today, by name."""
    today, by_source = local_day(office.now()), defaultdict(list)
    for account in office.registry.accounts:
        valid = account.valid_on(today) and office.registry.unit(account.unit_id).valid_on(today)
        if valid and not account.by_hand:
            by_source[account.source, host_of(account.url) or ""].append(account)
    return [_health(office, *key, accounts) for key, accounts in sorted(by_source.items())]


def alarm(office: Office) -> None:
    """One task when a source begins to fail, one when it is well again."""
    at, found = office.now(), sources(office)
    open_now = {(task.kind, task.subject): task for task in office.archive.tasks()}
    for one in found:
        if one.failing_since is not None:
            office.archive.open_task(TASK, one.key, _failing(one), at=at)
            office.archive.close_task(BACK, one.key, at=at)
        elif (TASK, one.key) in open_now and one.answered:
            office.archive.close_task(TASK, one.key, at=at)
            since = _moment(open_now[TASK, one.key].opened_at)
            detail = f"来源恢复正常（{since}起曾读不到），其间的账号只是无法判定，没有扣分；不用处理"
            office.archive.open_task(BACK, one.key, detail, at=at)
    known = {one.key for one in found}
    for (kind, key), task in open_now.items():
        old = kind == BACK and at - task.opened_at >= BACK_FOR
        if old or (kind in {TASK, BACK} and key not in known):
            office.archive.close_task(kind, key, at=at)


def _health(office: Office, source: str, host: str, accounts: Sequence[Account]) -> SourceHealth:
    looked = {account.name: _looks(office, account) for account in accounts}
    seen = {name: looks for name, looks in looked.items() if looks}
    every = [look for looks in seen.values() for look in looks]
    expired = {name: looks for name, looks in seen.items() if _reason(looks[-1]) == EXPIRED}
    to_blame = [looks[-1] for looks in expired.values()] or [one for one in every if not _answered(one)]
    failed = max(to_blame, key=lambda one: one.at, default=None)
    answered = sum(_answered(looks[-1]) for looks in seen.values())
    since = None
    if expired:
        since = min(_since(looks, lambda one: _reason(one) != EXPIRED) for looks in expired.values())
    elif seen and not answered:
        since = max(_since(looks, _answered) for looks in seen.values())
    return SourceHealth(
        source=source, host=host, accounts=len(accounts), answered=answered, expired=tuple(expired),
        last_ok_at=max((at for look in every if (at := _synced_at(look))), default=None),
        last_failed_at=failed.at if failed else None, last_failure=failed.why if failed else "",
        failing_since=since,
    )  # fmt: skip


def _looks(office: Office, account: Account) -> list[Look]:
    """What was asked of the source itself, at the account's present address."""
    looks = office.archive.looks_of(account.subject_id)
    return [one for one in looks if one.look is not LookKind.ATTESTED and one.url == account.url]


def _reason(look: Look) -> str:
    return look.reading.reason if isinstance(look.reading, AccountReading) else ""


def _answered(look: Look) -> bool:
    return _reason(look) in ANSWERS


def _synced_at(look: Look) -> datetime | None:
    reading = look.reading
    if not isinstance(reading, AccountReading) or reading.reason != "ok":
        return None
    return reading.source_synced_at or look.at


def _since(looks: Sequence[Look], well: Callable[[Look], bool]) -> datetime:
    """The first of the bad looks at the end."""
    first = looks[-1]
    for look in reversed(looks):
        if well(look):
            break
        first = look
    return first.at


def _failing(one: SourceHealth) -> str:
    since = _moment(one.failing_since or one.last_failed_at)
    if one.expired:
        more = f"等{len(one.expired)}个" if len(one.expired) > NAMED else ""
        who = f"{'、'.join(one.expired[:NAMED])}{more}的凭据或登录已失效"
    else:
        who = f"{one.accounts}个账号都读不到"
    return f"来源自{since}起不正常：{who}（{one.last_failure}）。这些账号只是无法判定，不会扣分"


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}" if at else ""
