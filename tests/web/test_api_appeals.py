"""Appeals and marks by programs: files as in the browser, four eyes by two tokens."""

from typing import Any

import httpx
import pytest

from app.appeals import file_appeal
from app.attachments import MAX_FILES
from domain.users import Role, Scope
from tests.web.office import Console
from web.guard import MAX_BODY

V1 = "/api/v1"
PDF = ("情况说明.pdf", b"%PDF-1.7 ...", "application/pdf")
RENAMED = ("说明.pdf", b"MZ\x90\x00program", "application/pdf")


def objection(http: httpx.Client, event: int, *files: tuple[str, bytes, str], **words: str) -> httpx.Response:
    data = words or {"reason": "当日网站停机检修"}
    return http.post(
        f"{V1}/events/{event}/appeal", data=data, files=[("files", one) for one in files] or None
    )


def test_an_appeal_carries_files_that_those_who_may_can_download(console: Console) -> None:
    event = console.event_of("czj")
    with console.program(Role.UNIT) as unit, console.program(Role.READER, Scope.READ) as reader:
        filed = objection(unit, event, PDF)
        assert filed.status_code == 201, filed.text
        [appeal] = filed.json()["appeals"]
        [file] = appeal["files"]
        assert (file["name"], file["size_bytes"], appeal["filed_by"]) == (
            "情况说明.pdf",
            len(PDF[1]),
            "unit某",
        )
        for http in (unit, reader):
            got = http.get(f"{V1}/events/{event}/files/{file['sha256']}")
            assert (got.status_code, got.content) == (200, PDF[1])
            assert got.headers["Content-Disposition"].startswith("attachment;")
        assert [one["event"] for one in reader.get(f"{V1}/appeals?open=true").json()["appeals"]] == [event]
        assert unit.get(f"{V1}/events/{event}/files/{'0' * 64}").status_code == 404
        assert unit.get(f"{V1}/events/{console.event_of('jyj')}/files/{file['sha256']}").status_code == 404
        again = objection(unit, event)
        assert (again.status_code, "不能重复提出" in again.json()["detail"]) == (409, True)


def test_without_files_an_appeal_is_json(console: Console) -> None:
    with console.program(Role.UNIT) as http:
        filed = http.post(f"{V1}/events/{console.event_of('czj')}/appeal", json={"reason": "停机"})
        assert filed.status_code == 201, filed.text
        assert filed.json()["appeals"][0]["files"] == []


@pytest.mark.parametrize(
    ("files", "words", "status", "said"),
    [
        ((RENAMED,), {}, 400, "不是允许的类型"),
        ((("说明.docx", PDF[1], ""),), {}, 400, "内容却是 pdf"),
        ((("空.pdf", b"", ""),), {}, 400, "是空的"),
        ((("大.txt", b"1" * (10 * 1024 * 1024 + 1), ""),), {}, 400, "最大 10 MB"),
        ((PDF,) * (MAX_FILES + 1), {}, 400, "请打包成一个 zip"),
        ((PDF,), {"reason": "停机", "resaon": "x"}, 422, "resaon"),
        ((PDF,), {"note": "x"}, 422, "reason"),
        ((), {"reason": "停机", "files": "x"}, 422, "files"),
        ((), {"reason": "  "}, 400, "请写明申诉理由"),
        ((), {"reason": "字" * 1001}, 400, "不超过 1000 字"),
    ],
)
def test_what_the_browser_refuses_is_refused_here_too(
    shown: Console, files: Any, words: dict[str, str], status: int, said: str
) -> None:
    with shown.program(Role.UNIT) as http:
        answer = objection(http, shown.event_of("czj"), *files, **words)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert said in answer.json()["detail"]


