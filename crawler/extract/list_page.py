"""A column's list page as rows: `read_list`, bytes in, a reading out. Pure, bounded, never raises."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from crawler.extract import hollow, islands, json_lists, override, pager, states
from crawler.extract.charset import decode
from crawler.extract.file_kinds import file_kind
from crawler.extract.list_choice import Candidate
from crawler.extract.list_reading import (
    ARTICLE_TEXT,
    Look,
    find_candidates,
    is_document,
    read_candidates,
    running_text,
)
from crawler.extract.list_rows import absolute, key_of_title
from crawler.extract.page_tree import Page, parse
from domain.clock import local_day
from domain.overrides import ListOverride
from domain.readings import DateSource, ListReading, ListRow, PageState

MAX_BODY = 10_000_000
"""Bytes read of a page; a longer one is cut, and said to be."""


def read_list(
    body: bytes,
    base_url: str,
    *,
    seen_at: datetime,
    content_type: str = "",
    status: int = 200,
    override: ListOverride | None = None,
) -> ListReading:
    """The rows of a list page, with the state it is in and, in Chinese, why.

    `base_url`: the page's address, "" when unknown (links stay as written). `seen_at`: aware moment of the
    look; only an upper bound for years that a page leaves out, and what 昨天 counts from. A page that sends
    its visitors on, or keeps its list in a frame, is a SHELL whose `next_url` is the page to look at.
    `override`: how the registry says the column is read; what it does not find is FAILED, never EMPTY.
    """
    return read_look(body, Look(base_url, local_day(seen_at), status, override), content_type)


def read_look(body: bytes, look: Look, content_type: str) -> ListReading:
    """What `read_list` gives, noted in the look's trace."""
    if not body.strip():
        return ListReading(state=PageState.FAILED, why="没有内容：应答是空的")
    if kind := file_kind(body):
        return ListReading(state=PageState.FAILED, why=f"不是网页（{kind}）")
    text = decode(body[:MAX_BODY], content_type)
    document = json_lists.load(text)
    if document is not None:
        found = json_lists.find_list(document)
        if look.override is not None and (found is None or not found.html):
            return ListReading(state=PageState.FAILED, why="网址返回的是 JSON，单位表的 reading 用不上")
        return _read_json(found, look)
    reading = _read_page(text, look)
    if len(body) > MAX_BODY:
        return ListReading(
            state=reading.state,
            why=reading.why + "；页面过大，只读了前 10 MB",
            rows=reading.rows,
            next_url=reading.next_url,
        )
    return reading


def _read_json(found: json_lists.JsonList | None, look: Look) -> ListReading:
    if look.status >= 400:
        return ListReading(state=PageState.FAILED, why=f"接口返回 HTTP {look.status}")
    if found is None:
        return ListReading(state=PageState.FAILED, why="接口返回的 JSON 里没有认出列表")
    if found.html:
        return _read_page(found.html, look)
    if not found.rows:
        return ListReading(state=PageState.EMPTY, why="接口返回的列表为空")
    rows = tuple(_json_row(row, look.base_url) for row in found.rows)
    following = json_lists.next_url(look.base_url, len(rows), found.total)
    if not found.date_key:
        return ListReading(
            state=PageState.UNDATED,
            why=f"JSON 列表 {len(rows)} 行，没有日期字段",
            rows=rows,
            next_url=following,
        )
    why = f"JSON 列表 {len(rows)} 行，日期取自字段 {found.date_key}"
    return ListReading(state=PageState.OK, why=why, rows=rows, next_url=following)


def _json_row(row: json_lists.JsonRow, base_url: str) -> ListRow:
    url = absolute(row.href, base_url)
    source = DateSource.ROW if row.on else None
    return ListRow(
        key=url or key_of_title(row.title), title=row.title, url=url, published_on=row.on, date_source=source
    )


def _next_url(page: Page, following: str | None, look: Look) -> str | None:
    return absolute(following, look.base_url) if following else pager.next_url(page, look.base_url)


