"""The published OpenAPI document: complete, true to every answer, and nothing is answered outside of it."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import httpx
import pytest
from jsonschema import ValidationError

from app.appeals import file_appeal
from app.contract.shape import schema_of
from app.services import record_service
from app.tokens import make_token
from domain.records import ServiceStep
from domain.users import Role, Scope
from tests.test_docs import ROOT, is_chinese
from tests.web.noticed import OCTOBER, at
from tests.web.office import Console, marked
from tests.web.published import fits, hold, operation_of, operations
from tests.web.test_access import routes_of
from web.api.answers import PREFIX
from web.api.documents import described
from web.main import create_app

GUIDE = (ROOT / "docs" / "接口说明.md").read_text("utf-8")
SIGNED_ON = date(2026, 11, 4)
FILES = [("files", ("纪要.txt", "会议纪要".encode(), "text/plain"))]
DEEDS: Mapping[str, tuple[Role, str, dict[str, Any]]] = {
    "giveFeedback": (
        Role.UNIT, "/events/{czj}/feedback",
        {
            "data": {"done": "已补发", "done_on": str(SIGNED_ON), "person": "孙七", "phone": "0477-62123"},
            "files": FILES,
        },
    ),
    "askCheck": (Role.OFFICE, "/units/czj/checks", {}),
    "enterMark": (
        Role.OFFICE, "/units/czj/marks",
        {"data": {"clause": "A1-01", "points": "2.5", "reason": "查看"}, "files": FILES},
    ),
    "attestSubject": (
        Role.OFFICE, "/subjects/column:czj-dt/attestations",
        {"data": {"reason": "看过", "newest": "2026-10-07"}, "files": FILES},
    ),
    "fileAppeal": (Role.UNIT, "/events/{czj}/appeal", {"data": {"reason": "停机"}, "files": FILES}),
    "decideAppeal": (
        Role.REVIEW, "/events/{czj}/appeal/decision", {"json": {"outcome": "维持", "reason": "核对过"}},
    ),
    "confirmTogether": (
        Role.OFFICE, "/confirmations", {"json": {"seen": {"1": "其间变化过"}, "reason": "已核实"}},
    ),
    "decideEvent": (
        Role.OFFICE, "/events/{czj}/decisions", {"json": {"kind": "withdraw", "reason": "新证据"}},
    ),
    "recordService": (
        Role.OFFICE, "/months/2026-10/services",
        {"json": {"unit": "czj", "step": "送达", "on": str(SIGNED_ON), "person": "赵六"}},
    ),
    "signForNotice": (Role.UNIT, "/units/czj/receipts", {"json": {"month": "2026-10"}}),
    "addRegistered": (
        Role.OFFICE, "/register/parts/columns",
        {"json": {"cells": {
            "unit": "财政局", "name": "财政公告", "kind": "通知公告", "url": "http://127.0.0.1:9/gg/",
        }}},
    ),
    "changeRegistered": (
        Role.OFFICE, "/register/parts/columns/czj-dt",
        {"json": {"cells": {"name": "机关动态"}, "version": "{version}"}},
    ),
    "revokeToken": (Role.ADMIN, "/tokens/{token_id}/revoking", {}),
    "disableUser": (Role.ADMIN, "/users/{user_id}/disabling", {}),
    "enableUser": (Role.ADMIN, "/users/{user_id}/enabling", {}),
    "adoptCheck": (Role.OFFICE, "/checks/{check_id}/adoption", {"json": {"reason": "电话核实"}}),
    "signProposal": (
        Role.REVIEW, "/proposals/{proposal_id}/signature", {"json": {"agree": True}},
    ),
    "signAppeal": (
        Role.REVIEW, "/events/{jyj}/appeal/signature", {"json": {"proposal": 2, "agree": True}},
    ),
}  # fmt: skip
"""A good request to every route that changes something: role, path, what is sent."""

WORDLESS = {"askCheck", "tryColumn", "revokeToken", "disableUser", "enableUser"}


OF_SITES = {"searchPortal", "tryAddress", "tryColumn", "previewWorkbook", "importWorkbook"}
"""What needs a web site or a workbook: given in tests/web/test_api_register.py, held there too."""


@pytest.mark.parametrize(
    ("method", "path", "operation"), [pytest.param(*one, id=one[2]["operationId"]) for one in operations()]
)
def test_every_route_says_what_it_is(method: str, path: str, operation: dict[str, Any]) -> None:
    assert path.startswith(PREFIX)
    assert re.fullmatch("[a-z]+[A-Za-z]+", operation["operationId"])
    assert operation["tags"][0] in {one["name"] for one in described()["tags"]}
    assert is_chinese(operation["summary"])
    assert is_chinese(operation.get("description", "中"))
    for one in operation.get("parameters", ()):
        assert is_chinese(one.get("description")), one["name"]
    good = {status: one for status, one in operation["responses"].items() if status.startswith("2")}
    assert good
    for one in good.values():
        [content] = one["content"].values()
        assert content["schema"] not in ({}, None), "an answer without a schema"
    assert {"401", "403"} <= operation["responses"].keys()
    assert ("requestBody" in operation) == (method == "POST" and operation["operationId"] not in WORDLESS)


def test_nothing_is_served_that_is_not_published(console: Console) -> None:
    app = create_app(console.office.settings.dir)
    served = {(method, one.path) for one in routes_of(app) for method in one.methods}
    app.state.deployment.close()
    assert {one for one in served if one[1].startswith(PREFIX)} == {(m, p) for m, p, _ in operations()}


def test_operation_ids_are_unique_and_references_lead_somewhere() -> None:
    ids = [operation["operationId"] for _, _, operation in operations()]
    assert len(ids) == len(set(ids))
    schemas = described()["components"]["schemas"]
    wanted = set(re.findall(r"'#/components/schemas/(\w+)'", str(described())))
    assert wanted == schemas.keys(), "a reference into nothing, or a schema nobody refers to"


def test_examples_fit_what_they_are_examples_of() -> None:
    for _, _, operation in operations():
        for content in operation.get("requestBody", {}).get("content", {}).values():
            if "example" in content:
                fits(content["schema"], content["example"])
    for one in described()["components"]["schemas"].values():
        for example in one.get("examples", ()):
            fits(one, example)


def test_lists_are_paged() -> None:
    """No list of the office's things comes whole: what has a plural for its name has pages."""
    for _, _, operation in operations():
        names = {one["name"] for one in operation.get("parameters", ())}
        if operation["operationId"].startswith("list") and operation["operationId"] != "listMonthFiles":
            assert {"page", "size"} <= names, operation["operationId"]
            assert "X-Total-Count" in operation["responses"]["200"]["headers"]


