"""Judges columns: is a list up to date (A1-11, A1-18a), is the directory opened (A1-10)."""

from datetime import date

from domain.findings import Finding, Verdict
from domain.looks import Look
from domain.readings import PageState
from domain.rubric import Test
from monitors.case import Case, History, Measured
from monitors.limits import for_the_young, in_time, lapses_on, limit_text
from monitors.walk import READ, ColumnSeen, walk

UNDATED = "栏目的信息都没有注明发布日期"
GONE = frozenset({404, 410})


def stale(case: Case, history: History) -> list[Finding]:
    """Breach when the newest entry is older than the test's limit on the look's Beijing day.

    SUSPECTED: empty, undated, another trusted date makes it in time, or a row without any date was first
    seen within the limit. UNKNOWN: no answer, not recognised, newest date moved backwards, a row dated ahead
    is missed since its day came, rows of a shared column not attributed, window not covered.
    A unit younger than the limit is only SUSPECTED.
    Raises RubricError if the test carries no limit. Source: test's quoted clause, design.md §4.
    """
    return [
        case.finding(seen.look, for_the_young(case, _stale(seen, case, history), seen.day), history)
        for seen in walk(case, history)
    ]


def _stale(seen: ColumnSeen, case: Case, history: History) -> Measured:
    test, state, shared = case.test, seen.look.state, history.units_of is not None
    known = seen.newest_on is not None and in_time(seen.newest_on, seen.day, test)
    if state not in READ or seen.unresolved or (seen.backwards and state is PageState.OK):
        return Measured(verdict=Verdict.UNKNOWN, why=_unknown_why(seen), limit=limit_text(test))
    if shared and not known and not _whole(seen.look):
        return Measured(verdict=Verdict.UNKNOWN, why=NOT_WHOLE, limit=limit_text(test))
    if state is not PageState.OK and not shared:
        if known:
            why = f"{seen.look.why}；但此前见过的条目仍在期限内"
            return Measured(verdict=Verdict.UNKNOWN, why=why, limit=limit_text(test))
        why = seen.look.why if state is PageState.EMPTY else UNDATED
        return Measured(verdict=Verdict.SUSPECTED, why=why, limit=limit_text(test), measured="无日期")
    if seen.newest_on is None:
        return _nothing(seen, test, shared=shared)
    return _measured(seen, seen.newest_on, test, shared=shared)


NOT_WHOLE = "共用栏目尚未翻到期限之前，不能断定本单位没有发布"


def _whole(look: Look) -> bool:
    """Whether nothing of a unit can stand on a shared column that the look did not show."""
    return look.state is PageState.OK and look.window_covered


def _nothing(seen: ColumnSeen, test: Test, *, shared: bool) -> Measured:
    """No dated row (of this unit) is known."""
    if seen.other_on is not None and in_time(seen.other_on, seen.day, test):
        why = f"列表未显示日期，但另有日期{seen.other_on}在期限内，须人工判断"
        return Measured(verdict=Verdict.SUSPECTED, why=why, limit=limit_text(test), measured="无日期")
    if not shared:
        why = "栏目的信息没有可用的发布日期（没有注明，或者注明的日期还没有到）"
        return Measured(verdict=Verdict.SUSPECTED, why=why, limit=limit_text(test), measured="无日期")
    verdict, why = _late(seen, test, "期限内的共用栏目中没有本单位发布的信息", shown_on=None)
    return Measured(verdict=verdict, why=why, limit=limit_text(test), measured="期限内0条")


def _measured(seen: ColumnSeen, newest_on: date, test: Test, *, shared: bool) -> Measured:
    age = (seen.day - newest_on).days
    verdict, why = Verdict.OK, f"最新一条日期为{newest_on}"
    if not in_time(newest_on, seen.day, test):
        verdict, why = _late(seen, test, why, shown_on=None if shared else seen.look.newest_on)
    return Measured(
        verdict=verdict, why=why, measured=f"距今{age}天", limit=limit_text(test), newest_on=newest_on,
        date_source=seen.date_source, lapses_on=lapses_on(newest_on, test),
    )  # fmt: skip


def _late(seen: ColumnSeen, test: Test, why: str, *, shown_on: date | None) -> tuple[Verdict, str]:
    """The newest date is late: a breach, unless something seen may be in time all the same.

    `shown_on`: what the page shows, against a person's word. A row without a date was published by the day
    of its first sight: one that has stood longer than the limit, such as a pinned link, changes nothing.
    """

    def may_be(on: date | None) -> bool:
        return on is not None and in_time(on, seen.day, test)

    for other in (seen.other_on, shown_on):
        if may_be(other):
            return Verdict.SUSPECTED, f"{why}，但另有日期{other}在期限内，须人工判断"
    if may_be(seen.undated_on):
        why = f"{why}，但有信息没有可读的日期（{seen.undated_on}首次见到），可能在期限内，须人工判断"
        return Verdict.SUSPECTED, why
    if may_be(seen.missing_on):
        return Verdict.UNKNOWN, f"{why}，但此前见过日期为{seen.missing_on}的信息，现在页面上没有"
    return Verdict.BREACH, why


def _unknown_why(seen: ColumnSeen) -> str:
    if seen.look.state not in READ:
        return seen.look.why
    if seen.unresolved:
        return f"共用栏目有{seen.unresolved}条信息的发布机构未能对应到单位，先由办公室处理"
    return f"页面最新日期（{seen.look.newest_on}）早于此前所见（{seen.shown_before}），可能是旧备份或改版"


def opened(case: Case, history: History) -> list[Finding]:
    """A1-10, A1-19: is the directory (办事服务 …) open to the public? OK with at least one entry.

    SUSPECTED: empty, or "not found" on an address that never worked; a person decides.
    UNKNOWN: "not found" on one that worked before (registry task), no answer, not recognised.
    """
    statuses = frozenset({200}) | GONE
    what = case.test.kinds[0] if case.test.kinds else "栏目"
    return [
        case.finding(seen.look, _opened(seen, what), history, statuses=statuses)
        for seen in walk(case, history)
    ]


def _opened(seen: ColumnSeen, what: str) -> Measured:
    look = seen.look
    missing = look.http_status in GONE or look.state is PageState.SOFT_404
    if look.state in READ and look.row_count > 0:
        return Measured(verdict=Verdict.OK, why=f"{what}已开通，可见{look.row_count}条", measured="已开通")
    if missing and not seen.good_before:
        why = f"{what}页面不存在：{look.why}"
        return Measured(verdict=Verdict.SUSPECTED, why=why, measured="页面不存在")
    if look.state is PageState.EMPTY and not seen.good_before:
        return Measured(verdict=Verdict.SUSPECTED, why=f"{what}为空", measured="没有内容")
    return Measured(verdict=Verdict.UNKNOWN, why=look.why)
