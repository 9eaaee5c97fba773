"""Documents: the pages behind list rows, with their information tables."""

from crawler.answers import Ask
from crawler.extract.document import read_document
from crawler.looking import LookSpider
from crawler.observe import Read, observed, unanswered
from crawler.visit import Visit
from domain.looks import Observation
from domain.units import SubjectKind


async def see_document(visit: Visit) -> list[Observation]:
    """One document. Always unconditional: its labels may accuse."""
    answer = await visit.fetch(Ask(url=visit.look.url, urgent=visit.urgent))
    failed = unanswered(visit.look, answer)
    if failed is not None:
        return [failed]
    reading = read_document(
        answer.body, answer.final_url or answer.url, content_type=answer.content_type, status=200
    )
    read = Read(state=reading.state, why=reading.why, reading=reading)
    return [observed(visit.look, answer, read)]


class DocumentsSpider(LookSpider):
    """Looks at one document page."""

    name = "documents"
    kind = SubjectKind.DOCUMENT

    async def see(self, visit: Visit) -> list[Observation]:
        return await see_document(visit)
