"""What lapses within so many days, for the office and for one unit; what nobody can say is said."""

from dataclasses import replace
from datetime import date

import pytest

from app.decisions import decide
from app.months import close, issue
from app.warnings import WarningKind, Warnings, warnings
from domain.clock import Month
from domain.errors import InputError
from domain.events import DecisionKind
from domain.readings import PageState
from domain.units import Column, ColumnKind, Registry
from tests.app.bureau import CZJ, HOST, JYJ, NEWS, NOTES, SINCE, Bureau, listed
from tests.builders import at

REPORT = Column(
    id="czj-jd", name="政策解读", kind=ColumnKind.INTERPRETATION, url=f"{HOST}/czj/jd/", unit_id="czj",
    monitored_from=SINCE, clock="1y",
)  # fmt: skip
OTHER = replace(NEWS, id="jyj-dt", unit_id="jyj", url=f"{HOST}/jyj/dt/")


def watching(bureau: Bureau, *columns: Column, today: str = "2026-10-08") -> Bureau:
    bureau.registry = Registry(units=(CZJ, JYJ), columns=columns)
    bureau.archive.advance(at(today, "09:00"))
    return bureau


def told(found: Warnings) -> list[tuple[str, str, str, int]]:
    return [(one.unit.id, one.test_id, str(one.last_day), one.left) for one in found.due]


def test_due_things_stand_by_day_with_the_last_day_in_time(bureau: Bureau) -> None:
    watching(bureau, NEWS, NOTES, OTHER)
    bureau.see(
        listed(NEWS, at("2026-10-08"), date(2026, 9, 26)),
        listed(NOTES, at("2026-10-08"), date(2026, 9, 1)),
        listed(OTHER, at("2026-10-08"), date(2026, 9, 24)),
    )
    found = warnings(bureau.office)
    assert told(found) == [("jyj", "A1-18a", "2026-10-08", 1), ("czj", "A1-18a", "2026-10-10", 3)]
    assert (found.later, found.lapsed, found.watched, found.unclear) == (1, 0, 3, ())
    assert {one.kind for one in found.due} == {WarningKind.LAPSE}


@pytest.mark.parametrize(("days", "count"), [(1, 0), (2, 0), (3, 1), (4, 1)])
def test_days_are_counted_with_today_as_the_first(bureau: Bureau, days: int, count: int) -> None:
    watching(bureau, NEWS).see(listed(NEWS, at("2026-10-08"), date(2026, 9, 26)))
    assert len(warnings(bureau.office, days=days).due) == count


def test_one_unit_sees_only_its_own(bureau: Bureau) -> None:
    watching(bureau, NEWS, OTHER).see(
        listed(NEWS, at("2026-10-08"), date(2026, 9, 26)), listed(OTHER, at("2026-10-08"), date(2026, 9, 24))
    )
    assert told(warnings(bureau.office, unit_id="财政局")) == [("czj", "A1-18a", "2026-10-10", 3)]


def test_what_no_look_answered_is_unclear_not_due(bureau: Bureau) -> None:
    watching(bureau, NEWS, NOTES)
    bureau.see(listed(NEWS, at("2026-10-07"), date(2026, 9, 1), state=PageState.BLOCKED, why="被拦截"))
    found = warnings(bureau.office, days=400)
    assert found.due == ()
    assert [(one.subject, one.seen_on, one.why) for one in found.unclear] == [
        ("工作动态", None, "被拦截"),
        ("通知公告", None, "还没有监测"),
    ]


def test_a_day_that_passed_unseen_is_unclear(bureau: Bureau) -> None:
    watching(bureau, NEWS, today="2026-10-11").see(listed(NEWS, at("2026-10-08"), date(2026, 9, 26)))
    found = warnings(bureau.office)
    assert (found.due, found.lapsed) == ((), 0)
    assert [(one.seen_on, one.why) for one in found.unclear] == [(date(2026, 10, 8), "此后没有再监测")]


def test_what_is_late_already_is_only_counted(bureau: Bureau) -> None:
    watching(bureau, NEWS).see(listed(NEWS, at("2026-10-08"), date(2026, 9, 1)))
    found = warnings(bureau.office, days=400)
    assert (found.due, found.lapsed, found.unclear) == ((), 1, ())


def test_a_year_s_count_is_due_on_its_last_day_until_it_is_reached(bureau: Bureau) -> None:
    watching(bureau, REPORT, today="2026-12-28").see(listed(REPORT, at("2026-12-28"), date(2025, 3, 1)))
    assert told(warnings(bureau.office)) == [("czj", "A1-15", "2026-12-31", 4)]
    bureau.see(listed(REPORT, at("2026-12-28", "08:00"), date(2025, 3, 1), date(2026, 12, 28)))
    assert warnings(bureau.office, days=400).due == ()


