"""Columns that are there and have no rows: told empty, or their rows left to a script. Pure.

Asked only when no list was read. Each test says what it saw, in Chinese, or "".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import cast

from crawler.extract.fillers import fetches, filler_of
from crawler.extract.landmarks import Landmarks, find_landmarks
from crawler.extract.page_tree import Element, Page, Text, is_within, says_nothing, shown_in
from crawler.extract.states import Answer, template

_LOADERS = re.compile(r"new\s+jpage\s*\(|dataproxy\.jsp|\.jpage\s*\(")
_LOADING = re.compile(
    r"^\W*(?:数据|内容|页面|信息)?(?:正在)?(?:努力)?(?:加载|载入)中\W*(?:请(?:稍[候后等]|等待))?\W*$"
)
_HINT = re.compile(r"[无没0中]")
_NOTHING = re.compile(
    r"暂无(?:相关)?(?:信息|数据|内容|记录|文章|公告|资料|更新|消息)?"
    r"|没有(?:找到|查询到|检索到|符合|任何|相关)\S{0,12}(?:信息|数据|内容|记录|结果|文章)"
    r"|(?:该|本|此|当前)?栏目(?:下)?(?:暂无|没有|还没有|无)\S{0,8}|无相关(?:信息|数据|内容|记录)"
    r"|共\s*0\s*(?:条|篇|页|项)|没有记录|无数据|(?<!\d)0\s*条记录|(?:内容|栏目|页面|板块)(?:正在)?(?:建设|更新|整理)中"
)
_ONE_PAGE = re.compile(
    r"createPageHTML\(\s*(?:['\"][\w-]{1,40}['\"]\s*,\s*)?[01]\s*,\s*[01]\s*,|countPage\s*=\s*[01]\b"
)
MAX_TRIES = 20
"""Empty containers looked at."""
_LISTED = re.compile(r"list|news", re.I)
_LIST_NAMES = re.compile(r"list|news|info|gl|con|article|main|right|content|lb|zw|wz", re.I)


def told_empty(page: Page) -> str:
    """The words with which a column says it has nothing, outside links, side bars and hidden parts."""
    said = _told(page)
    return f"栏目写着“{said.text.strip()[:20]}”" if said is not None else ""


def _told(page: Page) -> Text | None:
    for text in page.texts:
        run = text.text.strip()
        if text.hidden or len(run) > 40 or not _HINT.search(run) or not _leads_nowhere(text):
            continue
        if _NOTHING.search(run) and not page.places[text.el].part:
            return text
    return None


def _leads_nowhere(text: Text) -> bool:
    return (
        text.link is None or not text.link.href.strip("#") or text.link.href.lower().startswith("javascript:")
    )


def empty(answer: Answer) -> str:
    """A column that was recognised and has no rows."""
    page = answer.page
    if page is None:
        return ""
    if said := told_empty(page):
        return said
    hollow = _hollow_list(page)
    if hollow is not None and any(_ONE_PAGE.search(script) for script in page.scripts()):
        return f"列表容器 {hollow.name} 为空，翻页为一页"
    bare, _ = _bare(page, hollow)
    return bare


def _bare(page: Page, hollow: "_Hollow | None") -> tuple[str, str]:
    """The column's place without rows, and, instead of it, that a script is to fill that place."""
    table, said = _header_only(page)
    if table is None and hollow is not None and hollow.is_headed:
        table, said = hollow.el, f"列表容器 {hollow.name} 为空"
    if table is None:
        return "", ""
    filler = filler_of(page, table)
    return ("", f"{said}，{filler}") if filler else (said, "")


def precedes(answer: Answer, start: int, parent: Element) -> bool:
    """Whether the column's own place, empty or told empty, comes before a list that starts at a text."""
    page = answer.page
    if page is None:
        return False
    trail = find_landmarks(page).trail
    said = _told(page)
    if said is not None and (-1 if trail is None else trail) < said.index < start:
        return True
    hollow = _hollow_list(page)
    above = hollow.el.getparent() if hollow is not None and hollow.is_headed else None
    return (
        hollow is not None and hollow.el.tag != "div" and above is not None and not is_within(parent, above)
    )


