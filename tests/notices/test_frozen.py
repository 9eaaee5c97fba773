import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.notices import MonthReport, NoticeItem
from notices.frozen import freeze, thaw
from tests.notices.reports import a_correction, a_first_month_without_problems, an_issued_report, an_item


@pytest.mark.parametrize(
    "report",
    [an_issued_report(corrections=(a_correction(),)), a_first_month_without_problems()],
)
def test_a_report_comes_back_as_it_was(report: MonthReport) -> None:
    assert thaw(MonthReport, json.loads(json.dumps(freeze(report)))) == report


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=0, max_value=100),
    st.text(),
    st.datetimes(timezones=st.just(UTC)),
    st.none() | st.dates(),
)
def test_any_item_comes_back(points: Decimal, text: str, at: datetime, day: object) -> None:
    item = an_item(points=points, detail=text, seen_at=(at,), newest_on=day, subject_id=f"账号:{text}")
    assert thaw(NoticeItem, json.loads(json.dumps(freeze(item)))) == item


def test_a_damaged_record_fails_instead_of_printing_something_else() -> None:
    data = freeze(an_item())
    with pytest.raises(KeyError, match="points"):
        thaw(NoticeItem, {key: value for key, value in data.items() if key != "points"})
    with pytest.raises(KeyError, match="more"):
        thaw(NoticeItem, {**data, "more": 1})


def test_a_record_older_than_a_field_with_a_default_can_be_read() -> None:
    data = freeze(an_issued_report())
    del data["corrections"], data["sender"]["prefix"]
    assert thaw(MonthReport, data) == an_issued_report()


def test_floats_are_not_frozen() -> None:
    with pytest.raises(TypeError, match="float"):
        freeze({"points": 0.1})
