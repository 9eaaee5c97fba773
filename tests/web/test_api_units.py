"""What a unit's own system does by its token: signs for a notice, reports on its items, reads its year."""

from typing import Any

import httpx
import pytest

from domain.users import Role, Scope
from tests.web.office import Console
from tests.web.test_api_appeals import PDF, RENAMED, V1

REPLY = {"done": "已补发两条信息", "done_on": "2026-11-04", "person": "孙七", "phone": "0477-6212345"}


def read(http: httpx.Client, path: str) -> Any:
    answer = http.get(V1 + path)
    assert answer.status_code == 200, f"{path}: {answer.text}"
    return answer.json()


def test_a_report_on_an_item_with_its_files(told: Console) -> None:
    event = told.event_of("czj")
    path = f"{V1}/events/{event}/feedback"
    with told.program(Role.UNIT) as unit, told.program(Role.READER, Scope.READ) as reader:
        bad = unit.post(path, data=REPLY, files=[("files", RENAMED)])
        assert bad.status_code == 400
        assert unit.post(path, json={**REPLY, "done_on": "2027-01-01"}).status_code == 400
        assert unit.post(path, json={**REPLY, "phone": "打我"}).status_code == 400
        given = unit.post(path, data={**REPLY, "month": "2026-10"}, files=[("files", PDF)])
        assert given.status_code == 201, given.text
        [file] = given.json()["files"]
        assert (given.json()["by"], file["name"]) == ("unit某", PDF[0])
        [item] = unit.get(path).json()["items"]
        assert (item["unit"], item["late"], item["given"]) == ("czj", False, [given.json()])
        assert reader.get(f"{V1}/events/{event}/files/{file['sha256']}").content == PDF[1]
        listed = reader.get(f"{V1}/months/2026-10/feedback?size=1")
        assert listed.headers["X-Total-Count"] == "2"
        every = reader.get(f"{V1}/months/2026-10/feedback").json()["items"]
        assert [len(one["given"]) for one in every] == [1, 0]
        assert reader.post(path, json=REPLY).status_code == 403
    assert told.office.archive.verify().ok


def test_a_unit_signs_for_its_notice_once(told: Console) -> None:
    with told.program(Role.UNIT) as unit, told.program(Role.OFFICE) as office:
        missing = unit.post(f"{V1}/units/czj/receipts", json={"month": "2026-09"})
        assert missing.status_code == 409
        signed = unit.post(f"{V1}/units/czj/receipts", json={"month": "2026-10", "person": "孙七"})
        assert signed.status_code == 201, signed.text
        assert (signed.json()["step"], signed.json()["person"]) == ("签收", "孙七")
        assert unit.post(f"{V1}/units/czj/receipts", json={"month": "2026-10"}).status_code == 409
        assert office.post(f"{V1}/units/czj/receipts", json={"month": "2026-10"}).status_code == 403
        served = {"unit": "jyj", "step": "送达", "on": "2026-11-04", "person": "赵六"}
        assert office.post(f"{V1}/months/2026-10/services", json=served).status_code == 201
        assert office.post(f"{V1}/months/2026-10/services", json={**served, "unit": "x"}).status_code == 400
        early = office.post(f"{V1}/months/2026-10/services", json={**served, "on": "2026-11-01"})
        assert (early.status_code, "早于" in early.json()["detail"]) == (409, True)
        rows = read(office, "/months/2026-10/services")["services"]
        assert [(one["unit"], one["served"] is None, one["received"] is None) for one in rows] == [
            ("czj", True, False), ("jyj", False, True),
        ]  # fmt: skip
        assert read(unit, "/units/czj/desk")["notices"][0]["service"]["received"]["person"] == "孙七"


@pytest.mark.parametrize("path", [
    "/units/jyj/timeline", "/units/jyj/desk", "/events/{event}/feedback", "/events/{event}/looks/{look}/page",
])  # fmt: skip
def test_a_unit_gets_nothing_of_another(shown: Console, path: str) -> None:
    event = shown.event_of("jyj")
    found = shown.office.archive.event(event)
    assert found is not None
    at = path.format(event=event, look=found.sightings[0].observation_id)
    with shown.program(Role.UNIT) as unit, shown.program(Role.READER, Scope.READ) as reader:
        assert unit.get(V1 + at).status_code == 404
        assert reader.get(V1 + at).status_code == 200
        if at.startswith("/events") and "feedback" in at:
            assert unit.post(V1 + at, json=REPLY).status_code == 404
        for closed in (
            "/open-clauses",
            "/runs/1",
            "/months/2026-10/feedback",
            "/register/parts/units",
            "/log",
        ):
            assert unit.get(V1 + closed).status_code == 403, closed


def test_a_units_year_and_what_it_has_to_do(shown: Console) -> None:
    with shown.program(Role.UNIT, Scope.READ) as http:
        year = read(http, "/units/czj/timeline")
        assert (year["unit_name"], year["year"]) == ("财政局", 2026)
        assert {span["kind"] for row in year["rows"] for span in row["spans"]} >= {"已确认"}
        desk = read(http, "/units/czj/desk")
        assert (desk["total"], desk["checks_left"]) == (1, 3)
        assert "发布" in desk["to_mend"][0]["remedy"]
        event = read(http, f"/events/{desk['to_mend'][0]['event']}")
        page = http.get(f"{V1}/events/{event['event']['id']}/looks/{event['looks'][0]['id']}/page")
        assert ("旧闻" in page.text, page.headers["Content-Disposition"][:10]) == (True, "attachment")