def awaits_script(answer: Answer) -> bool:
    """An empty list container below the column's name, or rows that a script is to fill or fetch."""
    page = answer.page
    if page is None:
        return False
    hollow = _hollow_list(page)
    return (hollow is not None and hollow.is_headed) or bool(template(page)) or bool(_loading(page))


def made_by_script(answer: Answer) -> str:
    """An empty list container or a bare table, and a script for its rows: weaker than `shell`, asked after
    `empty`."""
    page = answer.page
    if page is None:
        return ""
    if said := _loading(page):
        return said
    hollow = _hollow_list(page)
    if (told := _bare(page, hollow)[1]) or hollow is None:
        return told
    return f"列表容器 {hollow.name} 为空，行由脚本取得" if fetches(page) else ""


def _loading(page: Page) -> str:
    if any(_LOADERS.search(script[:50_000]) for script in page.scripts()):
        return "行由脚本从接口取得"
    if any(_LOADING.match(text.text) for text in page.texts if text.link is None and len(text.text) < 60):
        return "页面写着“正在加载”"
    return ""


_HEADER_CELL = re.compile(
    r"^(?:序号|索引号|索引|标题|名称|题名|文号|\S{0,6}(?:标题|名称|文号|字号|时间|日期|机构|状态|部门))$"
)


def _header_only(page: Page) -> tuple[Element | None, str]:
    """A table that has its header's row and no other, and what its header says."""
    for row in islice(page.root.iter("tr"), 200):
        cells = ["".join(shown_in(cell).split()) for cell in row]
        if len(cells) < 2 or not all(_HEADER_CELL.match(one) for one in cells):
            continue
        table = row.getparent()
        while table is not None and table.tag != "table":
            table = table.getparent()
        if table is None or not _in_main(page, table):
            continue
        if not any(other is not row and shown_in(other).strip() for other in table.iter("tr")):
            return table, f"表格只有表头（{'、'.join(cells)[:30]}）"
    return None, ""


@dataclass(frozen=True, slots=True)
class _Hollow:
    """A list container that holds nothing; `is_headed`: right below the column's name or the trail."""

    el: Element
    name: str
    is_headed: bool


def _hollow_list(page: Page) -> _Hollow | None:
    """The first such container outside navigation, one below the column's name before others."""
    first: _Hollow | None = None
    marks = find_landmarks(page)
    for el in islice(_hollows(page), MAX_TRIES):
        names = f"{el.get('class') or ''} {el.get('id') or ''}".strip()
        hollow = _Hollow(el, f"{el.tag}.{names}"[:60].rstrip("."), _is_headed(el, marks))
        if hollow.is_headed:
            return hollow
        first = first or hollow
    return first


def _hollows(page: Page) -> Iterator[Element]:
    for el in page.root.iter("ul", "ol", "tbody", "dl", "table", "div"):
        if len(el) and any(child.tag not in ("script", "style", "input") for child in el):
            continue
        names = f"{el.get('class') or ''} {el.get('id') or ''}"
        if el.tag == "div" and not _LISTED.search(names):
            continue
        if says_nothing(el) and _in_main(page, el):
            yield el


def _is_headed(el: Element, marks: Landmarks) -> bool:
    before = cast(
        "list[str]", el.xpath("(preceding::text()[normalize-space()][not(parent::script)])[last()]")
    )
    said = " ".join(before[0].split()) if before else ""
    return said in marks.names


def _in_main(page: Page, el: Element) -> bool:
    """Outside navigation and footers, below something that is named like a list or content."""
    named = False
    one: Element | None = el
    while one is not None and one.tag != "body":
        place = page.places.get(one)
        if place is not None and place.part:
            return False
        names = f"{one.get('class') or ''} {one.get('id') or ''}"
        if re.search(r"(?:^|[\s_-])(?:nav|menu|foot|head|search|banner|link)", names, re.I):
            return False
        named = named or _LIST_NAMES.search(names) is not None
        one = one.getparent()
    return named
