"""Who may decide: of the office's own units two persons, whatever the deed (domain.md §8.3.11)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.decisions import Attestation, adopt, attest, decide
from app.scores import score_unit
from app.words import GOES_ON, goes_on
from domain.errors import RefusedError
from domain.events import DecisionKind, EventState
from domain.looks import LookKind
from domain.units import Registry
from tests.app.bureau import CZJ, NEWS, NOTES, Bureau, listed
from tests.builders import at

OLD = date(2026, 9, 1)
OPENED = Attestation(by="张三", reason="打开看过", newest_on=OLD)


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    """The unit runs the platform it is judged on."""
    own = replace(CZJ, office_own=True)
    made = Bureau(tmp_path, registry=Registry(units=(own,), columns=(NEWS, NOTES)))
    yield made
    made.archive.close()


def test_what_one_person_saw_of_the_offices_own_unit_neither_accuses_nor_acquits(bureau: Bureau) -> None:
    for when in ("2026-09-29", "2026-09-30"):
        with pytest.raises(RefusedError, match="--second"):
            attest(bureau.office, NEWS.subject_id, OPENED, at=at(when))
        with pytest.raises(RefusedError, match="另一个人"):
            attest(bureau.office, NEWS.subject_id, replace(OPENED, second="张 三"), at=at(when))
    assert bureau.archive.looks_of(NEWS.subject_id) == []


def test_two_persons_saw_it(bureau: Bureau) -> None:
    look = attest(bureau.office, NEWS.subject_id, replace(OPENED, second="李四"), at=at("2026-09-29"))
    assert bureau.archive.look(look).attested_by == "张三、李四"
    assert "张三、李四：打开看过" in bureau.archive.look(look).why
    assert [event.state for event in bureau.archive.events()] == [EventState.SUSPECTED]
    assert bureau.archive.verify().ok


def test_two_persons_make_a_check_of_the_offices_own_unit_official(bureau: Bureau) -> None:
    check = bureau.archive.ask_check("czj", at("2026-09-30"))
    run = bureau.run(at("2026-09-30"))
    bureau.archive.claim_check(run, at("2026-09-30"))
    bureau.see(listed(NEWS, at("2026-09-30"), OLD, look=LookKind.ON_DEMAND, check_id=check), run=run)
    bureau.archive.finish_check(check, at("2026-09-30"))
    said = {"by": "张三", "reason": "核实"}
    with pytest.raises(RefusedError, match="--second"):
        adopt(bureau.office, check, **said, at=at("2026-10-01"))
    assert bureau.archive.events() == []
    adopt(bureau.office, check, **said, second="李四", at=at("2026-10-01"))
    assert [event.state for event in bureau.archive.events()] == [EventState.SUSPECTED]
    assert bureau.archive.verify().ok


def test_a_withdrawn_breach_that_goes_on_costs_nothing_and_says_so(bureau: Bureau) -> None:
    """Months later too; only after the column was in order a new lapse is another event."""
    for night in ("2026-09-29", "2026-09-30"):
        bureau.see(listed(NEWS, at(night), OLD))
    bureau.judge()
    [event] = bureau.archive.events()
    assert goes_on(event) == ""
    two = {"by": "张三", "second": "李四"}
    kind = DecisionKind.WITHDRAW
    decide(bureau.office, event.id or 0, kind, reason="停机", at=at("2026-10-01"), **two)
    for night in ("2026-10-02", "2026-10-20", "2026-11-05", "2026-11-20"):
        bureau.see(listed(NEWS, at(night), OLD))
    bureau.judge()
    [event] = bureau.archive.events()
    assert (event.state, event.open, len(event.sightings)) == (EventState.WITHDRAWN, True, 6)
    assert goes_on(event) == GOES_ON
    assert score_unit(bureau.office, "czj", date(2026, 11, 30)).deducted == 0
    bureau.see(listed(NEWS, at("2026-11-25"), date(2026, 11, 24), OLD))
    for night in ("2026-12-20", "2026-12-21"):
        bureau.see(listed(NEWS, at(night), date(2026, 11, 24), OLD))
    bureau.judge()
    first, second = bureau.archive.events()
    assert (goes_on(first), second.state) == ("", EventState.CONFIRMED)
    assert score_unit(bureau.office, "czj", date(2026, 12, 31)).deducted == 2
