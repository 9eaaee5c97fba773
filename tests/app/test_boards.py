"""One board for everybody: begun early, given again while nothing moved, newer where something did."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest

from app.boards import BATCH, Boards
from app.decisions import decide
from app.marks import Said, mark
from app.scores import score_all
from app.users import add_user
from app.warnings import MOST_DAYS, warnings
from app.workshop import Here
from domain.clock import local_day
from domain.errors import StorageError, ZwgkError
from domain.events import DecisionKind
from domain.units import Registry, Unit
from domain.users import Role
from tests.app.bureau import CZJ, JYJ, NEWS, NOTES, ON_SHARED, SHARED, Bureau, listed
from tests.builders import at


class Watched(Here):
    """Works where it stands; `asked` tells for whom. Held back until `go` is set."""

    def __init__(self, *, go: bool = True) -> None:
        self.asked: list[list[str]] = []
        self.go = threading.Event()
        self.error: Exception | None = None
        if go:
            self.go.set()

    def do(self, work: Any, office: Any, *args: Any, **named: Any) -> Any:
        self.asked.append(list(args[0]))
        assert self.go.wait(60)
        if self.error is not None:
            raise self.error
        return work(office, *args, **named)


@contextmanager
def kept(workshop: Here | None = None, wait_s: float | None = None) -> Iterator[Boards]:
    boards = Boards(workshop, wait_s)
    try:
        yield boards
    finally:
        boards.close()


def seen(bureau: Bureau) -> Bureau:
    for night in ("2026-10-16", "2026-10-17"):
        bureau.see(listed(NEWS, at(night), at("2026-09-01").date()))
        bureau.see(listed(SHARED, at(night), at("2026-09-01").date()))
    bureau.judge()
    bureau.archive.advance(at("2026-10-18"))
    return bureau


def test_a_board_begun_early_is_the_one_the_first_page_gets(bureau: Bureau) -> None:
    office = seen(bureau).office
    with kept() as boards:
        boards.begin(office)
        made = boards.get(office)
        assert list(made.sheets.values()) == score_all(office, made.day)
        assert made.ahead == warnings(office, days=MOST_DAYS)
        assert (made.missing, made.fresh) == (0, True)
        assert boards.get(office) is made
    assert not [one for one in threading.enumerate() if one.name == "board"]


def test_a_decision_makes_only_its_unit_anew(bureau: Bureau) -> None:
    office, workshop = seen(bureau).office, Watched()
    with kept(workshop) as boards:
        before = boards.get(office).sheets["czj"].deducted
        [event] = bureau.archive.events(unit_id="czj", test_id="A1-18a")
        decide(office, event.id or 0, DecisionKind.WITHDRAW, by="张三", reason="改版", at=at("2026-10-18"))
        after = boards.get(office)
        assert (before, after.sheets["czj"].deducted, after.fresh) == (Decimal(2), Decimal(0), True)
        assert workshop.asked == [["czj", "jyj"], ["czj"]]
        assert list(after.sheets.values()) == score_all(office, after.day)


def test_what_concerns_nobodys_score_makes_nothing_anew(bureau: Bureau) -> None:
    office, workshop = seen(bureau).office, Watched()
    with kept(workshop) as boards:
        made = boards.get(office)
        add_user(office, "zhang", role=Role.OFFICE, password="six quiet clerks")
        assert boards.get(office) is made
        assert len(workshop.asked) == 1


def test_a_look_at_a_shared_column_is_about_everybody(bureau: Bureau) -> None:
    office, workshop = seen(bureau).office, Watched()
    with kept(workshop) as boards:
        boards.get(office)
        bureau.see(listed(SHARED, at("2026-10-18"), at("2026-10-18").date()))
        assert list(boards.get(office).sheets.values()) == score_all(office)
        bureau.see(listed(NOTES, at("2026-10-18"), at("2026-10-18").date()))
        assert list(boards.get(office).sheets.values()) == score_all(office)
        bureau.archive.advance(at("2026-10-19"))
        assert boards.get(office).day == local_day(at("2026-10-19"))
    assert [set(one) for one in workshop.asked[1:]] == [{"czj", "jyj"}, {"czj"}, {"czj", "jyj"}]


def test_a_mark_is_seen_at_once(bureau: Bureau) -> None:
    office, workshop = seen(bureau).office, Watched()
    with kept(workshop) as boards:
        boards.get(office)
        mark(office, "jyj", "A1-02", Said(points=Decimal(1), by="张三", reason="查过材料"))
        assert list(boards.get(office).sheets.values()) == score_all(office)
        assert workshop.asked[1:] == [["jyj"]]


def many(bureau: Bureau, count: int) -> Bureau:
    more = tuple(Unit(id=f"u{n}", name=f"第{n}局", kind=CZJ.kind, annex=1) for n in range(count))
    bureau.registry = Registry(
        units=(CZJ, JYJ, *more), columns=(NEWS, NOTES, SHARED), registrations=ON_SHARED
    )
    return bureau


def test_a_page_gets_what_is_there_and_the_unit_it_is_about_comes_first(bureau: Bureau) -> None:
    office, workshop = seen(many(bureau, 2 * BATCH)).office, Watched(go=False)
    with kept(workshop, wait_s=0) as boards:
        boards.begin(office)
        nothing = boards.get(office, first=("u19",))
        assert (nothing.missing, nothing.fresh, dict(nothing.sheets)) == (2 * BATCH + 2, False, {})
        workshop.go.set()
        whole = boards.get(office, whole=True)
        assert (whole.missing, whole.fresh) == (0, True)
        assert list(whole.ahead.due) == list(warnings(office, days=MOST_DAYS).due)
    assert "u19" in workshop.asked[1] or "u19" in workshop.asked[0]


def test_an_earlier_score_year_has_a_board_of_its_own(bureau: Bureau) -> None:
    office = seen(bureau).office
    bureau.see(listed(NEWS, at("2027-01-05"), at("2027-01-04").date()))
    bureau.judge()
    bureau.archive.advance(at("2027-01-05"))
    with kept() as boards:
        this, last = boards.get(office), boards.get(office, 2026)
        assert (this.year, last.year) == (2027, 2026)
        assert list(last.sheets.values()) == score_all(office, year=2026)
        assert last.sheets["czj"].deducted == Decimal(2)
        assert last.ahead.due == ()
        assert boards.get(office) is this


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_the_program_leaves_nobody_waiting(bureau: Bureau) -> None:
    office, workshop = seen(bureau).office, Watched()
    workshop.error = KeyError("a bug")
    with kept(workshop) as boards:
        with pytest.raises(ZwgkError, match="程序出了差错"):
            boards.get(office)
        workshop.error = None
        assert list(boards.get(office).sheets.values()) == score_all(office)


def test_what_went_wrong_is_told_once_and_tried_again(bureau: Bureau) -> None:
    office, workshop = seen(bureau).office, Watched()
    workshop.error = StorageError("磁盘坏了")
    with kept(workshop) as boards:
        with pytest.raises(StorageError, match="磁盘坏了"):
            boards.get(office)
        workshop.error = None
        assert list(boards.get(office).sheets.values()) == score_all(office)
