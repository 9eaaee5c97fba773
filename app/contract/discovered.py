"""Columns looked for on a portal, and lists read at this moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from app.portal_looks import Search
from domain.readings import PageState
from domain.units import ColumnKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAsked:
    search: Annotated[str, "查找的编号；控制台重新启动后就没有了"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedNow:
    state: PageState
    why: str
    rows: int
    newest: Annotated[date | None, "null：没有读到日期"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedColumn:
    name: str
    kind: Annotated[ColumnKind | None, "null：没有归类，why 说为什么"]
    clock: Annotated[str, "更新周期：14d 天、6m 月、1y 年、none 不判过期"]
    url: str
    where: Annotated[str, "在网页的什么地方"]
    under: Annotated[str, "上面的菜单或标题"]
    why: str
    other_host: Annotated[bool, "在其他网站"]
    registered: Annotated[str, "已登记的栏目编号；空：没有登记"]
    tried: Annotated[TriedNow | None, "null：没有试读"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchProgress:
    search: str
    url: str
    unit: Annotated[str, "单位自己的网站：其编号；空：各单位共用的门户"]
    done: bool
    said: Annotated[Sequence[str], "做到了哪一步"]
    error: Annotated[str, "没有查成的原因；空：没有差错"]
    columns: Annotated[Sequence[ProposedColumn], "归好类的在前；要登记的照样提交到 /register/parts/columns"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    title: str
    url: str | None
    date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTried:
    url: str
    state: PageState
    said: Annotated[str, "state 的中文"]
    why: str
    next_url: str | None
    count: Annotated[int, "一共几行"]
    newest: Annotated[date | None, "null：没有可用的日期"]
    rows: Annotated[Sequence[ListRow], "前几行"]
    explain: Annotated[Mapping[str, Any], "怎样读出来的（同 zwgk extract list --explain）"]


def search_json(found: Search, registered: Mapping[str, str]) -> SearchProgress:
    """`registered`: address -> id of the column that has it."""
    return SearchProgress(
        search=found.id, url=found.url, unit=found.unit, done=found.done, said=list(found.said),
        error=found.error, columns=[_proposed(one, registered) for one in found.columns],
    )  # fmt: skip


def tried_json(found: Mapping[str, Any]) -> ListTried:
    """A list as app.portal_looks.try_list has it."""
    return ListTried(**{**found, "rows": [ListRow(**row) for row in found["rows"]]})


def _proposed(one: Mapping[str, Any], registered: Mapping[str, str]) -> ProposedColumn:
    column = one["column"]
    tried = TriedNow(**one["tried"]) if one["tried"] else None
    there = registered.get(str(column["url"]).rstrip("/"), "")
    return ProposedColumn(**column, registered=there, tried=tried)
