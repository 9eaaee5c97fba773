"""Documents: the pages behind list rows, with their information tables."""

from dataclasses import replace

from crawler.answers import Answer, Ask
from crawler.browser import BrowserError
from crawler.extract.document import read_document
from crawler.looking import LookSpider
from crawler.observe import Read, observed, unanswered
from crawler.shells import rendered, rendered_answer
from crawler.visit import Visit
from domain.looks import Observation
from domain.readings import DocumentReading, PageState
from domain.units import SubjectKind


async def see_document(visit: Visit) -> list[Observation]:
    """One document. Always unconditional: its labels may accuse."""
    answer = await visit.fetch(Ask(url=visit.look.url, urgent=visit.urgent))
    failed = unanswered(visit.look, answer)
    if failed is not None:
        return [failed]
    reading = _reading(visit, answer)
    if reading.state is PageState.SHELL:
        answer, reading = await _by_browser(visit, answer, reading)
    read = Read(state=reading.state, why=reading.why, reading=reading)
    return [observed(visit.look, answer, read)]


async def _by_browser(visit: Visit, answer: Answer, shell: DocumentReading) -> tuple[Answer, DocumentReading]:
    """The document as a browser shows it, taken only where nothing the page asked for is missing."""
    try:
        page = await rendered(visit, answer)
    except BrowserError as error:
        return answer, replace(shell, why=f"{shell.why}；{error}")
    inner = rendered_answer(visit, answer, page)
    reading = _reading(visit, inner)
    doubt = next(iter(page.doubts), "" if reading.state is PageState.OK else reading.why)
    if doubt:
        return answer, replace(shell, why=f"{shell.why}；用浏览器打开后仍不能判断：{doubt}")
    return inner, replace(reading, why=f"{reading.why}（{shell.why}，用浏览器打开）")


def _reading(visit: Visit, answer: Answer) -> DocumentReading:
    url = answer.final_url or answer.url
    return read_document(answer.body, url, content_type=answer.content_type, status=200, words=visit.words)


class DocumentsSpider(LookSpider):
    """Looks at one document page."""

    name = "documents"
    kind = SubjectKind.DOCUMENT

    async def see(self, visit: Visit) -> list[Observation]:
        return await see_document(visit)
