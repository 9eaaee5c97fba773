"""The heading a problem is reported under, from the test's monitor and limits (never from a site)."""

from collections.abc import Callable, Mapping

from domain.rubric import Clause, Test

SECRET = "泄密"
LATE = "未按时整改"


def heading(test: Test) -> str:
    """工作动态超过两周未更新, 通知公告超过6个月未更新 …; tests without words of their own give their item."""
    word = _WORDS.get(test.monitor or "")
    return word(test) if word else f"{test.item}不符合要求"


def late_update(test: Test) -> bool:
    """Whether the test is about something not updated in time."""
    return _WORDS.get(test.monitor or "") is _stale


def secret(clause: Clause) -> bool:
    """Whether a clause is about 泄密/安全 incidents: those reach named people, never a notice."""
    return SECRET in clause.quote or SECRET in clause.item


def against_lateness(clause: Clause) -> bool:
    """Whether a clause takes points for late rectification (annex 1 has one, annex 2 has none)."""
    return LATE in clause.quote


def _stale(test: Test) -> str:
    kinds = "、".join("工作动态" if kind == "动态" else kind for kind in test.kinds)
    return f"{kinds}超过{_limit(test)}未更新"


def _limit(test: Test) -> str:
    if "months" in test.limits:
        return f"{test.limit('months')}个月"
    days = test.limit("days")
    return "两周" if days == 14 else f"{days}天"


_WORDS: Mapping[str, Callable[[Test], str]] = {
    "directory.open": lambda test: "信息公开目录未开通",
    "column.count": lambda test: f"{'、'.join(test.kinds)}未按期公开",
    "column.listed": lambda test: f"{'、'.join(test.kinds)}没有公开内容",
    "column.stale": _stale,
    "leaders.mismatch": lambda test: "领导信息未及时更新",
    "notice.names": lambda test: "被上级通报批评",
    "account.stale": _stale,
    "document.labels": lambda test: "公开文件要素不全",
    "notice.rectified": lambda test: "未按通报要求按时整改",
    "app.broken": lambda test: "移动客户端（APP）无法下载或者无法使用",
}
