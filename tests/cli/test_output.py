from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest

from app.contract.plain import plain
from cli.output import shown
from domain.clock import Month


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Pair:
    day: date
    points: Decimal


def test_json_forms() -> None:
    at = datetime(2026, 10, 8, 1, 30, tzinfo=UTC)
    assert plain(
        {"at": at, "pair": Pair(date(2026, 10, 8), Decimal("0.50")), "of": (Colour.RED, None, True)}
    ) == {
        "at": "2026-10-08T01:30:00Z",
        "pair": {"day": "2026-10-08", "points": "0.50"},
        "of": ["red", None, True],
    }
    assert plain(Month(2026, 10)) == "2026-10"


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        plain(object())


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, "—"),
        ("", "—"),
        (Decimal("2.00"), "2"),
        (Decimal("100"), "100"),
        (datetime(2026, 10, 7, 17, 30, tzinfo=UTC), "2026-10-08 01:30"),
        (False, "否"),
        (0, "0"),
    ],
)
def test_cells(value: object, cell: str) -> None:
    assert shown(value) == cell
