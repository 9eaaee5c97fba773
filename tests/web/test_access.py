"""Every route with every role: a new route without a rule, or without an example here, fails."""

import asyncio
import re
import shutil
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount

from app.appeals import file_appeal
from app.attachments import Upload
from app.decisions import Attestation
from app.joint_looks import attest_subject
from domain.users import Role
from tests.web.office import Client, Console, marked, opened
from web.access import Own, Rule, allow, rule_of
from web.main import create_app
from web.refusals import for_programs

OF_A_NOTICE = ("/recheck", "/services", "/feedback")
OF_A_LOOK = "/looks/{look_id}/files/{sha256}"
FREE_FILES = {"/static", "/htmx"}


def routes_of(holder: Any) -> Iterator[APIRoute]:
    for route in holder.routes:
        inner = getattr(route, "original_router", None)
        if isinstance(inner, APIRouter):
            yield from routes_of(inner)
        elif isinstance(route, Mount):
            assert route.path in FREE_FILES, f"{route.path}: open to everybody, is that meant?"
        else:
            assert isinstance(route, APIRoute), f"{route}: not known to this test"
            yield route


@pytest.fixture(scope="module")
def routes(template: Path) -> list[APIRoute]:
    app = create_app(template)
    found = list(routes_of(app))
    app.state.deployment.close()
    return found


def ruled(routes: list[APIRoute]) -> Iterator[tuple[str, str, Rule]]:
    """Method, path and rule of every route; leaving the session comes last."""
    for route in sorted(routes, key=lambda one: one.path == "/logout"):
        rule = rule_of(route.endpoint)
        assert rule is not None, f"{route.path}: declare who may, with web.access.allow"
        for method in route.methods:
            yield method, route.path, rule


