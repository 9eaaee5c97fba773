"""A unit's year from its stored looks and events."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.boards import Boards
from app.decisions import decide
from app.timeline import timeline_of
from app.unit_pictures import unit_timeline
from domain.errors import InputError
from domain.events import DecisionKind
from domain.readings import PageState
from domain.units import Registry
from pictures.figures import Row, Span, SpanKind, Timeline
from tests.app.bureau import CZJ, JYJ, NEWS, NOTES, Bureau, listed
from tests.builders import at

OLD, FRESH, NEW = date(2026, 9, 1), date(2026, 10, 5), date(2026, 10, 18)


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    """The news found stale on four nights from 10 October on, one of them without an answer; then mended."""
    made = Bureau(tmp_path / "office")
    for day in (10, 11, 13, 14):
        made.see(listed(NEWS, at(f"2026-10-{day}"), OLD), listed(NOTES, at(f"2026-10-{day}"), FRESH))
    failed = {"state": PageState.FAILED, "http_status": None, "reading": None}
    made.see(listed(NEWS, at("2026-10-15"), **failed), listed(NOTES, at("2026-10-15"), FRESH))
    made.see(listed(NEWS, at("2026-10-20"), NEW, OLD), listed(NOTES, at("2026-10-20"), FRESH))
    made.archive.advance(at("2026-10-20", "09:00"))
    made.judge()
    return made


def shown(bureau: Bureau) -> Timeline:
    return timeline_of(bureau.office, "czj", ())


def row(figure: Timeline, name: str = "工作动态") -> Row:
    return next(one for one in figure.rows if one.name == name)


def spans(row: Row, kind: SpanKind) -> list[tuple[int, int]]:
    """Days of October."""
    return [(one.first.day, one.last.day) for one in row.spans if one.kind is kind]


def test_publications_breaches_and_silence(bureau: Bureau) -> None:
    figure = shown(bureau)
    assert (figure.unit, figure.year, figure.today) == ("财政局", 2026, date(2026, 10, 20))
    assert [one.name for one in figure.rows] == ["工作动态", "通知公告"]
    news = row(figure)
    assert news.days == (OLD, NEW)
    assert spans(news, SpanKind.SUSPECTED) == [(10, 10)]
    assert spans(news, SpanKind.CONFIRMED) == [(11, 19)]
    assert spans(news, SpanKind.UNKNOWN) == [(12, 12), (15, 19)]
    assert spans(row(figure, "通知公告"), SpanKind.UNKNOWN) == [(12, 12), (16, 19)]


def test_a_breach_that_goes_on_reaches_today(bureau: Bureau) -> None:
    bureau.see(listed(NEWS, at("2026-11-20"), NEW))
    bureau.archive.advance(at("2026-11-22", "09:00"))
    bureau.judge()
    open_one = [one for one in row(shown(bureau)).spans if one.kind is SpanKind.SUSPECTED][-1]
    assert open_one == Span(kind=SpanKind.SUSPECTED, first=date(2026, 11, 20), last=date(2026, 11, 22))


def test_what_was_withdrawn_is_no_breach(bureau: Bureau) -> None:
    [event] = bureau.archive.events(unit_id="czj")
    assert event.id is not None
    decide(bureau.office, event.id, DecisionKind.WITHDRAW, by="张三", reason="网站迁移")
    news = row(shown(bureau))
    assert spans(news, SpanKind.CONFIRMED) == spans(news, SpanKind.SUSPECTED) == []


def test_today_before_the_night_is_not_silent(bureau: Bureau) -> None:
    bureau.archive.advance(at("2026-10-21", "00:30"))
    assert spans(row(shown(bureau)), SpanKind.UNKNOWN)[-1] == (15, 19)


def test_what_lapses_next_comes_from_the_board(bureau: Bureau) -> None:
    figure = unit_timeline(bureau.office, Boards().get(bureau.office), "czj")
    assert row(figure).due == NEW + timedelta(days=14)


def test_of_another_unit_nothing_is_shown(bureau: Bureau) -> None:
    assert timeline_of(bureau.office, "jyj", ()).rows == ()


def test_without_subjects_or_looks(tmp_path: Path) -> None:
    empty = Bureau(tmp_path / "empty", Registry(units=(CZJ, JYJ), columns=(NEWS,)))
    assert timeline_of(empty.office, "jyj", ()).rows == ()
    assert timeline_of(empty.office, "czj", ()).rows == (Row(name="工作动态"),)
    with pytest.raises(InputError):
        timeline_of(empty.office, "nobody", ())


def test_an_earlier_year_ends_with_its_last_day(bureau: Bureau) -> None:
    bureau.archive.advance(at("2027-02-03", "09:00"))
    figure = timeline_of(bureau.office, "czj", (), 2026)
    assert (figure.year, figure.today) == (2026, date(2027, 2, 3))
    assert row(figure).days == (OLD, NEW)
    assert spans(row(figure), SpanKind.CONFIRMED) == [(11, 19)]
    silent = [one for one in row(figure).spans if one.kind is SpanKind.UNKNOWN]
    assert silent[-1].last == date(2026, 12, 31)
    assert timeline_of(bureau.office, "czj", ()).rows[0].days == ()
