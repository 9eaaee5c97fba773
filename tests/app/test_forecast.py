"""The year-end score if nothing changes: never better than today, and on 31 December the score itself."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.decisions import decide
from app.forecast import Forecast, forecast
from app.marks import Said, mark
from app.scores import score_all, score_unit
from domain.clock import day_start
from domain.errors import InputError
from domain.events import DecisionKind
from domain.readings import PageState
from domain.scores import ClauseScore, ClauseState, ScoreSheet
from domain.units import Registry
from tests.app.bureau import CZJ, JYJ, NEWS, NOTES, Bureau, listed
from tests.app.test_as_of import NIGHTS, PEOPLE, STEPS, Years
from tests.builders import at

OLD = date(2026, 9, 1)


def watching(bureau: Bureau) -> Bureau:
    """One column, so that A1-18 has a test that is answered; the other tests of the clause are left out."""
    bureau.registry = Registry(units=(CZJ, JYJ), columns=(NEWS, NOTES))
    rubric = bureau.rubrics[1]
    clauses = tuple(
        replace(one, tests=one.tests[:1]) if one.id in {"A1-11", "A1-18"} else one for one in rubric.clauses
    )
    bureau.rubrics = {**bureau.rubrics, 1: replace(rubric, clauses=clauses)}
    return bureau


def of(bureau: Bureau, day: date) -> Forecast:
    return forecast(bureau.office, unit_id="czj", day=day)[0]


def clause(sheet: ScoreSheet, clause_id: str = "A1-18") -> ClauseScore:
    return next(one for one in sheet.clauses if one.clause_id == clause_id)


def months(found: Forecast) -> list[tuple[str, str]]:
    return [(one.test_id, str(one.month)) for one in found.more]


def test_a_stale_column_stays_stale_and_costs_every_month_up_to_the_cap(bureau: Bureau) -> None:
    watching(bureau)
    for night in ("2026-09-29", "2026-09-30"):
        bureau.see(listed(NEWS, at(night), OLD))
    bureau.judge()
    found = of(bureau, date(2026, 9, 30))
    assert months(found) == [("A1-18a", f"2026-{n}") for n in (10, 11, 12)]
    assert (found.now.total - found.end.total, clause(found.now).deducted) == (6, 2)
    assert (clause(found.end).deducted, found.end.as_of) == (8, date(2026, 12, 31))


def test_a_fresh_column_lapses_on_its_day_and_stays_so(bureau: Bureau) -> None:
    watching(bureau).see(listed(NEWS, at("2026-11-20"), date(2026, 11, 20)))
    assert months(of(bureau, date(2026, 11, 20))) == [("A1-18a", "2026-12")]


@pytest.mark.parametrize(("newest", "count"), [(date(2026, 12, 15), 1), (date(2026, 12, 16), 0)])
def test_one_night_before_the_year_s_end_charges_nothing(bureau: Bureau, newest: date, count: int) -> None:
    """Late from the 30th on: two nights; from the 31st on: one, which confirms nothing."""
    watching(bureau).see(listed(NEWS, at("2026-12-20"), newest))
    assert len(of(bureau, date(2026, 12, 20)).more) == count


def test_what_is_unknown_stays_as_it_is(bureau: Bureau) -> None:
    watching(bureau).see(listed(NEWS, at("2026-09-05"), OLD))
    bureau.see(listed(NEWS, at("2026-09-06"), OLD, state=PageState.BLOCKED))
    found = of(bureau, date(2026, 9, 6))
    assert (found.more, found.unknown) == ((), 2)  # and 通知公告, never looked at
    assert found.end == replace(found.now, as_of=date(2026, 12, 31))


def test_what_waits_for_a_person_today_is_not_settled_by_waiting(bureau: Bureau) -> None:
    watching(bureau).see(listed(NEWS, at("2026-09-29"), OLD))
    bureau.judge()
    found = of(bureau, date(2026, 9, 29))
    assert (clause(found.now).state, clause(found.end).state) == (ClauseState.PROPOSED,) * 2
    assert clause(found.end).deducted == 8
    assert found.end.total <= found.now.total


def test_a_column_that_ends_is_not_carried_beyond(bureau: Bureau) -> None:
    watching(bureau).see(listed(NEWS, at("2026-11-20"), date(2026, 11, 20)))
    bureau.registry = Registry(units=(CZJ, JYJ), columns=(replace(NEWS, valid_to=date(2026, 12, 5)),))
    assert of(bureau, date(2026, 11, 20)).more == ()


def test_an_exemption_is_kept(bureau: Bureau) -> None:
    watching(bureau)
    for night in ("2026-09-29", "2026-09-30"):
        bureau.see(listed(NEWS, at(night), OLD))
    bureau.judge()
    [event] = bureau.archive.events()
    decide(
        bureau.office, event.id or 0, DecisionKind.EXEMPT, by="张三", reason="改版", until=date(2026, 11, 29),
        at=at("2026-09-30", "09:00"),
    )  # fmt: skip
    assert months(of(bureau, date(2026, 9, 30))) == [("A1-18a", "2026-12")]


def test_a_person_s_mark_stands(bureau: Bureau) -> None:
    watching(bureau).see(listed(NOTES, at("2026-09-29"), OLD))
    said = Said(points=Decimal("2.5"), by="张三", reason="查看资料")
    mark(bureau.office, "czj", "A1-01", said, at=at("2026-09-29", "09:00"))
    found = of(bureau, date(2026, 9, 29))
    assert clause(found.end, "A1-01") == clause(found.now, "A1-01")
    assert found.end.total == found.now.total  # 通知公告 stays in time until March


def test_a_unit_nobody_knows_or_assesses_is_refused(bureau: Bureau) -> None:
    with pytest.raises(InputError, match="没有单位"):
        forecast(bureau.office, unit_id="nosuch")
    bureau.registry = Registry(units=(replace(CZJ, valid_to=date(2026, 6, 30)),))
    with pytest.raises(InputError, match="2026-06-30"):
        forecast(bureau.office, unit_id="czj", day=date(2026, 7, 1))
    assert forecast(bureau.office, day=date(2026, 7, 1)) == []


@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(
    st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 3)), min_size=2, max_size=9),
    st.booleans(),
)
def test_it_is_never_better_than_today_and_the_last_day_is_the_score(
    steps: list[tuple[str, int]], marked: bool
) -> None:
    """Whatever happened; where nothing more happens, the real nights give what was foreseen."""
    with TemporaryDirectory() as folder:
        years = Years(Bureau(Path(folder) / "office"))
        with years.bureau.archive:
            day = date(2026, 11, 20)
            for step, pause in steps:
                years.live("mark" if marked and step in PEOPLE else step, day, 2)
                day += timedelta(pause)
            found = forecast(years.bureau.office, day=day)
            assert [one.now for one in found] == score_all(years.bureau.office, day)
            for one in found:
                assert one.end.total <= one.now.total
                assert one.end.deducted >= one.now.deducted
                assert one.end.total + one.end.pending + one.end.deducted == 100
            last = date(2026, 12, 31)
            ended = forecast(years.bureau.office, day=last)
            assert [one.end for one in ended] == score_all(years.bureau.office, last)
            assert all(one.more == () for one in ended)


@settings(max_examples=10, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(st.integers(0, 40), st.integers(1, 60))
def test_nights_that_come_as_foreseen_cost_what_was_foreseen(age: int, ahead: int) -> None:
    with TemporaryDirectory() as folder:
        bureau = watching(Bureau(Path(folder) / "office"))
        with bureau.archive:
            day = date(2026, 12, 31) - timedelta(ahead)
            newest = day - timedelta(age)
            bureau.see(listed(NEWS, day_start(day) + timedelta(hours=2), newest))
            foreseen = of(bureau, day).end
            for night in range(1, ahead + 1):
                bureau.see(listed(NEWS, day_start(day + timedelta(night)) + timedelta(hours=2), newest))
            real = score_unit(bureau.office, "czj", date(2026, 12, 31))
            assert clause(real).deducted == clause(foreseen).deducted
            assert [str(o.month) for o in clause(real).occurrences] == [
                str(o.month) for o in clause(foreseen).occurrences
            ]


def test_every_step_of_a_history_is_known() -> None:
    assert set(NIGHTS) | set(PEOPLE) < set(STEPS)
