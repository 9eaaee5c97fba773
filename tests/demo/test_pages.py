"""The portal's pages are what they claim: the product's own extractor reads back what was planted."""

from datetime import date, datetime

import pytest

from crawler.extract.document import read_document
from crawler.extract.list_page import read_list
from demo.nights import NIGHTS
from demo.plant import plant
from demo.reply import Asked, Reply
from demo.site import Portal
from demo.world import Answer, Document, Fault, ListPage, Shape, World
from domain.readings import LabelState, PageState

SEEDS = range(12)
FULL = {"category", "publisher", "title", "doc_number", "keywords", "issued_on"}


def visible(page: ListPage, now: datetime) -> list[date]:
    """What the first page must show at `now`."""
    return [row.document.day for row in page.rows if row.appears <= now][: page.page_rows]


def asked(world: World, page: ListPage, night: int) -> Reply:
    return Portal(world, now=NIGHTS[night]).reply(Asked(host=page.host, path=page.path))


@pytest.mark.parametrize("seed", SEEDS)
def test_lists_read_back_as_planted(seed: int) -> None:
    world = plant(seed, 20_007)
    for page in world.lists:
        if page.answers[0] is not Answer.OK:
            continue
        reply = asked(world, page, 0)
        reading = read_list(
            reply.body, world.url(page.host, page.path), seen_at=NIGHTS[0], content_type=reply.content_type
        )
        if page.shows_dates:
            assert [row.published_on for row in reading.rows] == visible(page, NIGHTS[0]), page
        else:
            assert reading.state is PageState.UNDATED, (page, reading)


@pytest.mark.parametrize("seed", SEEDS)
def test_blank_and_refused_pages_say_so(seed: int) -> None:
    world = plant(seed, 20_007)
    states = {
        Answer.BLANK: {PageState.EMPTY},
        Answer.CHALLENGE: {PageState.BLOCKED},
        Answer.CHALLENGE_521: {PageState.BLOCKED},
        Answer.BROKEN: {PageState.FAILED},
    }
    for page in world.lists:
        if page.answers[0] in states:
            reply = asked(world, page, 0)
            reading = read_list(
                reply.body, world.url(page.host, page.path), seen_at=NIGHTS[0], status=reply.status
            )
            assert reading.state in states[page.answers[0]], (page.fault, reading)


@pytest.mark.parametrize("seed", SEEDS)
def test_documents_read_back_with_the_labels_planted(seed: int) -> None:
    world = plant(seed, 20_007)
    portal = Portal(world)
    for page in world.lists:
        for document in [row.document for row in page.rows if row.document.labels]:
            reply = portal.reply(Asked(host=page.host, path=document.path))
            reading = read_document(reply.body, world.url(page.host, document.path))
            assert reading.published_on == document.day
            assert reading.publisher == document.publisher
            assert reading.title == document.title
            states = {name: reading.labels.get(name, LabelState.ABSENT) for name in FULL}
            assert states == expected(document), (document, reading)


def expected(document: Document) -> dict[str, LabelState]:
    states = dict.fromkeys(FULL, LabelState.VALUE)
    match document.fault:
        case Fault.DOCUMENT_NO_NUMBER:
            states["doc_number"] = LabelState.DECLARED_NONE
        case Fault.DOCUMENT_ABSENT_NUMBER:
            states["doc_number"] = LabelState.ABSENT
        case Fault.DOCUMENT_EMPTY_KEYWORDS | Fault.DOCUMENT_LATE | Fault.DOCUMENT_OLD:
            states["keywords"] = LabelState.EMPTY
        case Fault.DOCUMENT_BARE:
            states |= {"category": LabelState.ABSENT, "keywords": LabelState.EMPTY}
    return states


def test_undated_documents_show_no_date() -> None:
    world = plant(3, 20_007)
    [page] = [page for page in world.lists if page.fault is Fault.NEWS_UNDATED]
    reply = Portal(world).reply(Asked(host=page.host, path=page.rows[0].document.path))
    assert read_document(reply.body, world.url(page.host, page.path)).published_on is None


def test_gb18030_is_declared_nowhere() -> None:
    world = plant(3, 20_007)
    pages = [p for p in world.lists if p.shape is Shape.GB18030 and p.answers[0] is Answer.OK]
    for page in pages:
        reply = asked(world, page, 0)
        assert b"charset" not in reply.body
        assert "charset" not in reply.content_type
        assert world.banner in reply.body.decode("gb18030")
    assert pages


def test_rows_appear_on_their_night() -> None:
    world = plant(3, 20_007)
    [page] = [page for page in world.lists if page.fault is Fault.NEWS_BACK_DATED]
    shown = [len(asked(world, page, night).body) for night in range(3)]
    assert shown[0] == shown[1] < shown[2]
    assert visible(page, NIGHTS[2])[0] == date(2026, 9, 22)
