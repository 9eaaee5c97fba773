"""申诉 on the console: the unit files, another person decides, two users for the office's own units."""

from hashlib import sha256

import httpx
import pytest

from app.appeals import file_appeal
from app.decisions import decide
from app.users import add_user
from domain.events import DecisionKind, EventState
from domain.records import AppealOutcome, Deed, JointStep
from domain.users import Role
from tests.web.noticed import APPEAL_UNTIL, at
from tests.web.office import PASSWORD, Client, Console, field

PNG = b"\x89PNG\r\n\x1a\n\x00"


def filed(client: Client, event_id: int, reason: str = "当日平台停机") -> httpx.Response:
    path = f"/events/{event_id}/appeal"
    data = {"csrf": field(client.get("/own/czj").text, "csrf"), "reason": reason}
    return client.http.post(path, data=data, files=[("files", ("停机.png", PNG))])


def ruled(client: Client, event_id: int, outcome: str, reason: str = "核实") -> httpx.Response:
    path = f"/events/{event_id}/appeal/decision"
    return client.post(path, "/appeals", outcome=outcome, reason=reason)


def signed(client: Client, event_id: int, seen: int, agreed: str = "true") -> httpx.Response:
    path = f"/events/{event_id}/appeal/signature"
    return client.post(path, "/appeals", seen=str(seen), agreed=agreed, reason="另有情况")


def test_a_unit_files_and_another_person_decides(told: Console) -> None:
    event_id, archive = told.event_of("czj"), told.office.archive
    with told.client(Role.UNIT) as client:
        assert f"{APPEAL_UNTIL} 24 时" in client.get(f"/events/{event_id}/appeal").text
        assert filed(client, event_id, "  ").status_code == 409
        assert filed(client, event_id).status_code == 303
        again = filed(client, event_id)
        assert "作决定" not in client.get(f"/events/{event_id}/appeal").text
        assert ruled(client, event_id, "撤销").status_code == 403
    assert again.status_code == 409
    assert "不能重复提出" in again.text
    with told.client(Role.REVIEW) as client:
        assert "当日平台停机" in client.get("/appeals?show=open").text
        text = client.get(f"/events/{event_id}/appeal").text
        file = client.get(f"/events/{event_id}/files/{sha256(PNG).hexdigest()}")
        assert ruled(client, event_id, "撤销", " ").status_code == 409
        assert ruled(client, event_id, "重判").status_code == 422
        assert ruled(client, event_id, "撤销").status_code == 303
        assert "没有待决定的申诉" in client.get("/appeals?show=open").text
    assert "停机.png" in text
    assert file.content == PNG
    assert "attachment" in file.headers["content-disposition"]
    with told.client(Role.UNIT) as client:
        mine = client.get("/appeals").text
    assert "li某" in mine
    assert "撤销" in mine
    event = archive.event(event_id)
    assert event is not None
    assert (event.state, event.appeals[0].filed_by) == (EventState.WITHDRAWN, "unit某")
    assert archive.verify().ok


def test_after_the_period_the_date_is_told(told: Console) -> None:
    told.office.archive.advance(at(f"{APPEAL_UNTIL} 23:59"))
    with told.client(Role.UNIT) as client:
        assert "提交申诉" in client.get(f"/events/{told.event_of('czj')}/appeal").text
        told.office.archive.advance(at("2026-11-12 00:00"))
        page, answer = (
            client.get(f"/events/{told.event_of('czj')}/appeal"),
            filed(client, told.event_of("czj")),
        )
    assert answer.status_code == 409
    for text in (page.text, answer.text):
        assert f"申诉截止日期是 {APPEAL_UNTIL}" in text
        assert "提交申诉" not in text
    assert told.office.archive.appeals() == []


def test_who_confirmed_does_not_decide(told: Console) -> None:
    event_id = told.event_of("czj")
    decide(told.office, event_id, DecisionKind.CONFIRM, by="zhang 某", reason="核实")
    file_appeal(told.office, event_id, by="li某", reason="停机")
    with told.client(Role.OFFICE) as client:
        answer = ruled(client, event_id, "撤销")
    assert answer.status_code == 409
    assert "认定过这个事件" in answer.text
    with told.client(Role.REVIEW) as client:
        answer = ruled(client, event_id, "撤销")
    assert answer.status_code == 409
    assert "提出了这件申诉" in answer.text


