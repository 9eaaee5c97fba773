"""What the console's downloads say beside their files."""

from pathlib import Path

from app.months import close
from app.prints import quarter_prints
from domain.clock import Month
from domain.quarters import Quarter
from tests.app.monthly import FINANCE, office_at, watch
from tests.app.test_quarters import OLD

SAID = "通报里没有统计图：图没有画出来。"


def test_a_quarter_without_its_picture_says_so(tmp_path: Path) -> None:
    office = office_at(tmp_path, "2026-10-05 12:00")
    with office.archive:
        watch(office, "2026-08-20", 3, {FINANCE: OLD})
        close(office, Month(2026, 8), tmp_path / "months", "王五")
        made = quarter_prints(office, Quarter(2026, 3), None, pdf=False, draw=lambda _q, _r: (None, SAID))
    assert made.no_picture == SAID
    assert len(made.files) == 1
