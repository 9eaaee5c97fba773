import pytest

from domain.clock import Month
from domain.quarters import Quarter


@pytest.mark.parametrize("text", ["2026", "2026Q5", "2026-Q1", "Q3"])
def test_a_quarter_is_written_like_2026Q3(text: str) -> None:
    with pytest.raises(ValueError, match="2026Q3"):
        Quarter.parse(text)
    assert Quarter.parse("2026q3").months == (Month(2026, 7), Month(2026, 8), Month(2026, 9))
