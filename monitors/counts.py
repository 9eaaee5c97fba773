"""Judges how many items of a unit stand in a window of a year, over all columns where it may publish.

年报, 在线访谈, 政策解读, 调查征集, 预决算: at least `min` items by the window's end. Items of a unit's own
columns are its own; on shared columns they are attributed by 发布机构/来源 (design.md §4.10).
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeAlias

from domain.findings import Finding, Verdict
from domain.looks import Look
from domain.readings import PageState
from monitors.books import Books, Seen
from monitors.case import Case, History, Measured, Sheaf
from monitors.walk import READ
from monitors.windows import Window, window_at

LATE_SIGHT = "条目日期在期限之内，但期限过后的监测中曾未见到，疑似倒填日期，须人工判断"


Saying: TypeAlias = Callable[..., Measured]


def counted(case: Case, history: History) -> list[Finding]:
    """OK as soon as `min` items are dated in the window; SUSPECTED once it is over and they are not.

    UNKNOWN: the window still runs, or was over before the unit was there; a column not read since its end,
    not paged back over it, or with rows nobody could attribute. An item dated after the window is told once
    and mends what can be mended.
    Raises RubricError if the test carries no `min`. Source: test's quoted clause, domain.md §8.2.
    """
    findings: list[Finding] = []
    told: set[int] = set()
    books = Books.of(case, history)
    for look in sorted(history.looks, key=lambda one: (one.at, one.id)):
        window = window_at(case.test, look.at)
        young = case.founded is not None and case.founded > window.last
        said = _young(window) if young else _counted(books, look, window, mended=window.year in told)
        finding = case.finding(look, said, history)
        if said.verdict is Verdict.SUSPECTED and finding.accuses:
            told.add(window.year)
        findings.append(finding)
    return findings


def found(case: Case, history: History) -> list[Finding]:
    """For a bonus: OK when every kind of column has `min` items of the unit in the window, else UNKNOWN.

    It never accuses: what is not found is simply not given.
    """
    books = Books.of(case, history)
    return [case.finding(look, _found(books, look), history) for look in history.looks]


def _counted(books: Books, look: Look, window: Window, *, mended: bool) -> Measured:
    least = books.test.limit("min")
    seen = books.seen(window, look.at)
    say = _sayings(window, least, seen)
    if seen.in_time >= least:
        return say(Verdict.OK, f"{window.year}年已有{seen.in_time}条")
    if look.state not in READ:
        return say(Verdict.UNKNOWN, look.why)
    if not window.over(look.at):
        why = f"未到期：年内{_so_far(seen)}，{window.last_named}前可完成"
        return say(Verdict.UNKNOWN, why, running=True)
    doubt = _doubt(books, look, window, seen)
    return say(Verdict.UNKNOWN, doubt) if doubt else _too_few(window, least, seen, say, mended)


def _young(window: Window) -> Measured:
    why = f"期限（{window.last}）之后才开始参加考核，不作要求"
    return Measured(verdict=Verdict.UNKNOWN, why=why, period=window.year)


def _too_few(window: Window, least: int, seen: Seen, say: Saying, mended: bool) -> Measured:
    """The window is over and covered: why fewer items than asked are dated in it."""
    if seen.in_time + seen.late >= least:
        return say(Verdict.SUSPECTED, LATE_SIGHT, held=LATE_SIGHT)
    if seen.in_time + seen.late + seen.after < least:
        return say(Verdict.SUSPECTED, f"{window.year}年{window.last_named}前只见到{seen.in_time}条")
    if mended:
        return say(Verdict.OK, f"已于{seen.newest_on}补发，晚于期限；是否扣分由人认定")
    return say(Verdict.SUSPECTED, f"期限之后才发布（{seen.newest_on}）")


def _sayings(window: Window, least: int, seen: Seen) -> Saying:
    def say(verdict: Verdict, why: str, *, held: str = "", running: bool = False) -> Measured:
        lapses_on = window.last + timedelta(days=1) if running else None
        return Measured(
            verdict=verdict, why=why, measured=f"{seen.in_time}条", held=held, lapses_on=lapses_on,
            limit=f"{window.year}年{window.last_named}前至少{least}条", newest_on=seen.newest_on,
            period=window.year, running=running,
        )  # fmt: skip

    return say


def _so_far(seen: Seen) -> str:
    return f"已有{seen.in_time}条" if seen.in_time else "尚无"


def _doubt(books: Books, look: Look, window: Window, seen: Seen) -> str:
    """Why too few items seen prove nothing yet, or nothing."""
    if seen.unresolved:
        return f"共用栏目有{seen.unresolved}条信息的发布机构未能对应到单位，先由办公室处理"
    for column in books.columns:
        last, sheaf = column.last_read(look), column.sheaf
        ended = sheaf.until is not None and sheaf.until < window.last
        if last is None or not (ended or window.over(last.at)):
            return f"期限过后，“{sheaf.name}”还没有有效监测"
        if last.id in column.backwards:
            return f"“{sheaf.name}”的最新日期（{last.newest_on}）早于此前所见，可能是旧备份或改版"
        if not _reaches_back(sheaf, last, window):
            return f"“{sheaf.name}”尚未翻到{window.first}之前，不能断定没有发布"
    return ""


def _reaches_back(sheaf: Sheaf, look: Look, window: Window) -> bool:
    """Whether what the column showed covers the window; an empty or undated own list is for a person."""
    if look.window_covered:
        return True
    if sheaf.units_of is not None:
        return False
    return look.state is not PageState.OK or (look.oldest_on is not None and look.oldest_on < window.first)


def _found(books: Books, look: Look) -> Measured:
    window, least = window_at(books.test, look.at), books.test.limit("min")
    seen = books.seen(window, look.at)
    told = "、".join(f"{kind}{n}条" for kind, n in zip(books.test.kinds, seen.groups, strict=True))
    enough = all(n >= least for n in seen.groups)
    return Measured(
        verdict=Verdict.OK if enough else Verdict.UNKNOWN, why=f"{window.year}年所见：{told}", measured=told,
        limit=f"每类至少{least}条", newest_on=seen.newest_on, period=window.year,
        running=look.state in READ,
    )  # fmt: skip
