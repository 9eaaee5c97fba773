"""What a person let off, and how another decision ends it."""

from dataclasses import replace
from datetime import date

import pytest

from domain.events import Decision, DecisionKind, Event, decided, fold, occurrences
from domain.exemptions import exempt_spans, exempt_until
from domain.findings import Verdict
from tests.builders import at, finding, stale_test

EXEMPT, CONFIRM, WITHDRAW = DecisionKind.EXEMPT, DecisionKind.CONFIRM, DecisionKind.WITHDRAW
BEFORE, SHORT, LONG = date(2026, 9, 20), date(2026, 10, 5), date(2026, 11, 5)


def breach(*decisions: tuple[DecisionKind, str, date | None]) -> Event:
    """Seen on two nights of September, with these decisions: kind, day, last day of an exemption."""
    [event] = fold([finding(n, at(f"2026-09-{20 + n}"), Verdict.BREACH) for n in (1, 2)])
    made = [
        Decision(kind=kind, by="张三", reason="改版", at=at(day, "12:00"), until=until)
        for kind, day, until in decisions
    ]
    return decided(replace(event, id=1, decisions=tuple(made)), stale_test())


@pytest.mark.parametrize(
    ("made", "until", "months"),
    [
        ([], None, ["2026-09"]),
        ([(EXEMPT, "2026-10-01", SHORT)], SHORT, []),
        ([(EXEMPT, "2026-10-01", SHORT), (EXEMPT, "2026-10-02", LONG)], LONG, []),
        ([(EXEMPT, "2026-10-01", LONG), (EXEMPT, "2026-10-02", BEFORE)], BEFORE, ["2026-09"]),
        ([(EXEMPT, "2026-10-01", LONG), (CONFIRM, "2026-10-02", None)], None, ["2026-09"]),
        ([(EXEMPT, "2026-10-01", SHORT), (CONFIRM, "2026-10-05", None)], None, ["2026-09"]),
        ([(EXEMPT, "2026-10-01", SHORT), (CONFIRM, "2026-10-06", None)], SHORT, []),
        ([(EXEMPT, "2026-10-01", LONG), (WITHDRAW, "2026-10-02", None)], None, []),
        (
            [(EXEMPT, "2026-10-01", LONG), (WITHDRAW, "2026-10-02", None), (CONFIRM, "2026-10-03", None)],
            None,
            ["2026-09"],
        ),
    ],
)
def test_the_last_decision_counts(
    made: list[tuple[DecisionKind, str, date | None]], until: date | None, months: list[str]
) -> None:
    """An exemption that has ended by itself stands; one still running ends with the next decision."""
    event = breach(*made)
    assert exempt_until([event]) == until
    assert [str(one.month) for one in occurrences([event], stale_test())] == months


def test_the_looks_of_an_exemption_end_with_the_next_decision() -> None:
    event = breach((EXEMPT, "2026-10-01", LONG), (CONFIRM, "2026-10-03", None))
    assert exempt_spans([event]) == ((at("2026-10-01", "12:00"), date(2026, 10, 3)),)
    ended = breach((EXEMPT, "2026-10-01", SHORT), (CONFIRM, "2026-10-08", None))
    assert exempt_spans([ended]) == ((at("2026-10-01", "12:00"), SHORT),)
