"""A list read by the selectors a person registered for its column. Pure; what they do not find is unknown.

Titles in full, rows' own dates, missing years and addresses are read by the same functions as without
selectors: only which elements are rows, titles and dates is taken from the registry.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import cast

from cssselect import ExpressionError, HTMLTranslator, SelectorSyntaxError
from lxml import etree

from crawler.extract.dates import fold, on_day
from crawler.extract.list_dates import Mark, Shown
from crawler.extract.list_groups import MAX_LINKS, Entry, Group, names_something
from crawler.extract.list_reading import Look
from crawler.extract.list_rows import MAX_ROWS, Found, finish, main_links, read_entries
from crawler.extract.list_years import settle_years
from crawler.extract.page_tree import Element, Link, Page, Text, is_within, shown_in
from crawler.extract.row_dates import Dated, find_dates_on, find_silent_dates
from domain.overrides import MAX_DATE_TEXT, ListOverride
from domain.readings import ListReading, PageState

MAX_ELEMENTS, MAX_DEPTH = 20_000, 400
"""Some ten times what list pages have: on more, selecting would take too long."""
MAX_CLIMB = 30
"""Elements between a row and what stands in it."""
MAX_TURNS = 2
"""Times that a link is followed by a date in one row; more often, it is the whole list."""
_WHOLE_ROW = "行"
"""Label of a date found in a row's whole text: what stands before the row does not label it."""
_SILENT = frozenset({PageState.BLOCKED, PageState.SHELL, PageState.LOGIN, PageState.SOFT_404})
"""How a page says that its list is not there: more to the point than “nothing selected”."""


class SelectorError(ValueError):
    """A registered selector or pattern cannot be used; `config check` refuses these before."""


@dataclass(slots=True)
class _Row:
    """An element that `rows` selected, with what stands in it, in reading order."""

    el: Element
    texts: list[Text] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)


def read_told(page: Page, markup: str, look: Look, told: ListOverride) -> ListReading:
    """The list the selectors find: OK, UNDATED, or FAILED with the reason."""
    if is_huge(page):
        return failed("网页过大或嵌套过深，不能按选择器读取")
    try:
        rows = _rows(page, markup, look, told)
        if not rows:
            return failed(f"rows“{told.rows}”在网页里没有选中任何元素，可能网页改版了")
        single = [row for row in rows if not _is_list(row)]
        if len(single) * 2 <= len(rows):
            return failed(f"rows“{told.rows}”选中的像是整个列表，请选到其中的每一行，例如再加上“ > li”")
        found = _found(page, single, told)
    except SelectorError as error:
        return failed(str(error))
    if not found:
        return failed(f"rows“{told.rows}”选中 {len(rows)} 个元素，都没有读出标题，请核对 rows 和 title")
    return _reading(page, look, told, found, len(rows))


def settled(told: ListReading, automatic: ListReading) -> ListReading:
    """Which reading counts: the selectors' own, unless the page says that its list is not there."""
    if automatic.state is PageState.SOFT_404:
        return automatic
    return automatic if told.state is not PageState.OK and automatic.state in _SILENT else told


def _reading(page: Page, look: Look, told: ListOverride, found: list[Found], selected: int) -> ListReading:
    marked = sum(1 for row in found if row.mark)
    if (told.date or told.date_pattern) and marked * 2 <= len(found):
        said = "、".join(f"{key}“{value}”" for key, value in _date_keys(told))
        return failed(f"{len(found)} 行中只有 {marked} 行按 {said} 读出日期")
    days = settle_years(page, found, look.today)
    rows = tuple(finish(found, look.base_url, days))
    left = f"，另有 {selected - len(found)} 个元素不是条目" if selected > len(found) else ""
    why = f"按单位表的 reading 读出 {len(rows)} 行，{marked} 行有日期（rows：{told.rows}{left}）"
    if not any(row.published_on for row in rows):
        why += "；日期没有年份，无法推定" if marked else "；行内没有日期"
        return ListReading(state=PageState.UNDATED, why=why, rows=rows)
    return ListReading(state=PageState.OK, why=why, rows=rows)


def _date_keys(told: ListOverride) -> list[tuple[str, str]]:
    keys = (("date", told.date), ("date_pattern", told.date_pattern))
    return [(key, value) for key, value in keys if value]


def failed(why: str) -> ListReading:
    """Unknown, with the reason: a list that the selectors do not find is neither empty nor stale."""
    return ListReading(state=PageState.FAILED, why=f"单位表的 reading 没有读出列表：{why}")


def is_huge(page: Page) -> bool:
    """Whether selecting on the page may take too long."""
    depths: dict[Element, int] = {}
    for el in page.root.iter():
        above = el.getparent()
        depths[el] = 1 if above is None else depths.get(above, 0) + 1
        if len(depths) > MAX_ELEMENTS or depths[el] > MAX_DEPTH:
            return True
    return False


