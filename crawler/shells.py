"""Pages that leave their content to scripts: their frame, the list interface they name, at last a browser."""

from dataclasses import replace

from crawler.answers import Answer, Ask
from crawler.browser import INSTALL, BrowserError, Order, Rendered
from crawler.extract.list_apis import list_apis
from crawler.extract.list_page import read_list
from crawler.extract.script_calls import ListApi
from crawler.visit import Visit, override_of
from domain.overrides import ListOverride
from domain.readings import ListReading, PageState

SHELLS = 2
"""Frames or stubs followed one inside the other."""

JSON = {"Accept": "application/json, text/html;q=0.9, */*;q=0.5"}
UTF8 = {"Content-Type": "text/html; charset=utf-8"}


async def behind_shell(visit: Visit, answer: Answer, reading: ListReading) -> tuple[Answer, ListReading]:
    """The list that a page without rows leads to, and the answer it stands in; else as they were.

    First where the page points to, then the list interface it names, then a browser. Inner answers come
    without validators: they would be sent to the outer address.
    """
    answer, reading = await _framed(visit, answer, reading)
    if reading.state is not PageState.SHELL:
        return answer, reading
    told = await _by_interface(visit, answer)
    return told or await _by_browser(visit, answer, reading)


async def _framed(visit: Visit, answer: Answer, reading: ListReading) -> tuple[Answer, ListReading]:
    """The list in a frame or behind a stub, when its page is on a registered host."""
    for _ in range(SHELLS):
        if reading.state is not PageState.SHELL or not visit.may_open(reading.next_url):
            break
        inner = await visit.fetch(Ask(url=reading.next_url or "", urgent=visit.urgent))
        if inner.failure is not None:
            break
        answer = without_validators(inner)
        reading = read(answer, override_of(visit))
    return answer, reading


async def _by_interface(visit: Visit, answer: Answer) -> tuple[Answer, ListReading] | None:
    """The dated list of the one interface that has one; of two nobody can say which is the column's."""
    found: list[tuple[Answer, ListReading]] = []
    for api in list_apis(answer.body, _address(visit, answer), content_type=answer.content_type):
        if visit.may_open(api.url) and (told := await _told(visit, api)):
            found.append(told)
    return found[0] if len(found) == 1 else None


async def _told(visit: Visit, api: ListApi) -> tuple[Answer, ListReading] | None:
    ask = Ask(url=api.url, posted=api.posted, headers=JSON, urgent=visit.urgent)
    answer = await visit.fetch(ask)
    if answer.failure is not None:
        return None
    reading = read(answer, override_of(visit))
    if reading.state is not PageState.OK:
        return None
    why = f"页面的行由脚本取得，改为直接查询列表接口（{api.name}）；{reading.why}"
    return without_validators(answer), replace(reading, why=why)


async def _by_browser(visit: Visit, answer: Answer, reading: ListReading) -> tuple[Answer, ListReading]:
    """The list as a browser shows it, taken only where nothing the page asked for is missing."""
    shell = reading.why.partition(f"；{INSTALL}")[0]
    try:
        page = await rendered(visit, answer)
    except BrowserError as error:
        return answer, replace(reading, why=f"{shell}；{error}")
    inner = rendered_answer(visit, answer, page)
    shown = read(inner, override_of(visit))
    if doubt := _doubt(page, shown):
        return answer, replace(reading, why=f"{shell}；用浏览器打开后仍不能判断：{doubt}")
    return inner, replace(shown, why=f"{shown.why}（{shell}，用浏览器打开）")


def _doubt(page: Rendered, shown: ListReading) -> str:
    """Why a rendered list is not believed: what failed may have been the list, what is seen a side bar."""
    if page.doubts:
        return page.doubts[0]
    if shown.state is PageState.EMPTY:
        return page.lacks[0] if page.lacks else "" if page.data else "脚本没有取得数据"
    return "" if shown.state in {PageState.OK, PageState.UNDATED} else shown.why


async def rendered(visit: Visit, answer: Answer) -> Rendered:
    """The page after its scripts have run. Raises BrowserError, which says why that was not possible."""
    if visit.browser is None:
        raise BrowserError(INSTALL)
    return await visit.browser.render(
        Order(
            url=_address(visit, answer), answer=answer, fetch=visit.fetch, may_open=visit.may_open,
            limit_s=visit.limits.browser_s, max_bytes=visit.limits.max_bytes, urgent=visit.urgent,
        )
    )  # fmt: skip


def rendered_answer(visit: Visit, answer: Answer, page: Rendered) -> Answer:
    """The answer whose body is the rendered page, at the moment it was complete."""
    judged, wall = visit.stamp.moments()
    return replace(
        answer, body=page.html, final_url=page.url, headers=UTF8, fetched_at=judged, wall_at=wall,
        conditional=False,
    )  # fmt: skip


def _address(visit: Visit, answer: Answer) -> str:
    """The page's address; the fragment of the asked one is kept, it may name the column."""
    final = answer.final_url or answer.url
    fragment = visit.look.url.partition("#")[2]
    return f"{final}#{fragment}" if fragment and "#" not in final else final


def without_validators(answer: Answer) -> Answer:
    """No later look may be answered "unmodified": what the page was read by may change while it does not."""
    headers = {k: v for k, v in answer.headers.items() if k not in {"ETag", "Last-Modified"}}
    return replace(answer, headers=headers)


def read(answer: Answer, override: ListOverride | None = None) -> ListReading:
    """The list on a page that came with status 200."""
    return read_list(
        answer.body, answer.final_url or answer.url, seen_at=answer.fetched_at,
        content_type=answer.content_type, status=200, override=override,
    )  # fmt: skip
