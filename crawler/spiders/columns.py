"""Columns: list pages, paged back where a window asks for it, dated by their documents where undated."""

from crawler.answers import Ask
from crawler.dating import dated
from crawler.looking import LookSpider
from crawler.observe import Read, observed, unanswered
from crawler.paging import paged_back
from crawler.shells import behind_shell, read, without_validators
from crawler.visit import Visit, override_of
from domain.looks import Observation
from domain.readings import PageState
from domain.units import SubjectKind


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
    answer, reading = await behind_shell(visit, answer, read(answer, told))
    covered = False
    if reading.state is PageState.OK and visit.look.window_days:
        reading, covered = await paged_back(visit, reading, answer)
    reading, documents = await dated(visit, reading, answer.fetched_at)
    result = Read(state=reading.state, why=reading.why, reading=reading, window_covered=covered)
    return [*documents, observed(visit.look, answer, result)]


class ColumnsSpider(LookSpider):
    """Looks at one list page."""

    name = "columns"
    kind = SubjectKind.COLUMN

    async def see(self, visit: Visit) -> list[Observation]:
        return await see_column(visit)
