"""A day's sheet is what was recorded by that day's end: whatever comes later leaves it as it was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.decisions import Attestation, adopt, attest, decide
from app.known import known_events
from app.marks import Said, mark
from app.scores import score_all, score_unit
from domain.clock import day_end, day_start
from domain.errors import InputError, RefusedError
from domain.events import DecisionKind, EventState
from domain.looks import LookKind, Observation
from domain.readings import DocumentReading, PageState
from domain.scores import ScoreSheet
from domain.units import Column, ColumnKind, Registration, RegistrationState, Registry
from monitors.case import Case
from tests.app.bureau import CZJ, HOST, JYJ, NEWS, ON_SHARED, SHARED, SINCE, Bureau, listed, read

GUIDES = Column(
    id="czj-jd", name="政策解读", kind=ColumnKind.INTERPRETATION, url=f"{HOST}/czj/jd/", unit_id="czj",
    monitored_from=SINCE, clock="1y",
)  # fmt: skip
WATCHED = Registry(
    units=(CZJ, JYJ), columns=(NEWS, SHARED, GUIDES),
    registrations=(
        *ON_SHARED,
        Registration(unit_id="czj", kind="政策解读", state=RegistrationState.MONITORED, since=SINCE),
    ),
)  # fmt: skip
FIRST = date(2026, 12, 13)
"""The days of a history lie around the year's end, so that months, the year and its windows are all cut."""
OLD = date(2026, 2, 1)
KNOWN = DocumentReading(state=PageState.OK, why="", publisher="某旗财政局")
NIGHTS: dict[str, Callable[[date, datetime], list[Observation]]] = {
    "stale": lambda day, when: [listed(NEWS, when, day - timedelta(20))],
    "fresh": lambda day, when: [listed(NEWS, when, day - timedelta(20), day)],
    "back-dated": lambda day, when: [listed(NEWS, when, day - timedelta(20), day - timedelta(3))],
    "nothing": lambda _, when: [listed(NEWS, when, OLD, state=PageState.BLOCKED, reading=None)],
    "guides": lambda _, when: [listed(GUIDES, when, date(2025, 3, 1))],
    "guide": lambda _, when: [listed(GUIDES, when, date(2025, 3, 1), date(2026, 12, 20))],
    "shared": lambda _, when: [listed(SHARED, when, OLD)],
    "shared-known": lambda _, when: [
        listed(SHARED, when, OLD), read(SHARED, OLD, when + timedelta(minutes=1), KNOWN),
    ],
}  # fmt: skip
"""What a night may see."""
PEOPLE = ("adopt", "confirm", "withdraw", "exempt", "mark", "clear", "attest")
STEPS = (*NIGHTS, "demand", *PEOPLE)


class Years:
    """A bureau that lives through steps, one a day or several."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        bureau.registry = WATCHED
        self.checks: list[int] = []

    def live(self, step: str, day: date, hour: int) -> None:
        when = day_start(day) + timedelta(hours=hour)
        if step in NIGHTS:
            self.bureau.see(*NIGHTS[step](day, when))
        elif step == "demand":
            self._check(day, when)
        else:
            self._person(step, day, when)
        self.bureau.archive.advance(when + timedelta(minutes=5))
        self.bureau.judge()

    def _check(self, day: date, when: datetime) -> None:
        archive = self.bureau.archive
        check = archive.ask_check("czj", when)
        run = self.bureau.run(when)
        archive.claim_check(run, when)
        look = listed(NEWS, when, day - timedelta(20), look=LookKind.ON_DEMAND, check_id=check)
        self.bureau.see(look, run=run)
        archive.finish_check(check, when)
        self.checks.append(check)

    def _person(self, step: str, day: date, when: datetime) -> None:
        office, signed = self.bureau.office, {"by": "张三", "reason": "核实"}
        if step == "adopt" and self.checks:
            adopt(office, self.checks.pop(), at=when, **signed)
        elif step in {"mark", "clear"}:
            said = Said(points=Decimal(1) if step == "mark" else None, **signed)  # type: ignore[arg-type]
            attempt(lambda: mark(office, "czj", "A1-15", said, year=2026, at=when))
        elif step == "attest":
            attest(office, "czj-dt", Attestation(newest_on=day, **signed), at=when)  # type: ignore[arg-type]
        events = self.bureau.archive.events()
        if step in {"confirm", "withdraw", "exempt"} and events:
            until = day + timedelta(5) if step == "exempt" else None
            event_id = events[-1].id or 0
            attempt(
                lambda: decide(office, event_id, DecisionKind(step), at=when, until=until, **signed)
            )  # fmt: skip

    def sheets(self, day: date) -> list[ScoreSheet]:
        """Both units' sheets of every score year known on the day."""
        years = range(2026, day.year + 1)
        return [one for year in years for one in score_all(self.bureau.office, day, year=year)]


