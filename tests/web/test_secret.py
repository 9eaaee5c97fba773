"""Events about 泄密 (A1-22): for those who read clues only; for users of a unit they are not there."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from openpyxl import load_workbook

from domain.users import Role
from tests.web.office import Client, Console, opened

CLAUSE, SAID = "A1-22", "涉密文件"
LISTS = ("/events", "/events.csv", "/events.xlsx", "/events.atom", "/units/czj", "/own/czj", "/api/v1/events")
PAGES = ("", "/appeal", "/feedback", "/looks/{look}/page", "/files/" + "0" * 64)


@pytest.fixture
def leaked(folder: Path) -> Iterator[Console]:
    """财政局 has an event about 泄密, as a monitor of that clause would leave it; zhang某 reads clues."""
    with (folder / "zwgk.yaml").open("a", encoding="utf-8") as file:
        file.write("clue_readers: [zhang某]\n")
    with opened(folder) as console:
        archive = console.office.archive
        [known] = archive.events(unit_id="czj")
        one = replace(known, id=None, clause_id=CLAUSE, test_id=CLAUSE, measured=SAID, why=SAID)
        archive.save_events([one], [], run=None, at=console.office.now())
        yield console


def number(console: Console) -> int:
    return max(event.id or 0 for event in console.office.archive.events(unit_id="czj"))


def told(answer: httpx.Response) -> bool:
    """Whether the answer names the event."""
    assert answer.status_code == 200, answer.text
    if "spreadsheetml" in answer.headers["content-type"]:
        rows = load_workbook(BytesIO(answer.content))["事件"].iter_rows(values_only=True)
        return any(SAID in str(row) for row in rows)
    return SAID in answer.text


def refused(client: Client, console: Console) -> None:
    event = console.office.archive.event(number(console))
    assert event is not None
    for page in PAGES:
        path = page.format(look=event.sightings[0].observation_id)
        answer = client.get(f"/events/{event.id}{path}")
        assert answer.status_code == 404, path
        assert SAID not in answer.text


def test_a_unit_finds_no_trace_of_it(leaked: Console) -> None:
    with leaked.client(Role.UNIT) as client:
        before = len(client.get("/events.csv").text.splitlines())
        for path in (*LISTS, f"/scores/czj/{CLAUSE}"):
            assert not told(client.get(path)), path
        refused(client, leaked)
        page = f"/events/{number(leaked)}"
        answer = client.post(f"{page}/appeal", reason="停机")
        assert answer.status_code == 404
    assert before == 2  # the heading and the unit's own event
    with leaked.program(Role.UNIT) as http:
        assert not told(http.get("/events.atom"))
        assert not told(http.get("/api/v1/events?unit=czj"))
        assert http.get(f"/api/v1/events/{number(leaked)}").status_code == 404


def test_who_reads_clues_sees_and_decides_it(leaked: Console) -> None:
    with leaked.client(Role.OFFICE) as client:
        for path in ("/events", "/events.csv", "/events.xlsx", "/events.atom"):
            assert told(client.get(path)), path
        page = f"/events/{number(leaked)}"
        assert told(client.get(page))


def test_others_of_the_office_do_not(leaked: Console) -> None:
    with leaked.client(Role.REVIEW) as client:
        for path in ("/events", "/events.csv", "/events.atom"):
            assert not told(client.get(path)), path
        refused(client, leaked)
        assert SAID not in client.get(f"/events/confirm?id={number(leaked)}").text


def test_before_readers_are_named_the_office_sees_it(leaked: Console) -> None:
    settings = leaked.office.settings.dir / "zwgk.yaml"
    settings.write_text(settings.read_text("utf-8").replace("clue_readers: [zhang某]\n", ""), "utf-8")
    with leaked.client(Role.REVIEW) as client:
        assert told(client.get("/events"))
    with leaked.client(Role.UNIT) as client:
        assert not told(client.get("/events"))
