"""Decisions and marks of the office's own units: proposed by one user, signed by another, logged in."""

from hashlib import sha256
from typing import Any

import httpx
import pytest

from app.appeals import file_appeal
from app.decisions import decide
from app.users import add_user
from domain.events import Decision, DecisionKind, EventState
from domain.records import Deed, JointStep
from domain.users import Role
from tests.web.office import PASSWORD, Client, Console, field

PDF = b"%PDF-1.7\n..."
MARK = "/scores/jyj/A1-01/joint"


def decided(client: Client, event_id: int, **form: str) -> httpx.Response:
    page = f"/events/{event_id}"
    return client.post(f"{page}/decisions", page, **form)


def signed(client: Client, path: str, agreed: str = "true", **more: str) -> httpx.Response:
    """Send the form as the page has it, or as it was seen earlier (`more`)."""
    text = client.get(path).text
    form = {name: field(text, name) for name in ("seen", "shown") if f'name="{name}"' in text}
    form |= {"agreed": agreed, "reason": "另有情况", **more}
    return client.post(f"{path}/signature", path, **form)


def decisions(console: Console, event_id: int) -> tuple[Decision, ...]:
    event = console.office.archive.event(event_id)
    assert event is not None
    return event.decisions


def steps(console: Console, event_id: int) -> list[tuple[JointStep, str]]:
    made = console.office.archive.steps(Deed.DECISION, f"event:{event_id}")
    return [(one.step, one.user) for one in made]


def test_a_decision_is_proposed_by_one_and_signed_by_another(console: Console) -> None:
    event_id = console.event_of("jyj")
    page = f"/events/{event_id}"
    with console.client(Role.OFFICE) as first, console.client(Role.REVIEW) as second:
        assert decided(first, event_id, kind="confirm", reason="已核对", points="1").status_code == 303
        assert decisions(console, event_id) == ()  # nothing is decided by one
        assert "等第二人会签" in second.get("/events").text
        again = decided(second, event_id, kind="withdraw", reason="误判")
        assert (again.status_code, "正等第二人会签" in again.text) == (409, True)
        own = signed(first, page)
        assert (own.status_code, "须由另一个人登录后会签" in own.text) == (409, True)
        text = second.get(page).text
        assert "拟：<b>认定，扣 1 分</b>" in text
        assert "second_password" not in text
        assert signed(second, page, seen="999").status_code == 409
        assert signed(second, page).status_code == 303
        assert "等第二人会签" not in second.get("/events").text
    [made] = decisions(console, event_id)
    assert (made.kind, made.by, str(made.points)) == (DecisionKind.CONFIRM, "zhang某、li某", "1")
    assert steps(console, event_id) == [(JointStep.PROPOSED, "zhang"), (JointStep.AGREED, "li")]
    assert console.office.archive.verify().ok


def test_a_password_typed_for_another_decides_nothing(console: Console) -> None:
    event_id = console.event_of("jyj")
    with console.client(Role.OFFICE) as client:
        form = {"kind": "withdraw", "reason": "误判", "second": "li", "second_password": PASSWORD}
        assert decided(client, event_id, **form).status_code == 303
    assert decisions(console, event_id) == ()


@pytest.mark.parametrize(("role", "step"), [
    (Role.REVIEW, JointStep.REFUSED), (Role.OFFICE, JointStep.TAKEN_BACK),
])  # fmt: skip
def test_a_proposal_not_agreed_to_ends(console: Console, role: Role, step: JointStep) -> None:
    event_id = console.event_of("jyj")
    page = f"/events/{event_id}"
    with console.client(Role.OFFICE) as client:
        decided(client, event_id, kind="exempt", reason="网站搬迁", until="2026-12-31")
        seen = field(client.get(page).text, "seen")
        assert "豁免至 2026-12-31" in client.get(page).text
    with console.client(role) as client:
        assert signed(client, page, "false", reason=" ").status_code == 409
        assert signed(client, page, "false").status_code == 303
        data = {"seen": seen, "agreed": "true"}
        assert client.post(f"{page}/signature", page, **data).status_code == 409  # refused is not signed
        assert decided(client, event_id, kind="withdraw", reason="误判").status_code == 303  # anew
    assert steps(console, event_id)[1][0] is step
    assert decisions(console, event_id) == ()
    assert console.office.archive.verify().ok


def test_what_was_decided_or_seen_meanwhile_is_not_signed(console: Console) -> None:
    event_id = console.event_of("jyj")
    page = f"/events/{event_id}"
    with console.client(Role.OFFICE) as first, console.client(Role.REVIEW) as second:
        decided(first, event_id, kind="withdraw", reason="误判")
        stale = signed(second, page, shown="an event as it was")
        assert (stale.status_code, "刚刚有了变化" in stale.text) == (409, True)
        decide(console.office, event_id, DecisionKind.CONFIRM, by="王五", second="赵六", reason="会议")
        late = signed(second, page)
        assert (late.status_code, "已有别的决定" in late.text) == (409, True)
        seen = field(second.get(page).text, "seen")
        file_appeal(console.office, event_id, by="孙七", reason="停机")
        assert signed(second, page, seen=seen).status_code == 409
    assert [made.by for made in decisions(console, event_id)] == ["王五、赵六"]
    assert steps(console, event_id) == [(JointStep.PROPOSED, "zhang")]  # undone together