def test_nobody_is_warned_of_what_is_no_longer_judged_by_then(bureau: Bureau) -> None:
    closing = replace(NEWS, valid_to=date(2026, 10, 10))
    watching(bureau, closing).see(listed(NEWS, at("2026-10-08"), date(2026, 9, 26)))
    assert warnings(bureau.office).due == ()
    watching(bureau, replace(NEWS, valid_to=date(2026, 10, 11)))
    assert len(warnings(bureau.office).due) == 1


def test_secrets_are_for_named_people_only(bureau: Bureau) -> None:
    watching(bureau, NEWS).see(listed(NEWS, at("2026-10-08"), date(2026, 9, 26)))
    rubric = bureau.rubrics[1]
    clauses = tuple(
        replace(one, item=f"{one.item}（泄密）") if one.id == "A1-18" else one for one in rubric.clauses
    )
    bureau.rubrics = {**bureau.rubrics, 1: replace(rubric, clauses=clauses)}
    assert warnings(bureau.office) == Warnings(
        today=date(2026, 10, 8), days=7, due=(), later=0, lapsed=0, watched=0, unclear=()
    )


def noticed(bureau: Bureau, deadline: date) -> int:
    """A lapse that two nights of September confirmed, named in a notice issued on 3 October."""
    for night in ("2026-09-29", "2026-09-30"):
        bureau.see(listed(NEWS, at(night), date(2026, 9, 1)))
    bureau.judge()
    [event] = bureau.archive.events()
    month, out = Month(2026, 9), bureau.folder / "out"
    close(bureau.office, month, out, "张三")
    issue(bureau.office, month, 9, date(2026, 10, 3), deadline, "张三", out)
    return event.id or 0


@pytest.mark.parametrize(
    ("deadline", "left"), [(date(2026, 10, 8), [1]), (date(2026, 10, 14), [7]), (date(2026, 10, 7), [])]
)
def test_a_notice_s_deadline_is_due_too(bureau: Bureau, deadline: date, left: list[int]) -> None:
    event_id = noticed(watching(bureau, NEWS), deadline)
    found = warnings(bureau.office)
    assert [(one.kind, one.left, one.event) for one in found.due] == [
        (WarningKind.DEADLINE, days, event_id) for days in left
    ]


def test_a_later_notice_does_not_move_a_deadline(bureau: Bureau) -> None:
    event_id = noticed(watching(bureau, NEWS, today="2026-11-08"), date(2026, 10, 20))
    first = bureau.archive.notice_report(bureau.archive.notices()[0].id)
    bureau.archive.issue_notice(
        Month(2026, 10), number=10, issued_on=date(2026, 11, 3), deadline=date(2026, 11, 10),
        event_ids=[event_id], report=first, by="张三", at=at("2026-11-03"),
    )  # fmt: skip
    assert warnings(bureau.office).due == ()


def test_what_was_put_right_or_decided_away_has_no_deadline(bureau: Bureau) -> None:
    event_id = noticed(watching(bureau, NEWS), date(2026, 10, 10))
    decide(
        bureau.office,
        event_id,
        DecisionKind.WITHDRAW,
        by="李四",
        reason="平台故障",
        at=at("2026-10-08", "10:00"),
    )
    assert warnings(bureau.office).due == ()
    decide(
        bureau.office, event_id, DecisionKind.CONFIRM, by="李四", reason="复核", at=at("2026-10-08", "11:00")
    )
    assert len(warnings(bureau.office).due) == 1
    bureau.see(listed(NEWS, at("2026-10-08", "12:00"), date(2026, 9, 1), date(2026, 10, 8)))
    bureau.judge()
    assert [one for one in warnings(bureau.office).due if one.kind is WarningKind.DEADLINE] == []


def test_an_exemption_that_ends_is_told(bureau: Bureau) -> None:
    watching(bureau, NEWS).see(listed(NEWS, at("2026-10-08"), date(2026, 9, 1)))
    bureau.judge()
    [event] = bureau.archive.events()
    decide(
        bureau.office, event.id or 0, DecisionKind.EXEMPT, by="李四", reason="改版", until=date(2026, 10, 10),
        at=at("2026-10-08", "10:00"),
    )  # fmt: skip
    found = warnings(bureau.office)
    assert [(one.kind, str(one.last_day), one.left) for one in found.due] == [
        (WarningKind.EXEMPTION, "2026-10-10", 3)
    ]
    assert found.lapsed == 0


def test_nothing_registered_is_nothing_due(bureau: Bureau) -> None:
    watching(bureau)
    found = warnings(bureau.office)
    assert (found.due, found.unclear, found.lapsed, found.later, found.watched) == ((), (), 0, 0, 0)


@pytest.mark.parametrize(
    ("days", "unit", "piece"), [(0, None, "1 至 400"), (401, None, "400"), (7, "财正局", "财政局")]
)
def test_wrong_words_are_refused(bureau: Bureau, days: int, unit: str | None, piece: str) -> None:
    with pytest.raises(InputError, match=piece):
        warnings(bureau.office, days=days, unit_id=unit)
