"""The interface for programs: the contracts of the commands, tokens, Chinese errors."""

from typing import Any

import httpx
import pytest

from app.contract.plain import plain
from app.contract.warnings import warnings_json
from app.warnings import warnings
from domain.users import Role, Scope
from tests.test_docs import schema
from tests.web.office import Console

V1 = "/api/v1"


def read(http: httpx.Client, path: str) -> Any:
    answer = http.get(V1 + path)
    assert answer.status_code == 200, f"{path}: {answer.text}"
    return answer.json()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/events", "events"), ("/events?state=已确认&show=open&test=A1-18a&q=财政", "events"),
        ("/events/{event}", "explain"), ("/scores", "scores"), ("/units/czj/score", "score"),
        ("/warnings?days=300", "warn"), ("/tasks?closed=true", "tasks"), ("/verify", "verify"),
    ],
)  # fmt: skip
def test_answers_fit_the_schemas_of_the_commands(shown: Console, path: str, name: str) -> None:
    with shown.program(Role.OFFICE, Scope.READ) as http:
        schema(name).validate(read(http, path.format(event=shown.event_of("czj"))))


def test_units_runs_and_months(shown: Console) -> None:
    with shown.program(Role.READER, Scope.READ) as http:
        czj, jyj = read(http, "/units")["units"]
        assert (czj["name"], jyj["office_own"]) == ("财政局", True)
        assert {one["subject"] for one in read(http, "/units/czj")["subjects"]} == {
            "column:czj-dt", "column:czj-tz",
        }  # fmt: skip
        assert read(http, "/runs")["runs"][0]["coverage"] == "1.0000"
        assert read(http, "/months") == {"months": []}
        assert read(http, "/months/2026-10")["month"] == "2026-10"


def test_lists_are_paged_in_headers(shown: Console) -> None:
    with shown.program(Role.OFFICE, Scope.READ) as http:
        first = http.get(f"{V1}/events")
        assert first.headers["X-Total-Count"] == "2"
        assert len(first.json()["events"]) == 2
        beyond = http.get(f"{V1}/events?page=2")
        assert beyond.json() == {"events": []}
        assert 'page=1>; rel="prev"' in beyond.headers["Link"]


@pytest.mark.parametrize("days", [1, 7, 300])
def test_warnings_are_those_of_the_command(shown: Console, days: int) -> None:
    with shown.program(Role.OFFICE, Scope.READ) as http:
        assert read(http, f"/warnings?days={days}") == plain(warnings_json(warnings(shown.office, days=days)))


def test_a_unit_gets_its_own_whatever_it_asks(shown: Console) -> None:
    with shown.program(Role.UNIT, Scope.READ) as http:
        for path in ("/events?unit=jyj", "/warnings?unit=jyj&days=300"):
            assert "jyj" not in http.get(V1 + path).text
        assert http.get(f"{V1}/units/jyj/score").status_code == 404
        assert http.get(f"{V1}/scores").status_code == 403


def test_a_decision_a_mark_and_an_attestation_are_the_users_own(console: Console) -> None:
    with console.program(Role.OFFICE) as http:
        event = console.event_of("czj")
        body = {"kind": "confirm", "reason": "核实", "points": "1.5"}
        made = http.post(f"{V1}/events/{event}/decisions", json=body)
        assert made.status_code == 200, made.text
        schema("decide").validate(made.json())
        assert made.json()["decisions"][0]["by"] == "zhang某"
        again = http.post(f"{V1}/events/{event}/decisions", json=body)
        assert (again.status_code, again.headers["content-type"]) == (409, "application/problem+json")
        assert "已作过同样的决定" in again.json()["detail"]
        body = {"clause": "A1-01", "points": "2.5", "reason": "核实"}
        marked = http.post(f"{V1}/units/czj/marks", json=body)
        schema("mark").validate(marked.json())
        seen = http.post(
            f"{V1}/subjects/column:czj-dt/attestations", json={"reason": "打开看过", "newest": "2026-10-07"}
        )
        assert seen.status_code == 201, seen.text
        assert console.office.archive.look(seen.json()["look"]).attested_by == "zhang某"


def test_the_offices_own_units_take_two_people(console: Console) -> None:
    with console.program(Role.REVIEW) as http:
        body = {"kind": "confirm", "reason": "核实"}
        answer = http.post(f"{V1}/events/{console.event_of('jyj')}/decisions", json=body)
        assert answer.status_code == 409
        assert "两人" in answer.json()["detail"]


def test_a_check_is_asked_and_followed(console: Console) -> None:
    with console.program(Role.OFFICE) as http:
        asked = http.post(f"{V1}/units/czj/checks")
        assert asked.status_code == 202, asked.text
        state = http.get(asked.headers["Location"]).json()
        assert (state["unit"], state["planned"]) == ("czj", 2)


@pytest.mark.parametrize(
    ("method", "path", "json", "status", "said"),
    [
        ("GET", "/events/999", None, 404, "没有事件"),
        ("GET", "/events?page=0", None, 404, "page"),
        ("GET", "/months/10", None, 404, "月份"),
        ("GET", "/units?page=x", None, 404, "page"),
        ("POST", "/events/1/decisions", {"kind": "confirm", "raeson": "x"}, 422, "raeson"),
        ("POST", "/units/czj/marks", {"clause": "A1-01", "points": "NaN", "reason": "x"}, 400, "分值"),
        ("GET", "/nothing", None, 404, ""),
    ],
)
def test_errors_are_problems_in_chinese(
    shown: Console, method: str, path: str, json: Any, status: int, said: str
) -> None:
    with shown.program(Role.OFFICE) as http:
        answer = http.request(method, V1 + path, json=json)
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in problem["detail"]
    assert (answer.status_code, problem["status"]) in {(status, status), (422, 422)}


def test_tokens_open_what_they_are_for_and_nothing_else(console: Console) -> None:
    with httpx.Client(base_url=console.address, trust_env=False) as http:
        assert http.get(f"{V1}/events").status_code == 401
        wrong = http.get(f"{V1}/events", headers={"Authorization": "Bearer zwgk_wrong"})
        assert (wrong.status_code, wrong.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert http.get(f"{V1}/events", headers={"Authorization": "Basic eDp5"}).status_code == 401
        token = console.token(Role.OFFICE)
        assert http.get(f"{V1}/events?token={token}").status_code == 401
        page = http.get("/events", headers={"Authorization": f"Bearer {token}"})
        assert page.headers["location"].startswith("/login")
    for scope, status in ((Scope.READ, 200), (Scope.FEED, 403)):
        with console.program(Role.OFFICE, scope) as http:
            assert http.get(f"{V1}/events").status_code == status
            refused = http.post(f"{V1}/units/czj/checks")
            assert refused.status_code == 403
    with console.client(Role.OFFICE) as client:
        assert client.get(f"{V1}/events").status_code == 200
        assert client.http.post(f"{V1}/units/czj/checks").status_code == 401


def test_the_interface_describes_itself(shown: Console) -> None:
    with shown.client(Role.READER) as client:
        made = client.get("/api/openapi.json").json()
        assert made["openapi"].startswith("3.")
        assert f"{V1}/events/{{event_id}}/decisions" in made["paths"]
        text = client.get("/api/docs").text
        assert "程序接口" in text
        assert "jsdelivr" not in text
