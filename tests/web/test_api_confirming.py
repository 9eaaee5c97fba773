"""一起认定 by programs: weighed first, then each decided by itself."""

from domain.events import EventState
from domain.users import Role
from tests.web.office import HELD, Console
from tests.web.test_api_appeals import V1
from tests.web.test_confirm import decisions, numbers, states, waiting

CONFIRMATIONS = f"{V1}/confirmations"
__all__ = ["waiting"]


def test_several_are_weighed_and_confirmed_and_what_changed_is_left(waiting: Console) -> None:
    first, second, *_ = numbers(waiting)
    [own] = numbers(waiting, "jyj")
    with waiting.program(Role.REVIEW) as http:
        asked = http.get(CONFIRMATIONS, params={"id": [first, second, own]})
        assert asked.status_code == 200, asked.text
        weighed = {one["event"]["id"]: one for one in asked.json()["events"]}
        assert "两周内" in weighed[first]["quote"]
        assert weighed[first]["cost"] == "2"
        assert any(HELD in said for said in weighed[first]["against"])
        assert (weighed[first]["refusal"], "两人" in weighed[own]["refusal"]) == ("", True)
        seen = {str(number): one["seen"] for number, one in weighed.items()}
        body = {
            "seen": {**seen, str(second): "stale"},
            "reason": "已核实",
            "reasons": {str(first): "电话核实"},
        }
        done = http.post(CONFIRMATIONS, json=body)
        assert done.status_code == 200, done.text
        said = {one["event"]: (one["confirmed"], one["why"]) for one in done.json()["events"]}
    assert said[first] == (True, "")
    assert not said[second][0]
    assert "两人" in said[own][1]
    assert states(waiting, first, second) == [EventState.CONFIRMED, EventState.SUSPECTED]
    [entry] = decisions(waiting, first)
    assert "电话核实" in str(entry.payload)


def test_what_cannot_be_meant_is_refused_and_nothing_decided(waiting: Console) -> None:
    first = numbers(waiting)[0]
    with waiting.program(Role.OFFICE) as http:
        assert http.get(CONFIRMATIONS, params={"id": 999}).status_code == 404
        for seen, reasons, status in (
            ({"x": "1"}, {}, 422), ({str(first): "1"}, {"7": "说明"}, 422), ({"²": "1"}, {}, 422),
        ):  # fmt: skip
            body = {"seen": seen, "reason": "已核实", "reasons": reasons}
            assert http.post(CONFIRMATIONS, json=body).status_code == status
        assert http.post(CONFIRMATIONS, json={"seen": {str(first): "1"}, "reason": " "}).status_code == 400
    assert states(waiting, first) == [EventState.SUSPECTED]