def test_every_route_gives_what_is_published(told: Console) -> None:
    """Good answers of a filled deployment; tests.web.published holds each against the document."""
    values = filled(told)
    done = set(OF_SITES)
    proposed(told, values["jyj"])
    for name, (role, path, sent) in DEEDS.items():
        with told.program(role) as http:
            if name == "changeRegistered":
                there = http.get(f"{PREFIX}/register/parts/columns/czj-dt").json()
                sent = {"json": {**sent["json"], "version": there["version"]}}
            answer = http.post(PREFIX + path.format(**values), **sent)
            assert answer.is_success, f"{name}: {answer.text}"
            done.add(name)
            if name == "attestSubject":
                values["look_id"] = answer.json()["look"]
    done |= closed_and_issued(told)
    with told.program(Role.OFFICE) as office, told.program(Role.ADMIN) as admin:
        for method, path, operation in operations():
            if method == "GET":
                http = admin if operation["tags"] == ["管理"] else office
                answer = http.get(re.sub(r"{(\w+)}", lambda match: str(values[match[1]]), path))
                assert answer.is_success, f"{path}: {answer.text}"
                done.add(operation["operationId"])
    assert done == {operation["operationId"] for _, _, operation in operations()}


def closed_and_issued(console: Console) -> set[str]:
    """November, in December: as it was looked at."""
    console.office.archive.advance(at("2026-12-04 09:00"))
    with console.program(Role.OFFICE) as http:
        seen = http.get(f"{PREFIX}/months/2026-11").json()["stamp"]
        assert http.post(f"{PREFIX}/months/2026-11/closing", json={"stamp": "other"}).status_code == 409
        closed = http.post(f"{PREFIX}/months/2026-11/closing", json={"stamp": seen})
        assert (closed.status_code, closed.json()["stage"]) == (200, "定稿待发"), closed.text
        issue = {"number": 10, "issued_on": "2026-12-04"}
        issued = http.post(f"{PREFIX}/months/2026-11/issue", json=issue)
        assert (issued.status_code, issued.json()["issue"]["number"]) == (200, 10), issued.text
        assert http.post(f"{PREFIX}/months/2026-11/issue", json=issue).status_code == 409
    return {"closeMonth", "issueNotice"}