@pytest.fixture
def joint(told: Console) -> Console:
    """教育体育局, the office's own, appeals; nothing is decided."""
    file_appeal(told.office, told.event_of("jyj"), by="孙七", reason="停机")
    return told


def test_own_units_take_two_users(joint: Console) -> None:
    event_id, archive = joint.event_of("jyj"), joint.office.archive
    with joint.client(Role.OFFICE) as first, joint.client(Role.REVIEW) as second:
        assert ruled(first, event_id, "撤销").status_code == 303
        [step] = archive.steps(Deed.APPEAL, f"event:{event_id}")
        state = archive.event(event_id)
        assert state is not None
        assert state.state is EventState.APPEALED  # nothing is decided by one
        assert step.id is not None
        assert "等第二人会签" in ruled(second, event_id, "维持").text
        own = signed(first, event_id, step.id)
        assert (own.status_code, "须由另一个人登录后会签" in own.text) == (409, True)
        assert "待会签" in second.get("/appeals").text
        assert "拟：<b>撤销</b>" in second.get(f"/events/{event_id}/appeal").text
        assert signed(second, event_id, step.id + 1).status_code == 409
        assert signed(second, event_id, step.id).status_code == 303
        assert signed(second, event_id, step.id).status_code == 409
    event = archive.event(event_id)
    assert event is not None
    [appeal] = event.appeals
    assert (event.state, appeal.outcome) == (EventState.WITHDRAWN, AppealOutcome.WITHDRAWN)
    assert (appeal.decided_by, appeal.decided_why) == ("zhang某、li某", "核实")
    assert [(one.step, one.user) for one in archive.steps(Deed.APPEAL, f"event:{event_id}")] == [
        (JointStep.PROPOSED, "zhang"), (JointStep.AGREED, "li"),
    ]  # fmt: skip
    assert archive.verify().ok


@pytest.mark.parametrize(("role", "step"), [
    (Role.REVIEW, JointStep.REFUSED), (Role.OFFICE, JointStep.TAKEN_BACK),
])  # fmt: skip
def test_a_proposal_not_agreed_to_ends(joint: Console, role: Role, step: JointStep) -> None:
    event_id, archive = joint.event_of("jyj"), joint.office.archive
    with joint.client(Role.OFFICE) as client:
        ruled(client, event_id, "维持")
    number = archive.steps(Deed.APPEAL, f"event:{event_id}")[0].id or 0
    with joint.client(role) as client:
        assert signed(client, event_id, number, "false").status_code == 303
        assert signed(client, event_id, number).status_code == 409  # what was refused is not signed
    assert archive.steps(Deed.APPEAL, f"event:{event_id}")[-1].step is step
    with joint.client(Role.REVIEW) as client:
        assert ruled(client, event_id, "撤销").status_code == 303  # proposed anew
    assert archive.event(event_id).open_appeal is not None  # type: ignore[union-attr]
    assert archive.verify().ok


def test_one_person_with_two_users_is_one_person(joint: Console) -> None:
    event_id, archive = joint.event_of("jyj"), joint.office.archive
    add_user(joint.office, "zhang2", role=Role.REVIEW, password=PASSWORD, person="zhang 某")
    with joint.client(Role.OFFICE) as client:
        ruled(client, event_id, "撤销")
    with joint.client() as client:
        client.login("zhang2")
        answer = signed(client, event_id, archive.steps(Deed.APPEAL, f"event:{event_id}")[0].id or 0)
    assert answer.status_code == 409
    assert archive.event(event_id).open_appeal is not None  # type: ignore[union-attr]


def test_who_confirmed_neither_proposes_nor_signs(joint: Console) -> None:
    event_id, archive = joint.event_of("czj"), joint.office.archive
    own = joint.event_of("jyj")
    assert event_id != own
    with joint.client(Role.OFFICE) as client:
        ruled(client, own, "撤销")
        number = archive.steps(Deed.APPEAL, f"event:{own}")[0].id or 0
    add_user(joint.office, "sun", role=Role.REVIEW, password=PASSWORD, person="孙七")
    with joint.client() as client:
        client.login("sun")  # who filed it
        answer = signed(client, own, number)
    assert answer.status_code == 409
    assert "提出了这件申诉" in answer.text
    assert [one.step for one in archive.steps(Deed.APPEAL, f"event:{own}")] == [
        JointStep.PROPOSED
    ]  # undone together