@pytest.fixture(scope="module")
def walked(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """A console of this file's own: the examples leave a mark and an appeal behind."""
    folder = Path(shutil.copytree(template, tmp_path_factory.mktemp("walked") / "office"))
    with opened(folder) as console:
        yield console


def examples(console: Console, unit_id: str) -> dict[str, object]:
    """Real values of every parameter in a path, of one unit's things."""
    archive = console.office.archive
    event_id = console.event_of(unit_id)
    event = archive.event(event_id)
    assert event is not None
    waiting = archive.open_check(unit_id)
    check_id = waiting.id if waiting else archive.ask_check(unit_id, console.office.clock())
    look_id = event.sightings[0].observation_id
    mark = marked(console.office, unit_id)
    sha256 = attached(console, event_id, mark.files[0].sha256)
    return {
        "unit_id": unit_id, "event_id": event_id, "check_id": check_id, "look_id": look_id,
        "month": "2026-10", "quarter": "2026Q4", "clause_id": event.clause_id, "work_id": "x", "file": 0,
        "mark_id": mark.id, "sha256": sha256, "run_id": 1, "user_id": 1, "part": "columns",
        "object_id": f"{unit_id}-dt", "column_id": f"{unit_id}-dt", "search_id": search_of(console),
        "subject_id": event.subject_id, "form": "csv", "proposal_id": proposed(console), "token_id": 1,
    }  # fmt: skip


def proposed(console: Console) -> int:
    """What somebody saw, waiting for a second person, with the same attachment as marks."""
    office = console.office
    if not office.archive.proposals():
        [user] = [one for one in office.archive.users() if one.role is Role.OFFICE]
        proof = Upload(name="证明.txt", data="会议纪要".encode())
        link = f"https://www.example.gov.cn/{'dongtai/' * 8}t20261001_1234567.html"
        seen = Attestation(
            by=user.person, reason="查看", newest_on=date(2026, 10, 1), link=link, files=(proof,)
        )
        attest_subject(office, "column:jyj-dt", seen, user=user)
    return office.archive.proposals()[0].id or 0


def attached(console: Console, event_id: int, as_marks: str) -> str:
    """The hash of an attachment of the event's appeal: the same file as the mark's."""
    event = console.office.archive.event(event_id)
    assert event is not None
    if not event.appeals:
        proof = Upload(name="证明.txt", data="会议纪要".encode())
        event = file_appeal(console.office, event_id, by="某人", reason="停机", files=[proof])
    assert event.appeals[0].files[0].sha256 == as_marks
    return as_marks


def filled(path: str, values: dict[str, object]) -> str:
    missing = set(re.findall(r"{(\w+)", path)) - values.keys()
    assert not missing, f"{path}: give an example of {missing} in tests/web/test_access.py"
    return re.sub(r"{(\w+)[^}]*}", lambda match: str(values[match[1]]), path)


@cache
def search_of(console: Console) -> str:
    """A search for columns that ends at once: nobody answers there."""
    return console.searches.start(console.office, "http://127.0.0.1:9/")


NOTHING = {
    "unit_id": "nobody", "event_id": 999999, "check_id": 999999, "look_id": 999999, "sha256": "0" * 64,
    "user_id": 999999, "part": "nothing", "object_id": "nothing", "column_id": "nothing",
    "search_id": "nothing", "subject_id": "nothing", "proposal_id": 999999,
    "token_id": 999999,
}  # fmt: skip


def programmed(http: httpx.Client, method: str, path: str, values: dict[str, object]) -> tuple[int, str]:
    """The same by a program with a token."""
    if method == "GET":
        answer = http.get(filled(path, values))
    else:
        answer = http.post(filled(path, {**values, **NOTHING}), json={})
    return answer.status_code, answer.text


def asked(client: Client, method: str, path: str, values: dict[str, object]) -> tuple[int, str]:
    """Forms are sent about things that do not exist: who may send them is told before that."""
    if method == "GET":
        answer = client.get(filled(path, values))
    else:
        answer = client.post(filled(path, {**values, **NOTHING}))
    return answer.status_code, answer.text


@pytest.mark.parametrize("role", list(Role))
def test_every_route_with_every_role(walked: Console, routes: list[APIRoute], role: Role) -> None:
    with walked.client(role) as client, walked.program(role) as http:
        for method, path, rule in ruled(routes):
            if rule.public:
                continue
            values = examples(walked, "czj")
            if for_programs(path) and method != "GET":
                assert http_with_cookie(client, filled(path, {**values, **NOTHING})) in {401, 403, 404}
                status, text = programmed(http, method, path, values)
            else:
                status, text = asked(client, method, path, values)
            if for_programs(path) and method == "GET":
                assert programmed(http, method, path, values)[0] == status
            where = f"{role.value} {method} {path}: {status}"
            if role in rule.roles:
                good = {200, 202, 303} if method == "GET" else {200, 303, 400, 404, 409, 422}
                good |= {409} if path.endswith(OF_A_NOTICE) else set()  # no notice is issued yet
                good |= (
                    {404} if path.endswith("/looks/{look_id}/files/{sha256}") else set()
                )  # nothing attached
                assert status in good, where
            else:
                assert status == 403, where
                assert "财政局" not in text, where


def http_with_cookie(client: Client, path: str) -> int:
    return client.http.post(path, json={}).status_code


def test_a_unit_sees_nothing_of_another(walked: Console, routes: list[APIRoute]) -> None:
    with walked.client(Role.UNIT) as client:
        for method, path, rule in ruled(routes):
            if Role.UNIT not in rule.roles or method != "GET":
                continue
            status, text = asked(client, method, path, examples(walked, "jyj"))
            assert "教育" not in text, path
            assert rule.own is Own.FILTERS or status == 404, f"{path}: {status}"


def test_a_unit_changes_nothing_of_another(walked: Console, routes: list[APIRoute]) -> None:
    before = walked.office.archive.verify().head
    with walked.client(Role.UNIT) as client:
        for method, path, rule in ruled(routes):
            if Role.UNIT not in rule.roles or method == "GET" or rule.own is Own.FILTERS:
                continue
            answer = client.post(filled(path, examples(walked, "jyj")))
            assert answer.status_code == 404, path
            assert "教育" not in answer.text, path
    assert walked.office.archive.verify().head == before


def test_a_unit_cannot_ask_the_list_for_another(walked: Console) -> None:
    with walked.client(Role.UNIT) as client:
        text = client.get("/events?unit=jyj&q=教育").text
    assert "教育动态" not in text
    assert "没有这样的事件" in text


def test_without_a_login_nothing_is_shown(walked: Console, routes: list[APIRoute]) -> None:
    with walked.client() as client:
        for method, path, rule in ruled(routes):
            if rule.public:
                continue
            answer = client.http.request(method, filled(path, examples(walked, "czj")))
            assert answer.status_code in {303, 401}, path
            assert answer.status_code == 401 or answer.headers["location"].startswith("/login"), path
            assert "财政局" not in answer.text, path


def test_a_route_that_declares_nothing_is_closed(folder: Path) -> None:
    with opened(folder) as console, console.client(Role.ADMIN) as client:
        cookies = client.http.cookies
    app = create_app(folder)
    app.add_api_route("/forgotten", lambda: "secret")
    answer = asyncio.run(got(app, "/forgotten", cookies))
    app.state.deployment.close()
    assert answer.status_code == 403
    assert "secret" not in answer.text
    with pytest.raises(AssertionError, match="/forgotten"):
        list(ruled(list(routes_of(app))))


async def got(app: FastAPI, path: str, cookies: httpx.Cookies) -> httpx.Response:
    """One page of an application that no server runs."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://console", cookies=dict(cookies)
    ) as http:
        return await http.get(path)


def test_a_route_for_units_must_say_how_it_keeps_them_apart() -> None:
    with pytest.raises(TypeError, match="own="):
        allow(Role.UNIT)