def _read_page(text: str, look: Look) -> ListReading:
    """A page as read by itself or, where the registry has selectors for it, by these."""
    automatic = _read_markup(text, look)
    if look.override is None or look.status >= 400:
        return automatic
    following = islands.next_group(text) if islands.has_island(text) else None
    text = islands.opened(text) if islands.has_island(text) else text
    page = parse(text)  # a fresh tree: reading marks the texts of its own
    if page is None:
        return override.settled(override.failed("网页里没有内容"), automatic)
    told = override.read_told(page, text, look, look.override)
    return override.settled(replace(told, next_url=_next_url(page, following, look)), automatic)


def _read_markup(text: str, look: Look) -> ListReading:
    following = None
    if islands.has_island(text):
        following = islands.next_group(text)
        text = islands.opened(text)
    page = parse(text)
    answer = states.Answer(text, page, look.status)
    if page is None:
        return _without_list(answer, look)
    candidates = find_candidates(page, text, look) if look.status < 400 else []
    reading = read_candidates(page, candidates, look) if candidates else None
    if reading is not None and (why_not := _why_not(answer, candidates[0], look)):
        look.note(page, candidates, denied=why_not.why)
        return why_not
    look.note(page, candidates, taken=reading is not None)
    if look.status < 400 and (reading is None or candidates[0].may_be_block):
        embedded = json_lists.embedded(page.scripts())
        if embedded is not None and len(embedded.rows) >= 3:
            return _read_json(embedded, look)
    if reading is None:
        return _without_list(answer, look, candidates)
    return replace(reading, next_url=_next_url(page, following, look))


def _why_not(answer: states.Answer, best: Candidate, look: Look) -> ListReading | None:
    """What speaks against a list that was read: the page says it is not found, or the column empty."""
    if said := states.soft_404(answer):
        return ListReading(state=PageState.SOFT_404, why=said)
    told = hollow.told_empty(answer.page) if best.evidence < 2 and answer.page is not None else ""
    if (told or best.may_be_block) and answer.page is not None and (wrong := states.trouble(answer.page)):
        return ListReading(state=PageState.FAILED, why=wrong)
    if told:
        return ListReading(state=PageState.EMPTY, why=f"{told}；旁边的列表不是本栏目的")
    if best.may_be_block and hollow.awaits_script(answer):
        return _without_rows(answer, look)
    if not best.turns_pages and hollow.precedes(answer, best.group.start, best.group.parent):
        return _without_rows(answer, look)
    return None


def _without_list(answer: states.Answer, look: Look, candidates: Sequence[Candidate] = ()) -> ListReading:
    """Which state a page without a readable list is in."""
    if why := states.blocked(answer):
        return ListReading(state=PageState.BLOCKED, why=why)
    if look.status >= 400:
        return ListReading(state=PageState.FAILED, why=f"服务器返回 HTTP {look.status}")
    for state, test in ((PageState.SOFT_404, states.soft_404), (PageState.LOGIN, states.login)):
        if why := test(answer):
            return ListReading(state=state, why=why)
    if target := states.redirect(answer):
        url = absolute(target, look.base_url)
        return ListReading(state=PageState.SHELL, why=f"页面没有内容，转到 {target}", next_url=url)
    rivals = sum(not one.is_aside for one in candidates)
    if rivals > 1 and not (answer.page is not None and hollow.told_empty(answer.page)):
        return ListReading(state=PageState.FAILED, why=f"有 {len(candidates)} 个相近的列表，分不出主列表")
    return _without_rows(answer, look)


def _without_rows(answer: states.Answer, look: Look) -> ListReading:
    """An empty column, rows that a script makes, or nothing recognised; where it says what is wrong, that."""
    page = answer.page
    if page is not None and (is_document(page) or running_text(page.texts) > ARTICLE_TEXT):
        return ListReading(state=PageState.FAILED, why="没有认出列表：像一篇文章")
    made = states.template(page) if page is not None else ""
    wrong = states.trouble(page) if page is not None else ""
    if not made and not wrong and (why := hollow.empty(answer)):
        return ListReading(state=PageState.EMPTY, why=why)
    if why := states.shell(answer) or hollow.made_by_script(answer):
        frame = states.frame_target(answer.page) if answer.page is not None and "框架" in why else None
        url = absolute(frame, look.base_url) if frame else None
        return ListReading(
            state=PageState.SHELL, why=f"{why}；需要浏览器（安装 zwgk[browser]）", next_url=url
        )
    return ListReading(state=PageState.FAILED, why=wrong or "没有认出列表")
