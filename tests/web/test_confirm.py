"""一起认定: chosen on the list, looked at on a second page, decided one by one."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.decisions import decide
from app.judge import judge_everything
from domain.events import DecisionKind, EventState
from domain.records import LogEntry
from domain.users import Role
from tests.web.office import HELD, Client, Console, field, fill_held, opened


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[Console]:
    fill_held(tmp_path / "office")
    with opened(tmp_path / "office") as console:
        yield console


def numbers(console: Console, unit_id: str = "czj") -> list[int]:
    return [event.id or 0 for event in console.office.archive.events(unit_id=unit_id)]


def states(console: Console, *event_ids: int) -> list[EventState]:
    events = (console.office.archive.event(number) for number in event_ids)
    return [event.state for event in events if event is not None]


def address(*event_ids: int) -> str:
    return "/events/confirm?" + "&".join(f"id={number}" for number in event_ids)


def sent(client: Client, page: str, *event_ids: int, **more: str) -> httpx.Response:
    """The second page's form with these still ticked. `more`: the reasons."""
    data: dict[str, str | list[str]] = {"csrf": field(page, "csrf"), "id": [*map(str, event_ids)], **more}
    data |= {name: field(page, name) for name in (f"seen-{number}" for number in event_ids) if name in page}
    return client.http.post("/events/confirm", data=data)


def decisions(console: Console, event_id: int) -> list[LogEntry]:
    return [e for e in console.office.archive.history(f"event:{event_id}") if e.type == "event.decided"]


def test_only_what_waits_for_a_person_can_be_ticked(waiting: Console, shown: Console) -> None:
    with waiting.client(Role.OFFICE) as client:
        plain, ticked = client.get("/events?show=waits").text, client.get("/events?tick=page").text
    assert plain.count('class="pick"') == 4
    assert " checked" not in plain
    assert ticked.count(" checked") == 4
    assert "tick=page" in plain
    with waiting.client(Role.READER) as client:
        assert 'class="pick"' not in client.get("/events").text
    with shown.client(Role.OFFICE) as client:  # confirmed by looks
        assert 'class="pick"' not in client.get("/events").text


def test_the_second_page_tells_what_speaks_for_and_against(waiting: Console) -> None:
    first = numbers(waiting)[0]
    [own] = numbers(waiting, "jyj")
    with waiting.client(Role.REVIEW) as client:
        text = client.get(address(first, own, first)).text
    assert "选了 2 件，可以认定 1 件" in text
    for said in (
        "财政局",
        "工作动态",
        "两周内至少更新1次",
        "距今36天",
        "14天",
        "2 分",
        HELD,
        "只监测到 1 次",
    ):
        assert said in text, said
    assert "教育体育局" in text
    assert "须两人共同决定" in text
    assert f'name="id" value="{own}"' not in text


def test_they_are_confirmed_each_with_its_reason_and_its_entry(waiting: Console) -> None:
    one, two, left = numbers(waiting)
    with waiting.client(Role.OFFICE) as client:
        page = client.get(address(one, two, left)).text
        answer = sent(client, page, one, two, reason="逐件核对", **{f"reason-{two}": "电话核实"})
    assert answer.status_code == 200
    assert "认定 2 件，没有认定 0 件" in answer.text
    assert states(waiting, one, two, left) == [
        EventState.CONFIRMED, EventState.CONFIRMED, EventState.SUSPECTED,
    ]  # fmt: skip
    said = [decisions(waiting, number)[0].payload["decision"]["reason"] for number in (one, two)]
    assert said == ["逐件核对", "电话核实"]
    assert decisions(waiting, one)[0].actor == "zhang某"
    assert waiting.office.archive.verify().ok


def test_without_a_reason_nothing_is_decided(waiting: Console) -> None:
    one, two, _ = numbers(waiting)
    with waiting.client(Role.OFFICE) as client:
        page = client.get(address(one, two)).text
        answer = sent(client, page, one, two, reason=" ", **{f"reason-{one}": "电话核实"})
    assert answer.status_code == 409
    assert "请填写理由" in answer.text
    assert 'value="电话核实"' in answer.text
    assert states(waiting, one, two) == [EventState.SUSPECTED] * 2


def test_what_changed_meanwhile_is_left_and_named(waiting: Console) -> None:
    one, two, seen_again = numbers(waiting)
    archive = waiting.office.archive
    with waiting.client(Role.OFFICE) as client:
        page = client.get(address(one, two, seen_again)).text
        decide(waiting.office, one, DecisionKind.WITHDRAW, by="li某", reason="网站搬迁")
        archive.save_holds(1, {archive.event(seen_again).subject_id: "又有情况"})  # type: ignore[union-attr]
        judge_everything(waiting.office)
        answer = sent(client, page, one, two, seen_again, reason="核实")
        again = sent(client, page, two, reason="核实")
    assert "认定 1 件，没有认定 2 件" in answer.text
    assert answer.text.count("刚刚有了变化") == 2
    assert states(waiting, one, two, seen_again) == [
        EventState.WITHDRAWN, EventState.CONFIRMED, EventState.SUSPECTED,
    ]  # fmt: skip
    assert "没有认定 1 件" in again.text  # sent twice decides once
    assert len(decisions(waiting, two)) == 1


def test_what_may_not_be_confirmed_here_is_left_and_named(waiting: Console) -> None:
    one, appealed, _ = numbers(waiting)
    [own] = numbers(waiting, "jyj")
    with waiting.client(Role.OFFICE) as client:
        page = client.get(address(one, own)).text
        data = {"csrf": field(page, "csrf"), "reason": "核实", "id": [str(own), "999999", str(appealed)]}
        answer = client.http.post("/events/confirm", data=data)
    assert "没有认定 3 件" in answer.text
    assert "没有这个事件" in answer.text
    assert states(waiting, one, own, appealed) == [EventState.SUSPECTED] * 3


def test_no_more_than_a_page_at_once(waiting: Console) -> None:
    with waiting.client(Role.OFFICE) as client:
        assert "没有选择事件" in client.get("/events/confirm").text
        assert "一次最多认定 50 件" in client.get(address(*range(1, 52))).text
        page = client.get(address(*numbers(waiting))).text
        data = {"csrf": field(page, "csrf"), "reason": "核实", "id": [str(n) for n in range(1, 52)]}
        assert client.http.post("/events/confirm", data=data).status_code == 400
        assert "什么也没有执行" in client.http.post(
            "/events/confirm", data={"csrf": field(page, "csrf"), "reason": "核实"}
        ).text  # fmt: skip
    assert set(states(waiting, *numbers(waiting))) == {EventState.SUSPECTED}
