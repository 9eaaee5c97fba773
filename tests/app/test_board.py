"""One board for everybody: begun early, given again while nothing moved, newer after a decision."""

import threading
from decimal import Decimal

from app.board import Boards
from app.decisions import decide
from app.scores import score_all
from domain.events import DecisionKind
from tests.app.bureau import NEWS, Bureau, listed
from tests.builders import at


def test_a_board_begun_early_is_the_one_the_first_page_gets(bureau: Bureau) -> None:
    boards = Boards()
    boards.begin(bureau.office)
    boards.close()
    assert not [one for one in threading.enumerate() if one.name == "board"]
    made = boards.get(bureau.office)
    assert list(made.sheets.values()) == score_all(bureau.office, made.day)
    assert boards.get(bureau.office) is made


def test_a_decision_makes_a_newer_board(bureau: Bureau) -> None:
    for night in ("2026-10-16", "2026-10-17"):
        bureau.see(listed(NEWS, at(night), at("2026-09-01").date()))
    bureau.judge()
    boards = Boards(wait_s=60)
    before = boards.get(bureau.office).sheets["czj"].deducted
    [event] = bureau.archive.events(unit_id="czj")
    decide(bureau.office, event.id or 0, DecisionKind.WITHDRAW, by="张三", reason="改版", at=at("2026-10-18"))
    after = boards.get(bureau.office)
    assert (before, after.sheets["czj"].deducted, after.fresh) == (Decimal(2), Decimal(0), True)
    boards.close()
