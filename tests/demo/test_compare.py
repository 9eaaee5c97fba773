"""Found against planted: what counts as missed, as accused wrongly, as a wrong score."""

from decimal import Decimal
from typing import Any

from demo.compare import Difference, compare, found
from demo.person import decisions
from demo.truth import Planted

CONFIRMED = Planted(
    unit="u", clause="A1-18", test="A1-18a", subject="column:a", month="2026-09", points=Decimal(2),
    person=False, fault="stale",
)  # fmt: skip
WAITING = Planted(
    unit="u", clause="A1-18", test="A1-18a", subject="column:b", month="", points=Decimal(0),
    person=False, fault="two dates",
)  # fmt: skip


def event(number: int, subject: str, state: str = "已确认", **more: Any) -> dict[str, Any]:
    said = {
        "id": number, "unit": "u", "clause": "A1-18", "test": "A1-18a", "subject": subject, "state": state,
        "closed_at": None, "held": "", "looks": [1, 2], "newest": None,
    }  # fmt: skip
    return said | more


def sheet(*hits: tuple[int, str, str]) -> dict[str, Any]:
    charged = [{"event": number, "month": month, "points": points} for number, month, points in hits]
    lost = sum((Decimal(points) for _, _, points in hits), Decimal(0))
    return {"unit": "u", "clauses": [{"id": "A1-18", "deducted": str(lost), "occurrences": charged}]}


def outcome(events: list[dict[str, Any]], one: dict[str, Any]) -> Any:
    notice = {"month": "2026-09", "items": 1, "points": "2"}
    return compare((CONFIRMED, WAITING), found(events, [one]), [one], notice)


def test_all_found_and_nobody_else() -> None:
    same = outcome([event(1, "column:a"), event(2, "column:b", "疑似")], sheet((1, "2026-09", "2")))
    assert same.good
    assert len(same.right) == 2


def test_wrong_month_is_both_missed_and_wrong() -> None:
    other = outcome([event(1, "column:a"), event(2, "column:b", "疑似")], sheet((1, "2026-10", "2")))
    assert other.missed == (CONFIRMED,)
    assert [one.month for one in other.wrongly] == ["2026-10"]
    assert not other.good


def test_suspected_and_open_is_an_accusation() -> None:
    more = [event(1, "column:a"), event(2, "column:b", "疑似"), event(3, "column:c", "疑似")]
    assert [one.subject for one in outcome(more, sheet((1, "2026-09", "2"))).wrongly] == ["column:c"]


def test_suspected_and_mended_by_itself_is_none() -> None:
    mended = event(3, "column:c", "疑似", closed_at="2026-09-30T18:00:00Z")
    more = [event(1, "column:a"), event(2, "column:b", "疑似"), mended]
    assert outcome(more, sheet((1, "2026-09", "2"))).good


def test_score_that_differs_is_told() -> None:
    one = sheet((1, "2026-09", "2"))
    one["clauses"][0]["deducted"] = "4"
    other = outcome([event(1, "column:a"), event(2, "column:b", "疑似")], one)
    assert other.differing == (Difference("score of u, A1-18", Decimal(2), Decimal(4)),)


def test_notice_that_tells_less_is_told() -> None:
    one = sheet((1, "2026-09", "2"))
    notice = {"month": "2026-09", "items": 0, "points": "2"}
    other = compare((CONFIRMED,), found([event(1, "column:a")], [one]), [one], notice)
    assert other.differing == (Difference("items of the notice", Decimal(1), Decimal(0)),)


def test_person_confirms_blank_lists_seen_twice_and_leaves_doubts_alone() -> None:
    events = [
        event(1, "column:a", "疑似"),
        event(2, "column:b", "疑似", looks=[1]),
        event(3, "column:c", "疑似", newest="2026-09-08"),
        event(4, "column:d", "疑似", newest="2026-09-05", held="疑似倒填日期"),
        event(5, "column:e", "已确认"),
    ]
    assert [number for number, _ in decisions(events)] == [1, 4]
