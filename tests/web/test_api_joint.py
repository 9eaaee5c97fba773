"""Decisions, marks, checks and attestations of the office's own units: four eyes by two tokens."""

from typing import Any

import httpx
import pytest

from app.appeals import file_appeal
from app.users import add_user
from domain.looks import LookKind
from domain.users import Role, Scope
from tests.web.office import PASSWORD, Console
from tests.web.test_api_appeals import PDF, RENAMED, V1


def post(http: httpx.Client, path: str, **body: object) -> httpx.Response:
    return http.post(V1 + path, json=body)


def asked(http: httpx.Client, path: str, **body: object) -> dict[str, Any]:
    """What waits after a deed that takes two was asked for."""
    answer = post(http, path, **body)
    assert answer.status_code == 202, answer.text
    made: dict[str, Any] = answer.json()
    return made


def sign(http: httpx.Client, proposal: dict[str, Any], agree: bool = True, **more: object) -> httpx.Response:
    return post(http, f"/proposals/{proposal['id']}/signature", agree=agree, **more)


def decisions(console: Console, event: int) -> list[str]:
    found = console.office.archive.event(event)
    assert found is not None
    return [f"{one.kind.value} {one.by}" for one in found.decisions]


def test_a_decision_waits_for_another_persons_token(console: Console) -> None:
    event = console.event_of("jyj")
    with console.program(Role.OFFICE) as first, console.program(Role.REVIEW) as second:
        waits = asked(first, f"/events/{event}/decisions", kind="confirm", reason="已核对", points="1")
        about = f"教育体育局事件 {event}"
        assert (waits["about"], waits["what"], waits["event"]) == (about, "认定，扣 1 分", event)
        assert (waits["by"], waits["signers"], waits["ended"]) == ("zhang某", ["li某"], None)
        assert decisions(console, event) == []
        listed = second.get(f"{V1}/proposals")
        assert (listed.json()["proposals"], listed.headers["X-Total-Count"]) == ([waits], "1")
        again = post(second, f"/events/{event}/decisions", kind="withdraw", reason="误判")
        assert (again.status_code, "正等第二人会签" in again.json()["detail"]) == (409, True)
        mine = sign(first, waits)
        assert (mine.status_code, "须由另一个人" in mine.json()["detail"]) == (409, True)
        stale = sign(second, waits, seen="an event as it was")
        assert (stale.status_code, "刚刚有了变化" in stale.json()["detail"]) == (409, True)
        signed = sign(second, waits, seen=waits["stamp"])
        assert signed.status_code == 200, signed.text
        assert (signed.json()["ended"]["step"], signed.json()["ended"]["by"]) == ("会签", "li某")
        assert sign(second, waits).status_code == 409
        assert first.get(f"{V1}/proposals/{waits['id']}").json() == signed.json()
        assert first.get(f"{V1}/proposals").json() == {"proposals": []}
    assert decisions(console, event) == ["confirm zhang某、li某"]
    assert console.office.archive.verify().ok


@pytest.mark.parametrize(("role", "step"), [(Role.REVIEW, "不同意"), (Role.OFFICE, "收回")])
def test_who_does_not_agree_says_why(console: Console, role: Role, step: str) -> None:
    event = console.event_of("jyj")
    with console.program(Role.OFFICE) as first, console.program(role) as http:
        waits = asked(first, f"/events/{event}/decisions", kind="withdraw", reason="误判")
        nothing = sign(http, waits, agree=False)
        assert (nothing.status_code, "理由" in nothing.json()["detail"]) == (400, True)
        ended = sign(http, waits, agree=False, reason="证据不足").json()["ended"]
        assert (ended["step"], ended["reason"]) == (step, "证据不足")
        asked(first, f"/events/{event}/decisions", kind="withdraw", reason="再核")
    assert decisions(console, event) == []


def test_a_person_with_two_users_is_one_person_and_others_may_not(console: Console) -> None:
    event = console.event_of("jyj")
    with console.program(Role.OFFICE) as http:
        waits = asked(http, f"/events/{event}/decisions", kind="withdraw", reason="误判")
        both = sign(http, waits, second="li")
        assert (both.status_code, "second" in both.json()["detail"]) == (422, True)
    add_user(console.office, "li2", role=Role.REVIEW, password=PASSWORD, person="zhang 某")
    with console.program(Role.REVIEW) as http:
        assert http.get(f"{V1}/proposals/{waits['id']}").json()["signers"] == ["li某"]
        assert http.get(f"{V1}/proposals/{waits['id'] + 7}").status_code == 404
        assert sign(http, {"id": waits["id"] + 7}).status_code == 404
    for role in (Role.UNIT, Role.READER, Role.ADMIN):
        with console.program(role) as http:
            assert http.get(f"{V1}/proposals").status_code == 403
            assert sign(http, waits).status_code == 403
    with console.program(Role.REVIEW, Scope.READ) as http:
        assert sign(http, waits).status_code == 403
    assert decisions(console, event) == []


def test_what_cannot_be_decided_is_not_proposed(console: Console) -> None:
    event = console.event_of("jyj")
    with console.program(Role.OFFICE) as http:
        for body, status in (
            ({"kind": "exempt", "reason": "x"}, 400), ({"kind": "confirm", "reason": " "}, 400),
            ({"kind": "withdraw", "reason": "x", "points": "1"}, 400), ({"kind": "confirm"}, 422),
        ):  # fmt: skip
            assert post(http, f"/events/{event}/decisions", **body).status_code == status, body
        assert http.get(f"{V1}/proposals").json() == {"proposals": []}


