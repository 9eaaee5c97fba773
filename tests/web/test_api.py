"""The interface for programs: the contracts of the commands, tokens, Chinese errors."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from app.contract.plain import plain
from app.contract.warnings import warnings_json
from app.unit_desk import CHECKS_A_DAY
from app.warnings import warnings
from domain.users import Role, Scope
from tests.test_docs import schema
from tests.web.office import NIGHTS, Console

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
        ("/schedule", "schedule"),
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
        assert read(http, "/sources") == {"sources": []}


@pytest.mark.parametrize(
    ("path", "list_of", "total"),
    [
        ("/events", "events", 2), ("/units", "units", 2), ("/scores", "sheets", 2), ("/runs", "runs", 2),
        ("/scores?as_of=2026-10-08", "sheets", 2), ("/warnings?days=300", "due", 1),
    ],
)  # fmt: skip
def test_lists_come_in_pages_and_say_how_many_there_are(
    shown: Console, path: str, list_of: str, total: int
) -> None:
    """All pages one behind the other are the whole list, and each leads to the next."""
    with shown.program(Role.OFFICE) as http:
        whole = http.get(V1 + path)
        assert whole.headers["X-Total-Count"] == str(total)
        assert len(whole.json()[list_of]) == total
        seen, at = [], f"{V1}{path}{'&' if '?' in path else '?'}size=1"
        for _ in range(total):
            one = http.get(at)
            seen += one.json()[list_of]
            at = one.links.get("next", {}).get("url", "")
        assert (seen, at) == (whole.json()[list_of], "")
        beyond = http.get(f"{V1}{path}{'&' if '?' in path else '?'}page=7")
        assert (beyond.json()[list_of], beyond.headers["X-Total-Count"]) == ([], str(total))
        assert beyond.links["prev"]["url"].endswith("page=1")


def test_what_nobody_can_say_is_paged_behind_what_falls_due(console: Console) -> None:
    night = NIGHTS[-1] + timedelta(days=200)
    with console.office.archive.together():
        console.office.archive.advance(night)
    with console.program(Role.OFFICE) as http:
        whole = http.get(f"{V1}/warnings?days=300")
        every = whole.json()["due"] + whole.json()["unclear"]
        assert len(every) == int(whole.headers["X-Total-Count"])
        assert whole.json()["unclear"]
        pages = [read(http, f"/warnings?days=300&size=1&page={n}") for n in range(1, len(every) + 1)]
        assert [one for page in pages for one in page["due"] + page["unclear"]] == every


def test_a_program_fetches_only_what_changed_since(console: Console) -> None:
    with console.program(Role.OFFICE) as http:
        first = http.get(f"{V1}/events")
        assert len(first.json()["events"]) == 2
        seq = first.headers["X-Log-Seq"]
        again = http.get(f"{V1}/events?changed_after={seq}")
        assert (again.json(), again.headers["X-Log-Seq"]) == ({"events": []}, seq)
        event = console.event_of("czj")
        body = {"kind": "confirm", "reason": "核实"}
        assert http.post(f"{V1}/events/{event}/decisions", json=body).status_code == 200
        [changed] = read(http, f"/events?changed_after={seq}")["events"]
        assert (changed["id"], changed["decisions"][0]["reason"]) == (event, "核实")


def test_events_of_one_subject(shown: Console) -> None:
    with shown.program(Role.OFFICE) as http:
        [one] = read(http, "/events?subject=column:czj-dt")["events"]
        assert one["subject"] == "column:czj-dt"
        assert read(http, "/events?subject=column:czj-tz") == {"events": []}


def test_a_sheet_of_an_earlier_day(shown: Console) -> None:
    with shown.program(Role.UNIT, Scope.READ) as http:
        before, now = (read(http, f"/units/czj/score?as_of=2026-10-{day}") for day in ("07", "09"))
        assert (before["as_of"], now["as_of"]) == ("2026-10-07", "2026-10-09")
        assert before["clauses"] != now["clauses"]


def test_an_issued_month_with_its_lists_and_files(told: Console) -> None:
    with told.program(Role.READER, Scope.READ) as http:
        head = read(http, "/months/2026-10")
        assert (head["stage"], head["issue"]["number"], head["items"]) == ("已印发", 9, 2)
        assert read(http, "/months")["months"][0]["notice"]["items"] == 2
        items = read(http, "/months/2026-10/items?size=1&page=2")["items"]
        assert [one["number"] for one in items] == [2]
        assert len(read(http, "/months/2026-10/deductions")["deductions"]) == head["deductions"]
        assert read(http, "/months/2026-10/rechecks") == {"rechecks": []}
        assert len(read(http, "/months/2026-10/recheck?unit=czj")["items"]) == 1
        assert read(http, "/reminders")["reminders"][0]["todo"]
        files = read(http, "/months/2026-10/files")["files"]
        assert files[0]["name"].endswith(".docx")
        for file in files:
            got = http.get(f"{V1}/months/2026-10/files/{file['number']}")
            assert len(got.content) == file["bytes"]
        assert http.get(f"{V1}/months/2026-10/files/{len(files)}").status_code == 404
        assert http.get(f"{V1}/months/2026-12").status_code == 404
        assert http.get(f"{V1}/months/2026-11/recheck").status_code == 409


def test_the_register_is_exported_to_those_who_keep_it(shown: Console) -> None:
    with shown.program(Role.ADMIN, Scope.READ) as http, shown.program(Role.READER, Scope.READ) as reader:
        got = http.get(f"{V1}/register/export")
        assert load_workbook(BytesIO(got.content)).sheetnames
        assert reader.get(f"{V1}/register/export").status_code == 403


def test_a_unit_asks_for_a_few_checks_of_its_own(console: Console) -> None:
    with console.program(Role.UNIT) as http:
        for _ in range(CHECKS_A_DAY):
            assert http.post(f"{V1}/units/czj/checks").status_code == 202
            waiting = console.office.archive.open_check("czj")
            if waiting is not None:
                console.office.archive.finish_check(waiting.id, console.office.clock(), "")
        refused = http.post(f"{V1}/units/czj/checks")
        assert (refused.status_code, "明天才能再申请" in refused.json()["detail"]) == (429, True)
        assert http.post(f"{V1}/units/jyj/checks").status_code == 404


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
