"""Judges whether 领导信息 moved after news of appointments: a hint for a person, never more (A1-18c)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from domain.clock import local_day
from domain.clues import without_ids
from domain.findings import Finding, Verdict
from domain.looks import Look, SeenRow
from monitors.attribution import folded
from monitors.books import dates_of, titled
from monitors.case import Case, History, Measured, Sheaf
from monitors.walk import READ

SHORTEST = 3
"""Characters a unit's name must have to be looked for in titles: shorter ones stand in other words."""


def mismatched(case: Case, history: History) -> list[Finding]:
    """SUSPECTED when news of an appointment naming the unit is older than `days` and nothing moved since.

    Moved: a newer date shown, a new row, or another number of rows. OK: readable and nothing against it.
    UNKNOWN: not readable. News from before the column was first read proves nothing and is left out.
    Source: 领导班子成员个人信息实时更新; 条例 art. 26, 20 working days, as calendar days in the test.
    """
    findings = []
    news = sorted(_news(case, history), key=lambda one: one[0])
    moved: date | None = None
    before: Look | None = None
    for look in sorted(history.looks, key=lambda one: (one.at, one.id)):
        readable = look.state in READ and look.row_count > 0
        if readable:
            moved = _moved(look, before, moved, history)
            before = look
        findings.append(case.finding(look, _judged(case, look, moved if readable else None, news), history))
    return findings


def _moved(look: Look, before: Look | None, moved: date | None, history: History) -> date:
    """The last day on which the column is known to have changed."""
    today = local_day(look.at)
    if before is None or moved is None or before.row_count != look.row_count:
        return today
    new = [local_day(row.first_seen_at) for row in history.rows if row.first_seen_at <= look.at]
    dated = [look.newest_on] if look.newest_on is not None and look.newest_on <= today else []
    return max([moved, *new, *dated])


def _news(case: Case, history: History) -> Iterator[tuple[date, SeenRow, Sheaf]]:
    names = [name for name in map(folded, case.names) if len(name) >= SHORTEST]
    for sheaf in history.columns:
        for row in sheaf.rows:
            days = dates_of(row)
            if days and titled(row.title, case.test.titles) and _named(row.title, names):
                yield max(days), row, sheaf


def _named(title: str, names: Sequence[str]) -> bool:
    said = folded(title)
    return any(name in said for name in names)


def _judged(case: Case, look: Look, moved: date | None, news: list[tuple[date, SeenRow, Sheaf]]) -> Measured:
    limit_days = case.test.limit("days")
    limit = f"任免后{limit_days}天内更新领导信息"
    if moved is None:
        why = look.why if look.state not in READ else "页面上没有读到领导信息条目"
        return Measured(verdict=Verdict.UNKNOWN, why=why, limit=limit)
    last_day = local_day(look.at) - timedelta(days=limit_days + 1)
    waiting = [one for one in news if moved < one[0] <= last_day and one[1].first_seen_at <= look.at]
    if not waiting:
        return Measured(
            verdict=Verdict.OK, why="未见晚于领导信息变动的任免消息", limit=limit, newest_on=moved
        )
    day, row, sheaf = waiting[0]
    title = without_ids(row.title)
    why = f"“{sheaf.name}”{day}发布《{title}》，此后领导信息未见变动（最近{moved}），请人工核对"
    age = (local_day(look.at) - day).days
    return Measured(verdict=Verdict.SUSPECTED, why=why, measured=f"已过{age}天", limit=limit, newest_on=moved)