def attempt(call: Callable[[], object]) -> None:
    """A person may ask for what the rules refuse; then nothing happens."""
    try:
        call()
    except (RefusedError, InputError):
        return


@settings(max_examples=15, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(
    st.lists(
        st.tuples(st.sampled_from(STEPS), st.integers(0, 3)), min_size=4, max_size=16
    )
)  # fmt: skip
def test_what_comes_later_changes_no_earlier_sheet(steps: list[tuple[str, int]]) -> None:
    """Any history, split after any of its days."""
    with TemporaryDirectory() as folder:
        years = Years(Bureau(Path(folder) / "office"))
        with years.bureau.archive:
            day, hour, known = FIRST, 2, dict[date, list[ScoreSheet]]()
            for step, pause in steps:
                hour = hour + 2 if pause == 0 and hour < 20 else 2
                day = day if hour > 2 else day + timedelta(max(pause, 1))
                years.live(step, day, hour)
                known[day] = years.sheets(day)
            assert {day: years.sheets(day) for day in known} == known


def test_an_adoption_counts_from_its_day(bureau: Bureau) -> None:
    years = Years(bureau)
    for step, day in (("stale", 13), ("demand", 14), ("nothing", 15), ("adopt", 16)):
        years.live(step, date(2026, 12, day), 2)
    lost = [score_unit(bureau.office, "czj", date(2026, 12, day)).deducted for day in (14, 15, 16)]
    assert lost == [0, 0, 2]
    asked = [score_unit(bureau.office, "czj", date(2026, 12, day)).coverage for day in (13, 14, 16)]
    assert asked == [Decimal(1), Decimal(1), Decimal("0.667")]


def test_the_row_that_contests_a_lapse_contests_it_from_its_first_sight(bureau: Bureau) -> None:
    """Also after the column moved: what was told of the old address is all that is left of it then."""
    years = Years(bureau)
    for step, day in (("stale", 13), ("stale", 14)):
        years.live(step, date(2026, 12, day), 2)
    before = years.sheets(date(2026, 12, 14))
    years.live("back-dated", date(2026, 12, 16), 2)
    [event] = bureau.archive.events()
    assert event.held
    moved = replace(NEWS, url=f"{HOST}/czj/new/", monitored_from=date(2026, 12, 17))
    bureau.registry = replace(WATCHED, columns=(moved, SHARED, GUIDES))
    test = bureau.rubrics[1].test("A1-18a")
    case = Case(unit_id="czj", subject_id=NEWS.subject_id, test=test)
    [then] = known_events(bureau.office, case, day_end(date(2026, 12, 14)))
    assert (then.held, [s.contested for s in then.sightings]) == ("", [False, False])
    kept = years.sheets(date(2026, 12, 14))
    assert [one.deducted for one in kept] == [one.deducted for one in before] == [2, 0]
    assert [event.state for event in bureau.archive.events()] == [EventState.SUSPECTED]


def test_a_unit_that_ended_keeps_its_sheet_of_that_year_and_has_none_later(bureau: Bureau) -> None:
    ended = replace(CZJ, valid_to=date(2026, 6, 30))
    bureau.registry = Registry(units=(ended, JYJ))
    assert score_unit(bureau.office, "财政局", date(2026, 6, 30)).unit_id == "czj"
    assert [one.unit_id for one in score_all(bureau.office, date(2026, 12, 31))] == ["czj", "jyj"]
    with pytest.raises(InputError, match="2026-06-30"):
        score_unit(bureau.office, "财政局", date(2027, 1, 1))
    assert [one.unit_id for one in score_all(bureau.office, date(2027, 1, 1))] == ["jyj"]
    assert score_unit(bureau.office, "财政局", date(2027, 1, 10), 2026).year == 2026