def test_a_mark_with_its_files_waits_and_is_signed(console: Console) -> None:
    archive = console.office.archive
    with console.program(Role.OFFICE) as first, console.program(Role.REVIEW) as second:
        data = {"clause": "A1-01", "points": "2", "reason": "查看资料"}
        bad = first.post(f"{V1}/units/jyj/marks", data=data, files=[("files", RENAMED)])
        assert bad.status_code == 400
        high = first.post(f"{V1}/units/jyj/marks", data={**data, "points": "99"})
        assert high.status_code == 400
        made = first.post(f"{V1}/units/jyj/marks", data=data, files=[("files", PDF)])
        assert made.status_code == 202, made.text
        waits = made.json()
        assert (waits["clause"], waits["year"], waits["what"]) == ("A1-01", 2026, "评 2 分")
        [file] = waits["files"]
        at = f"{V1}/proposals/{waits['id']}/files"
        assert second.get(f"{at}/{file['sha256']}").content == PDF[1]
        assert second.get(f"{at}/{'0' * 64}").status_code == 404
        assert archive.marks(unit_id="jyj") == []
        assert sign(first, waits).status_code == 409
        assert sign(second, waits).status_code == 200
        [mark] = second.get(f"{V1}/units/jyj/marks").json()["marks"]
        assert (mark["points"], mark["by"]) == ("2", "zhang某（复核：li某）")
        assert mark["files"][0]["name"] == PDF[0]
        back = asked(second, "/units/jyj/marks", clause="A1-01", points=None, reason="登错了")
        assert back["what"] == "取消评分"
        assert sign(first, back).status_code == 200
    assert [one.points for one in archive.marks(unit_id="jyj")][1:] == [None]
    assert archive.verify().ok


def test_an_appeals_decision_stands_in_the_same_list(console: Console) -> None:
    event = console.event_of("jyj")
    file_appeal(console.office, event, by="某人", reason="停机")
    with console.program(Role.OFFICE) as first, console.program(Role.REVIEW) as second:
        asked(first, f"/events/{event}/appeal/decision", outcome="撤销", reason="属实")
        [waits] = second.get(f"{V1}/proposals").json()["proposals"]
        assert (waits["deed"], waits["what"]) == ("appeal", "撤销")
        assert sign(second, waits).status_code == 200
        assert second.get(f"{V1}/events/{event}/appeal").json()["appeals"][0]["outcome"] == "撤销"


def test_what_a_person_saw_counts_from_when_it_was_seen(console: Console) -> None:
    office = console.office
    with console.program(Role.OFFICE) as first, console.program(Role.REVIEW) as second:
        path = f"{V1}/subjects/column:jyj-dt/attestations"
        data = {"reason": "打开看过", "newest": "2026-10-07"}
        assert first.post(path, data=data, files=[("files", RENAMED)]).status_code == 400
        assert first.post(path, data={**data, "newest": "2099-01-01"}).status_code == 400
        made = first.post(path, data=data, files=[("files", PDF)])
        assert made.status_code == 202, made.text
        waits = made.json()
        assert (waits["subject"], waits["what"]) == ("column:jyj-dt", "最新一条日期为 2026-10-07")
        before = office.archive.looks_of("column:jyj-dt")
        assert all(one.look is not LookKind.ATTESTED for one in before)
        assert sign(second, waits).status_code == 200
    looks = office.archive.looks_of("column:jyj-dt")
    [look] = [one for one in looks if one.look is LookKind.ATTESTED]
    step = office.archive.step(waits["id"])
    assert step is not None
    assert (look.attested_by, look.at) == ("zhang某、li某", step.at)
    assert [one.name for one in look.files] == [PDF[0]]
    assert office.archive.verify().ok


def test_a_check_is_adopted_by_two(console: Console) -> None:
    archive = console.office.archive
    number = archive.ask_check("jyj", console.office.clock())
    with console.program(Role.OFFICE) as first, console.program(Role.REVIEW) as second:
        early = post(first, f"/checks/{number}/adoption", reason="核实")
        assert (early.status_code, "没有已完成的" in early.json()["detail"]) == (400, True)
        archive.finish_check(number, console.office.clock())
        waits = asked(first, f"/checks/{number}/adoption", reason="核实")
        assert (waits["check"], waits["what"]) == (number, "采用")
        assert archive.check(number).adopted_at is None
        assert sign(second, waits).status_code == 200
        assert post(second, f"/checks/{number}/adoption", reason="核实").status_code == 403
        assert post(first, "/checks/99999/adoption", reason="核实").status_code == 404
    assert archive.check(number).adopted_by == "zhang某、li某"


def test_of_other_units_one_decides(console: Console) -> None:
    archive = console.office.archive
    number = archive.ask_check("czj", console.office.clock())
    archive.finish_check(number, console.office.clock())
    with console.program(Role.OFFICE) as http:
        adopted = post(http, f"/checks/{number}/adoption", reason="核实")
        assert (adopted.status_code, archive.check(number).adopted_by) == (200, "zhang某")
        seen = http.post(
            f"{V1}/subjects/column:czj-dt/attestations", data={"reason": "看过", "newest": "2026-10-07"},
            files=[("files", PDF), ("files", PDF)],
        )  # fmt: skip
        assert seen.status_code == 201, seen.text
        [ref, _] = seen.json()["files"]
        event = console.event_of("czj")
        story = http.get(f"{V1}/events/{event}").json()
        [proof] = [one for one in story["looks"] if one["id"] == seen.json()["look"]]
        assert proof["files"] == [ref, ref]
        assert http.get(f"{V1}/events/{event}/files/{ref['sha256']}").content == PDF[1]