def test_one_person_with_two_users_is_one_person(console: Console) -> None:
    event_id = console.event_of("jyj")
    add_user(console.office, "zhang2", role=Role.REVIEW, password=PASSWORD, person="zhang 某")
    with console.client(Role.OFFICE) as client:
        decided(client, event_id, kind="withdraw", reason="误判")
    with console.client() as client:
        client.login("zhang2")
        answer = client.post(f"/events/{event_id}/signature", seen="1", agreed="true")
    assert answer.status_code == 409
    assert decisions(console, event_id) == ()


@pytest.mark.parametrize("form", [
    {"kind": "confirm", "reason": ""}, {"kind": "exempt", "reason": "x", "until": "明年"},
    {"kind": "confirm", "reason": "x", "points": "三"}, {"kind": "confirm", "reason": "x", "seen": "stale"},
])  # fmt: skip
def test_what_cannot_be_decided_is_not_proposed(console: Console, form: dict[str, str]) -> None:
    event_id = console.event_of("jyj")
    with console.client(Role.OFFICE) as client:
        assert decided(client, event_id, **form).status_code == 409
    assert steps(console, event_id) == []


def test_units_of_others_take_one(console: Console) -> None:
    event_id = console.event_of("czj")
    with console.client(Role.OFFICE) as client:
        assert decided(client, event_id, kind="withdraw", reason="误判").status_code == 303
        assert client.post(f"/events/{event_id}/signature", seen="1", agreed="true").status_code == 409
        assert client.get("/scores/czj/A1-01/joint").headers["location"] == "/scores/czj/A1-01"
        posted = client.post("/scores/czj/A1-01/joint", points="2", reason="x")
        assert posted.headers["location"] == "/scores/czj/A1-01"
    assert console.office.archive.marks(unit_id="czj") == []
    assert [made.by for made in decisions(console, event_id)] == ["zhang某"]
    event = console.office.archive.event(event_id)
    assert event is not None
    assert event.state is EventState.WITHDRAWN


def marked(client: Client, **data: str) -> httpx.Response:
    form: dict[str, Any] = {"csrf": field(client.get("/scores/jyj/A1-01").text, "csrf"), **data}
    return client.http.post(MARK, data=form, files=[("files", ("纪要.pdf", PDF))])


def test_a_mark_is_proposed_by_one_and_signed_by_another(console: Console) -> None:
    archive = console.office.archive
    with console.client(Role.OFFICE) as first, console.client(Role.REVIEW) as second:
        assert f'href="{MARK}"' in first.get("/scores/jyj/A1-01").text
        assert "second_password" not in first.get("/scores/jyj/A1-01").text
        assert marked(first, points="99", reason="x").status_code == 422
        assert marked(first, points="2", reason="查看资料").status_code == 303
        assert archive.marks(unit_id="jyj") == []
        assert marked(second, points="1", reason="另一个").status_code == 409
        assert "教育体育局 A1-01" in second.get("/events").text
        assert second.get(f"{MARK}/{sha256(PDF).hexdigest()}").content == PDF
        assert second.get(f"{MARK}/{'0' * 64}").status_code == 404
        assert signed(first, MARK).status_code == 409
        assert signed(second, MARK).status_code == 303
        assert signed(second, MARK, seen="1").status_code == 409
        assert "会签" in second.get(MARK).text
    [made] = archive.marks(unit_id="jyj")
    assert (str(made.points), made.by, made.reason) == ("2", "zhang某（复核：li某）", "查看资料")
    assert (made.files[0].name, archive.body(made.files[0].sha256)) == ("纪要.pdf", PDF)
    assert archive.verify().ok


def test_a_mark_is_taken_back_by_two(console: Console) -> None:
    with console.client(Role.OFFICE) as first, console.client(Role.REVIEW) as second:
        nothing = first.post(MARK, MARK, clear="yes", reason="登错了")
        assert (nothing.status_code, "没有可以取消的" in nothing.text) == (409, True)
        marked(first, points="2", reason="查看资料")
        assert signed(second, MARK, "false").status_code == 303
        marked(second, points="2.5", reason="查看资料")
        signed(first, MARK)
        assert first.post(MARK, MARK, clear="yes", reason="登错了").status_code == 303
        assert "拟：<b>取消评分</b>" in second.get(MARK).text
        assert signed(second, MARK).status_code == 303
    assert [one.points for one in console.office.archive.marks(unit_id="jyj")][1:] == [None]
    assert console.office.archive.verify().ok
