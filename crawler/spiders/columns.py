"""Columns: list pages, paged back where a window asks for it, dated by their documents where undated."""

from dataclasses import replace

from crawler.answers import Answer, Ask
from crawler.dating import dated
from crawler.extract.list_page import read_list
from crawler.looking import LookSpider
from crawler.observe import Read, observed, unanswered
from crawler.paging import paged_back
from crawler.visit import Visit, override_of
from domain.looks import Observation
from domain.overrides import ListOverride
from domain.readings import ListReading, PageState
from domain.units import SubjectKind

SHELLS = 2
"""Frames or stubs followed one inside the other."""


async def see_column(visit: Visit) -> list[Observation]:
    """One column: its list, and the documents opened to date it."""
    ask = Ask(url=visit.look.url, validators=visit.look.validators, urgent=visit.urgent)
    answer = await visit.fetch(ask)
    failed = unanswered(visit.look, answer)
    if failed is not None:
        return [failed]
    told = override_of(visit)
    if told is not None:
        answer = _without_validators(answer)
    answer, reading = await _behind_shell(visit, answer, read(answer, told))
    covered = False
    if reading.state is PageState.OK and visit.look.window_days:
        reading, covered = await paged_back(visit, reading, answer)
    reading, documents = await dated(visit, reading, answer.fetched_at)
    result = Read(state=reading.state, why=reading.why, reading=reading, window_covered=covered)
    return [*documents, observed(visit.look, answer, result)]


async def _behind_shell(visit: Visit, answer: Answer, reading: ListReading) -> tuple[Answer, ListReading]:
    """The list in a frame or behind a stub, when its page is on a registered host; else as it was.

    The inner answer's validators are left out: they would be sent to the outer address.
    """
    for _ in range(SHELLS):
        if reading.state is not PageState.SHELL or not visit.may_open(reading.next_url):
            break
        inner = await visit.fetch(Ask(url=reading.next_url or "", urgent=visit.urgent))
        if inner.failure is not None:
            return replace(answer, failure=inner.failure), reading
        answer = _without_validators(inner)
        reading = read(answer, override_of(visit))
    return answer, reading


def _without_validators(answer: Answer) -> Answer:
    """No later look may be answered "unmodified": what the page was read by may change while it does not."""
    headers = {k: v for k, v in answer.headers.items() if k not in {"ETag", "Last-Modified"}}
    return replace(answer, headers=headers)


def read(answer: Answer, override: ListOverride | None = None) -> ListReading:
    """The list on a page that came with status 200."""
    return read_list(
        answer.body, answer.final_url or answer.url, seen_at=answer.fetched_at,
        content_type=answer.content_type, status=200, override=override,
    )  # fmt: skip


class ColumnsSpider(LookSpider):
    """Looks at one list page."""

    name = "columns"
    kind = SubjectKind.COLUMN

    async def see(self, visit: Visit) -> list[Observation]:
        return await see_column(visit)