def filled(console: Console) -> dict[str, Any]:
    """Values for every path's parameters, with something behind each."""
    czj, jyj = (console.event_of(unit) for unit in ("czj", "jyj"))
    mark = marked(console.office, "czj")
    record_service(console.office, OCTOBER, "czj", ServiceStep.SERVED, on=SIGNED_ON, person="赵六", by="张三")
    check = console.office.archive.ask_check("czj", console.office.clock())
    console.office.archive.finish_check(check, console.office.clock())
    token, _ = make_token(console.office, "reader", scope=Scope.READ, label="大屏")
    return {
        "czj": czj, "jyj": jyj, "event_id": czj, "unit_id": "czj", "check_id": check, "month": "2026-10",
        "file": 0, "sha256": mark.files[0].sha256, "proposal_id": proposed_mark(console),
        "search_id": console.searches.start(console.office, "http://127.0.0.1:9/"),
        "run_id": 1, "part": "columns", "object_id": "czj-dt", "token_id": token.id,
        "user_id": next(one.id for one in console.office.archive.users() if one.role is Role.READER),
    }  # fmt: skip


def proposed_mark(console: Console) -> int:
    """A mark of the office's own unit that waits for the second person, with the same attachment."""
    with console.program(Role.OFFICE) as http:
        data = {"clause": "A1-01", "points": "2.5", "reason": "查看"}
        asked = http.post(f"{PREFIX}/units/jyj/marks", data=data, files=FILES)
        assert asked.status_code == 202, asked.text
        return int(asked.json()["id"])


def proposed(console: Console, event_id: int) -> None:
    """The appeal of the office's own unit, with a decision that waits for the second person."""
    file_appeal(console.office, event_id, by="某人", reason="停机")
    with console.program(Role.OFFICE) as http:
        body = {"outcome": "维持", "reason": "核对过"}
        assert http.post(f"{PREFIX}/events/{event_id}/appeal/decision", json=body).status_code == 202


def test_the_examples_for_integrators_lead_somewhere() -> None:
    """Each curl asks for an address that is published, by its method, with parameters and fields it has."""
    lines = [line for line in GUIDE.splitlines() if line.startswith("curl ")]
    assert len(lines) > 10
    for line in lines:
        url = httpx.URL(re.findall(r"http://[^\s\"]+", line)[0])
        operation = operation_of("POST" if "-X POST" in line else "GET", url.path)
        assert operation is not None, line
        assert url.params.keys() <= {one["name"] for one in operation.get("parameters", ())}, line
        content = operation.get("requestBody", {}).get("content", {})
        for body in re.findall(r"-d '([^']*)'", line):
            fits(content["application/json"]["schema"], json.loads(body))
        fields = set(re.findall(r"-F (\w+)=", line))
        known = content["multipart/form-data"]["schema"]["properties"].keys() if fields else set()
        assert fields <= known, line


def test_descriptions_are_chinese() -> None:
    assert [text for text in descriptions(described()) if not is_chinese(text)] == []


def descriptions(node: Any) -> Iterator[str]:
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        if key == "description" and isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            yield from descriptions(value)


def test_an_answer_that_is_not_as_published_is_noticed() -> None:
    request = httpx.Request("GET", f"http://console{PREFIX}/tasks")
    paged = {"X-Total-Count": "0", "Link": ""}
    hold(httpx.Response(200, json={"tasks": []}, headers=paged, request=request))
    with pytest.raises(ValidationError):
        hold(httpx.Response(200, json={"tasks": [{"id": 1}]}, headers=paged, request=request))
    with pytest.raises(AssertionError, match="not published"):
        hold(httpx.Response(418, json={}, request=request))
    with pytest.raises(AssertionError):
        hold(httpx.Response(200, json={"tasks": []}, request=request))
    with pytest.raises(AssertionError):
        hold(httpx.Response(200, json={}, request=httpx.Request("GET", f"http://console{PREFIX}/forgotten")))


def test_a_type_without_a_json_form_has_no_schema() -> None:
    with pytest.raises(TypeError, match="no schema"):
        schema_of(object, {})
