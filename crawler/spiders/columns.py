"""Columns: list pages, paged back where a window asks for it, dated by their documents where undated."""

from dataclasses import replace

from crawler.answers import Answer, Ask
from crawler.dating import dated, is_late
from crawler.looking import LookSpider
from crawler.moved import SHOWN, led_elsewhere, says_it_is
from crawler.observe import Read, observed, unanswered
from crawler.paging import oldest_first, paged_back
from crawler.shells import behind_shell, read, without_validators
from crawler.visit import Visit, override_of
from domain.looks import Observation
from domain.readings import ListReading, PageState
from domain.units import Column, SubjectKind


async def see_column(visit: Visit) -> list[Observation]:
    """One column: its list, and the documents opened to date it."""
    ask = Ask(url=visit.look.url, validators=visit.look.validators, urgent=visit.urgent)
    answer = await visit.fetch(ask)
    failed = unanswered(visit.look, answer)
    if failed is not None:
        return [failed]
    told = override_of(visit)
    if told is not None:
        answer = without_validators(answer)
    outer = answer
    answer, reading = await behind_shell(visit, answer, read(answer, told))
    if reading.state in SHOWN and _is_another(visit, outer, answer):
        why = f"网址转到了 {answer.final_url}，那里没有本栏目的名称，可能不是本栏目；请核对单位表里的网址"
        return [observed(visit.look, answer, Read(state=PageState.SOFT_404, why=why))]
    reading, covered = await _paged(visit, reading, answer)
    reading, documents = await dated(visit, reading, answer.fetched_at)
    result = Read(state=reading.state, why=reading.why, reading=reading, window_covered=covered)
    return [*documents, observed(visit.look, answer, result)]


def _is_another(visit: Visit, outer: Answer, inner: Answer) -> bool:
    """Whether the address led to another place that does not call itself by the column's name."""
    if not isinstance(visit.subject, Column) or not led_elsewhere(visit.look.url, outer, inner):
        return False
    return not any(says_it_is(one, visit.subject.name) for one in (outer, inner))


async def _paged(visit: Visit, reading: ListReading, answer: Answer) -> tuple[ListReading, bool]:
    """The list paged back over its window; a late one from old to new is read to its end, or FAILED."""
    seen_at = answer.fetched_at
    ends_new = reading.next_url is not None and oldest_first(reading) and is_late(visit, reading, seen_at)
    if reading.state is not PageState.OK or not (visit.look.window_days or ends_new):
        return reading, False
    reading, covered = await paged_back(visit, reading, answer)
    if ends_new and not covered and is_late(visit, reading, seen_at):
        why = f"{reading.why}；列表从旧到新排列，未能翻到最后一页，最新的信息没有看到"
        reading = replace(reading, state=PageState.FAILED, why=why)
    return reading, covered and bool(visit.look.window_days)


class ColumnsSpider(LookSpider):
    """Looks at one list page."""

    name = "columns"
    kind = SubjectKind.COLUMN

    async def see(self, visit: Visit) -> list[Observation]:
        return await see_column(visit)