def test_a_body_too_large_is_a_problem_whether_it_says_its_length_or_not(shown: Console) -> None:
    with shown.program(Role.UNIT) as http:
        path = f"{V1}/events/{shown.event_of('czj')}/appeal"
        said = http.post(path, content=b" " * (MAX_BODY + 1), headers={"Content-Type": "application/json"})
        assert said.status_code == 413, said.text
        chunks = (b" " * 1_000_000 for _ in range(MAX_BODY // 1_000_000 + 2))
        unsaid = http.post(path, content=chunks, headers={"Content-Type": "application/json"})
        assert (unsaid.status_code, unsaid.json()["detail"]) == (413, "提交的内容太大。")


def test_a_mark_carries_files(console: Console) -> None:
    with console.program(Role.OFFICE) as http, console.program(Role.UNIT) as unit:
        data = {"clause": "A1-01", "points": "2.5", "reason": "查看", "year": "2026"}
        made = http.post(f"{V1}/units/czj/marks", data=data, files=[("files", PDF)])
        assert made.status_code == 201, made.text
        [file] = made.json()["files"]
        assert http.get(f"{V1}/units/czj/marks/files/{file['sha256']}").content == PDF[1]
        assert http.get(f"{V1}/units/jyj/marks/files/{file['sha256']}").status_code == 404
        assert unit.get(f"{V1}/units/czj/marks/files/{file['sha256']}").status_code == 403
        cleared = http.post(f"{V1}/units/czj/marks", data={**data, "points": "null"})
        assert (cleared.status_code, cleared.json()["points"]) == (201, None)
        empty = http.post(f"{V1}/units/czj/marks", data={**data, "points": ""})
        assert empty.status_code == 400, "nothing is taken back by a field left empty"
        refused = http.post(f"{V1}/units/czj/marks", data=data, files=[("files", RENAMED)])
        assert refused.status_code == 400
        listed = http.get(f"{V1}/units/czj/marks").json()["marks"]
        assert [one["points"] for one in listed] == [None, "2.5"]


def proposed(console: Console, event: int) -> int:
    """An appeal of the office's own unit, its decision proposed by 办公室; the proposal's number."""
    with console.program(Role.UNIT) as unit:
        assert objection(unit, event).status_code == 404, "another unit's"
    with console.program(Role.OFFICE) as http:
        asked = http.post(f"{V1}/events/{event}/appeal/decision", json={"outcome": "撤销", "reason": "属实"})
        assert asked.status_code == 202, asked.text
        assert (asked.json()["proposal"]["by"], asked.json()["takes_two"]) == ("zhang某", True)
        return int(asked.json()["proposal"]["id"])


@pytest.fixture
def contested(console: Console) -> int:
    event = console.event_of("jyj")
    file_appeal(console.office, event, by="某人", reason="停机")
    return event


def sign(http: httpx.Client, event: int, number: int, **more: object) -> httpx.Response:
    body = {"proposal": number, "agree": True, **more}
    return http.post(f"{V1}/events/{event}/appeal/signature", json=body)


def test_the_second_person_signs_with_a_token_of_his_own(console: Console, contested: int) -> None:
    number = proposed(console, contested)
    with console.program(Role.OFFICE) as first, console.program(Role.REVIEW) as second:
        mine = sign(first, contested, number)
        assert (mine.status_code, "须由另一个人登录后会签" in mine.json()["detail"]) == (409, True)
        assert second.get(f"{V1}/events/{contested}").json()["event"]["state"] == "申诉中"
        stale = sign(second, contested, number + 7)
        assert (stale.status_code, "刚刚有了变化" in stale.json()["detail"]) == (409, True)
        signed = sign(second, contested, number)
        assert signed.status_code == 200, signed.text
        [appeal] = signed.json()["appeals"]
        assert (appeal["outcome"], appeal["decided_by"]) == ("撤销", "zhang某、li某")
        assert [one["by"] for one in signed.json()["steps"]] == ["zhang某", "li某"]
        assert sign(second, contested, number).status_code == 409
    assert console.office.archive.verify().ok


def test_the_second_may_disagree_and_the_first_only_take_back(console: Console, contested: int) -> None:
    with console.program(Role.OFFICE) as first, console.program(Role.REVIEW) as second:
        number = proposed(console, contested)
        nothing = sign(second, contested, number, agree=False)
        assert (nothing.status_code, "理由" in nothing.json()["detail"]) == (400, True)
        no = sign(second, contested, number, agree=False, reason="证据不足")
        assert (no.status_code, no.json()["proposal"]) == (200, None)
        number = proposed(console, contested)
        back = sign(first, contested, number, agree=False, reason="再看看")
        assert [one["step"] for one in back.json()["steps"]] == ["提出", "不同意", "提出", "收回"]


def test_a_unit_sees_no_proposal_and_nobody_names_two_people(console: Console, contested: int) -> None:
    number = proposed(console, contested)
    with console.program(Role.REVIEW) as http:
        two = sign(http, contested, number, second="李四")
        assert (two.status_code, "second" in two.json()["detail"]) == (422, True)
    with console.program(Role.REVIEW, Scope.READ) as http:
        assert sign(http, contested, number).status_code == 403
    event = console.event_of("czj")
    with console.program(Role.UNIT) as unit:
        state = unit.get(f"{V1}/events/{event}/appeal").json()
        assert (state["proposal"], state["steps"], state["takes_two"]) == (None, [], False)
        assert unit.post(f"{V1}/events/{event}/appeal/decision", json={}).status_code == 403


def test_other_units_are_decided_by_one(console: Console) -> None:
    event = console.event_of("czj")
    with console.program(Role.UNIT) as unit, console.program(Role.REVIEW) as http:
        objection(unit, event)
        made = http.post(f"{V1}/events/{event}/appeal/decision", json={"outcome": "维持", "reason": "核对过"})
        assert (made.status_code, made.json()["state"]) == (200, "维持")
        nobody = http.post(f"{V1}/events/99999/appeal/decision", json={"outcome": "维持", "reason": "核对过"})
        assert nobody.status_code == 404