@lru_cache(maxsize=1024)
def _path(selector: str) -> etree.XPath:
    try:
        return etree.XPath(HTMLTranslator().css_to_xpath(selector))
    except (SelectorSyntaxError, ExpressionError, etree.XPathError):
        raise SelectorError(f"选择器“{selector}”写法有误") from None


def select(selector: str, el: Element) -> list[Element]:
    """The elements a CSS selector finds in an element, itself included. Raises SelectorError."""
    try:
        found = _path(selector)(el)
    except etree.XPathError:
        raise SelectorError(f"选择器“{selector}”写法有误") from None
    return cast("list[Element]", found)


def _rows(page: Page, markup: str, look: Look, told: ListOverride) -> list[_Row]:
    rows = {el: _Row(el) for el in select(told.rows, page.root)[:MAX_ROWS]}
    dates = find_dates_on(page, look.today)
    for text in page.texts:
        if (row := _row_of(text.el, rows)) is not None:
            row.texts.append(text)
    for link in page.links:
        if (row := _row_of(link.el, rows)) is not None:
            row.links.append(link)
    for dated in (*dates, *find_silent_dates(page, markup)):
        row = _row_of(dated.el, rows)
        is_silent = dated.mark.shown in (Shown.ATTRIBUTE, Shown.SCRIPT)
        if row is not None and not (is_silent and row.dates):
            row.dates.append(dated)
    return list(rows.values())


def _row_of(el: Element, rows: dict[Element, _Row]) -> _Row | None:
    one: Element | None = el
    for _ in range(MAX_CLIMB):
        if one is None or one in rows:
            break
        one = one.getparent()
    return rows.get(one) if one is not None else None


def _is_list(row: _Row) -> bool:
    """Links and dates in turn, or links to many places: the selector stopped short of the rows."""
    order = sorted([(one.index, "link") for one in row.links] + [(one.index, "date") for one in row.dates])
    turns = sum(1 for one, other in pairwise(order) if (one[1], other[1]) == ("link", "date"))
    return turns > MAX_TURNS or len({link.href for link in row.links}) > MAX_LINKS


def _found(page: Page, rows: Sequence[_Row], told: ListOverride) -> list[Found]:
    titles = [_title(page, row, told.title) for row in rows] if told.title else _titles(rows)
    read: list[Found] = []
    for row, link in zip(rows, titles, strict=True):
        if told.title and link is None:
            continue
        entry = Entry(row.el, [link] if link else [], _dates(row, told), row.el)
        read += read_entries(page, Group(row.el, [entry], parents=[row.el]))
    return read


def _titles(rows: Sequence[_Row]) -> list[Link | None]:
    """Without a selector: the link that stands where the list's titles stand."""
    return main_links(
        [
            Entry(row.el, [one for one in row.links if names_something(one)] or row.links, row.dates, row.el)
            for row in rows
        ]
    )


def _title(page: Page, row: _Row, selector: str) -> Link | None:
    """The selected element as the row's title, with the address of the link at, in or beside it."""
    el = next(iter(select(selector, row.el)), None)
    if el is None:
        return None
    touching = [link for link in row.links if is_within(link.el, el) or is_within(el, link.el)]
    texts = [text for text in row.texts if is_within(text.el, el)]
    if not texts:
        return next((link for link in touching if link.silent), None)
    href = next((link.href for link in (*touching, *row.links) if link.href), "")
    return Link(el if el in page.places else texts[0].el, href, texts[0].index, texts)


def _dates(row: _Row, told: ListOverride) -> list[Dated]:
    holders = select(told.date, row.el) if told.date else [row.el]
    if told.date_pattern:
        return list(_by_pattern(row, holders, told.date_pattern))
    if not told.date:
        return row.dates
    return [one for one in row.dates if any(is_within(one.el, holder) for holder in holders)]


def _by_pattern(row: _Row, holders: Sequence[Element], pattern: str) -> Iterator[Dated]:
    for el in holders:
        text = " ".join(fold(shown_in(el)).split())[:MAX_DATE_TEXT]
        found = _compiled(pattern).search(text)
        if found is not None and (mark := _mark(found)) is not None:
            if el is row.el:
                mark = replace(mark, label=_WHOLE_ROW)
            yield Dated(mark, el, next((t.index for t in row.texts if is_within(t.el, el)), 0), False)
            return


def _mark(found: re.Match[str]) -> Mark | None:
    parts = {name: value for name, value in found.groupdict().items() if value}
    if not all(parts.get(name, "").isdecimal() for name in ("month", "day")):
        return None
    written = parts.get("year", "")
    year = int(written) if written.isdecimal() else 0
    year += 2000 if len(written) == 2 else 0
    month, day = int(parts["month"]), int(parts["day"])
    return Mark(year, month, day, Shown.ALONE, 0, 0) if on_day(year or 2000, month, day) else None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error:
        raise SelectorError(f"date_pattern“{pattern}”写法有误") from None
