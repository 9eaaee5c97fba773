"""Looking at an app's listing in a store: asked through Scrapy, read by the store's adapter."""

from crawler.answers import Answer
from crawler.apps.base import unclear
from crawler.apps.catalog import STORES
from crawler.observe import Read
from crawler.visit import Visit
from domain.readings import PageState
from domain.units import App


async def try_listing(visit: Visit, app: App) -> tuple[Answer, Read]:
    """Ask the store; never raises. Any status but 200 tells nothing: a moved interface is no missing app."""
    adapter = STORES[app.store]
    answer = await visit.fetch(adapter.ask(app, urgent=visit.urgent))
    if answer.failure is not None or answer.status != 200:
        state = answer.failure.state if answer.failure else PageState.FAILED
        why = answer.failure.why if answer.failure else "没有得到应答"
        reading = unclear(app.store, f"没有给出查询结果（{why}）")
        return answer, Read(state=state, why=reading.why, reading=reading)
    reading = adapter.said(app, answer)
    state = PageState.FAILED if reading.verdict == "unknown" else PageState.OK
    return answer, Read(state=state, why=reading.why, reading=reading)
