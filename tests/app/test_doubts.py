"""Doubts become tasks and a list; they never touch events or scores."""

from datetime import date, timedelta

from app.doubts import BACK_DATED, doubts
from app.scores import score_unit
from tests.app.bureau import NEWS, Bureau, listed
from tests.builders import at

NIGHT = at("2026-09-25")
OLD = date(2026, 9, 20)


def filled_in(bureau: Bureau, on: date) -> None:
    """A row of that day appears the night after a look that did not show it."""
    bureau.see(listed(NEWS, NIGHT, OLD))
    bureau.see(listed(NEWS, NIGHT + timedelta(days=1), OLD, on))
    bureau.archive.advance(NIGHT + timedelta(days=1))
    bureau.judge()


def test_a_row_filled_in_later_is_told_and_scores_nothing(bureau: Bureau) -> None:
    filled_in(bureau, date(2026, 9, 22))
    [doubt] = doubts(bureau.office)
    assert (doubt.kind, doubt.days, doubt.unit_id) == (BACK_DATED, 3, "czj")
    assert "注明2026-09-22，2026-09-26才首次见到" in doubt.sentence
    [task] = [task for task in bureau.archive.tasks() if task.kind == BACK_DATED]
    assert task.detail == doubt.sentence
    assert bureau.archive.events() == []
    assert score_unit(bureau.office, "czj").deducted == 0


def test_an_offices_usual_delay_is_listed_but_no_task(bureau: Bureau) -> None:
    filled_in(bureau, date(2026, 9, 23))
    assert [doubt.days for doubt in doubts(bureau.office, "czj")] == [2]
    assert [task for task in bureau.archive.tasks() if task.kind == BACK_DATED] == []
    assert doubts(bureau.office, "jyj") == []


def test_a_task_closes_when_the_doubt_is_no_longer_recent(bureau: Bureau) -> None:
    filled_in(bureau, date(2026, 9, 22))
    assert [task for task in bureau.archive.tasks() if task.kind == BACK_DATED]
    later = NIGHT + timedelta(days=40)
    bureau.see(listed(NEWS, later, date(2026, 11, 3)))
    bureau.archive.advance(later)
    bureau.judge()
    assert [task for task in bureau.archive.tasks() if task.kind == BACK_DATED] == []
