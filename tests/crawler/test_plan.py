"""What is due: conditional only while a 304 can do no harm, paged back once, documents until labelled."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.plan import (
    DocumentsKnown,
    Known,
    document_id,
    lapsed,
    late,
    plan_documents,
    plan_looks,
    plan_unit,
)
from domain.clock import months_before
from domain.looks import Look, LookKind, PlannedLook, SeenRow, Validators
from domain.overrides import ListOverride
from domain.readings import LABELS, DateSource, DocumentReading, LabelState, ListRow, PageState
from domain.units import Account, App, Column, ColumnKind, Registry, SubjectKind, Unit, UnitKind

DAY = date(2026, 11, 20)
TAG = Validators(etag='"1"')
CLOCKS = {"动态": ("14d",), "通知公告": ("6m",)}


def column(name: str = "dt", kind: ColumnKind = ColumnKind.NEWS, unit: str | None = "u") -> Column:
    return Column(id=name, name=name, kind=kind, url=f"http://p.example/{name}/", unit_id=unit)


def registry(*columns: Column, **more: object) -> Registry:
    units = tuple(Unit(id=name, name=name, kind=UnitKind.DEPARTMENT, annex=1) for name in ("u", "v"))
    return Registry(units=units, columns=columns, **more)  # type: ignore[arg-type]


def plan_one(one: Column, known: Known, day: date = DAY) -> PlannedLook:
    [look] = plan_looks(registry(one), day=day, known={one.subject_id: known}, clocks=CLOCKS)
    return look


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_conditional_look_stays_in_time_over_tomorrow(day: date, age: int) -> None:
    newest = day - timedelta(days=age)
    look = plan_one(column(), Known(seen_on=day, newest_on=newest, validators=TAG), day)
    assert (look.validators is not None) == (age + 1 <= 14)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_six_months_are_calendar_months(day: date, age: int) -> None:
    newest = day - timedelta(days=age)
    assert lapsed("6m", newest, day) == (newest < months_before(day, 6))
    assert lapsed("1y", newest, day) == (newest < months_before(day, 12))
    assert not lapsed("none", newest, day)


def test_a_rubric_s_limit_counts_beside_the_column_s_own_clock() -> None:
    assert late(column(), DAY - timedelta(days=15), DAY, CLOCKS)
    assert not late(column(), DAY - timedelta(days=14), DAY, CLOCKS)
    assert not late(column(kind=ColumnKind.BUDGET), DAY - timedelta(days=400), DAY, CLOCKS)


@pytest.mark.parametrize("known", [Known(), Known(newest_on=DAY), Known(validators=TAG)])
def test_without_a_dated_reading_or_validators_the_look_is_unconditional(known: Known) -> None:
    assert plan_one(column(), known).validators is None


def test_shared_column_is_always_fetched_whole() -> None:
    shared = column("tz", ColumnKind.ANNOUNCEMENTS, unit=None)
    assert plan_one(shared, Known(newest_on=DAY, validators=TAG)).validators is None


def test_a_column_that_is_told_how_to_be_read_is_never_asked_whether_it_changed() -> None:
    told = replace(column(), reading=ListOverride(rows="li"))
    known = Known(seen_on=DAY, newest_on=DAY, validators=TAG)
    assert plan_one(column(), known).validators is not None
    assert plan_one(told, known).validators is None


@pytest.mark.parametrize(
    ("kind", "unit", "known", "days"),
    [
        (ColumnKind.NEWS, "u", Known(), 0),
        (ColumnKind.ANNOUNCEMENTS, None, Known(), 184),  # 20 May to 20 November
        (ColumnKind.ANNOUNCEMENTS, None, Known(seen_on=DAY, covered=False), 184),
        (ColumnKind.ANNOUNCEMENTS, None, Known(seen_on=DAY - timedelta(days=1), covered=True), 2),
        (ColumnKind.ANNOUNCEMENTS, "u", Known(), 19),  # since the 1st of November
        (ColumnKind.POLICY, "u", Known(seen_on=DAY - timedelta(days=3), covered=True), 4),
        (ColumnKind.POLICY, "u", Known(seen_on=DAY - timedelta(days=300), covered=True), 19),
    ],
)
def test_list_is_paged_back_over_its_window_once(
    kind: ColumnKind, unit: str | None, known: Known, days: int
) -> None:
    assert plan_one(column("c", kind, unit), known).window_days == days


def test_plan_has_every_valid_subject_once() -> None:
    account = Account(id="wx", unit_id="u", platform="微信", name="wx", source="rss", url="http://b/feed")
    app = App(id="app", unit_id="u", name="app", package_url="http://d/a.apk")
    ended = Column(
        id="old", name="old", kind=ColumnKind.NEWS, url="http://p/old/", unit_id="u",
        valid_to=DAY - timedelta(days=1),
    )  # fmt: skip
    everything = registry(column(), column("w", unit="v"), ended, accounts=(account,), apps=(app,))
    looks = plan_looks(everything, day=DAY, known={})
    assert [look.subject_id for look in looks] == ["column:dt", "column:w", "account:wx", "app:app"]
    only_u = plan_looks(everything, day=DAY, known={}, units=("u",))
    assert [look.subject_id for look in only_u] == ["column:dt", "account:wx", "app:app"]


def test_check_looks_at_own_subjects_unconditionally() -> None:
    shared = column("tz", ColumnKind.ANNOUNCEMENTS, unit=None)
    looks = plan_unit(registry(column(), column("w", unit="v"), shared), "u", day=DAY, check_id=3)
    assert [(look.subject_id, look.check_id, look.validators) for look in looks] == [("column:dt", 3, None)]


def listed(number: int, on: date | None) -> ListRow:
    url = f"http://p.example/{number}.html"
    return ListRow(key=url, title="t", url=url, published_on=on, date_source=DateSource.ROW if on else None)


def seen_row(number: int, on: date | None, first_seen: date) -> SeenRow:
    url = f"http://p.example/{number}.html"
    at = datetime(first_seen.year, first_seen.month, first_seen.day, 4, tzinfo=UTC)
    return SeenRow(
        subject_id="column:tz", key=url, title="t", url=url, published_on=on, date_source=DateSource.ROW,
        others=(), first_seen_at=at,
    )  # fmt: skip


def read(number: int, labels: LabelState, state: PageState = PageState.OK) -> dict[str, Look]:
    url = f"http://p.example/{number}.html"
    at = datetime(2026, 11, 19, tzinfo=UTC)
    reading = DocumentReading(state=state, why="", labels=MappingProxyType(dict.fromkeys(LABELS, labels)))
    look = Look(
        id=1, subject_id=document_id(url), kind=SubjectKind.DOCUMENT, look=LookKind.OFFICIAL, official=True,
        at=at, wall_at=at, url=url, state=state, why="", reading=reading,
    )  # fmt: skip
    return {look.subject_id: look}


def due(one: Column, *rows: ListRow, known: DocumentsKnown | None = None, day: date = DAY) -> list[str]:
    looks = plan_documents(one, rows, known or DocumentsKnown(), day=day, budget=100)
    return [look.url.rpartition("/")[2].removesuffix(".html") for look in looks]


OWN = column("tz", ColumnKind.ANNOUNCEMENTS)
SHARED = column("tz", ColumnKind.ANNOUNCEMENTS, unit=None)


def test_documents_of_the_month_in_own_columns_newest_first() -> None:
    rows = [listed(n, on) for n, on in enumerate([date(2026, 11, 2), DAY, date(2026, 10, 31), None])]
    assert due(OWN, *rows) == ["1", "0"]
    assert due(column(kind=ColumnKind.NEWS), *rows) == []


def test_document_of_the_last_month_is_still_due_in_the_first_week() -> None:
    last = listed(1, date(2026, 10, 31))
    assert due(OWN, last, day=date(2026, 11, 7)) == ["1"]
    assert due(OWN, last, day=date(2026, 11, 8)) == []


def test_document_is_looked_at_until_its_labels_are_there() -> None:
    row = listed(1, DAY)
    for labels, wanted in ((LabelState.VALUE, []), (LabelState.EMPTY, ["1"]), (LabelState.ABSENT, ["1"])):
        assert due(OWN, row, known=DocumentsKnown(looks=read(1, labels))) == wanted
    failed = read(1, LabelState.VALUE, PageState.BLOCKED)
    assert due(OWN, row, known=DocumentsKnown(looks=failed)) == ["1"]


def test_shared_column_s_documents_are_read_once_over_six_months() -> None:
    rows = [listed(1, date(2026, 5, 20)), listed(2, date(2026, 5, 19)), listed(3, DAY)]
    assert due(SHARED, *rows) == ["3", "1"]
    assert due(SHARED, *rows, known=DocumentsKnown(looks=read(3, LabelState.ABSENT))) == ["1"]


def test_old_row_that_appeared_later_in_a_shared_column_is_due() -> None:
    first = seen_row(1, date(2026, 1, 1), date(2026, 11, 1))
    later = seen_row(2, date(2026, 1, 1), date(2026, 11, 10))
    assert due(SHARED, known=DocumentsKnown(rows=(first, later))) == ["2"]
    assert due(SHARED, listed(9, date(2026, 1, 1)), known=DocumentsKnown(rows=(first,))) == ["9"]


def test_undated_rows_of_a_shared_column_s_first_crawl_are_opened_once() -> None:
    """Unopened they could be anybody's, for ever, and no unit would be judged on that column again."""
    assert due(SHARED, listed(1, None), listed(2, DAY)) == ["2", "1"]
    assert due(OWN, listed(1, None)) == []
    first = seen_row(1, None, date(2026, 11, 1))
    assert due(SHARED, listed(1, None), known=DocumentsKnown(rows=(first,))) == ["1"]
    opened = read(1, LabelState.ABSENT)
    assert due(SHARED, listed(1, None), known=DocumentsKnown(rows=(first,), looks=opened)) == []
    unanswered = read(1, LabelState.ABSENT, PageState.FAILED)
    known = DocumentsKnown(rows=(first,), looks=unanswered)
    assert due(SHARED, known=known, day=date(2027, 5, 1)) == ["1"]
    assert due(SHARED, known=known, day=date(2027, 5, 2)) == []  # tried for half a year, not for ever


def test_undated_rows_come_last_in_the_budget() -> None:
    rows = [listed(1, None), listed(2, DAY), listed(3, None), listed(4, date(2026, 11, 2))]
    looks = plan_documents(SHARED, rows, DocumentsKnown(), day=DAY, budget=3)
    assert [look.url[-6:] for look in looks] == ["2.html", "4.html", "1.html"]


def test_budget_takes_the_newest() -> None:
    rows = [listed(n, date(2026, 11, n)) for n in range(1, 10)]
    looks = plan_documents(OWN, rows, DocumentsKnown(), day=DAY, budget=2)
    assert [look.url[-6:] for look in looks] == ["9.html", "8.html"]


YEARLY = frozenset({ColumnKind.INTERPRETATION.value})


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2027, 1, 1), date(2026, 1, 1)),
        (date(2027, 1, 31), date(2026, 1, 1)),  # all January the year before is still judged
        (date(2027, 2, 1), date(2027, 1, 1)),
        (date(2027, 12, 31), date(2027, 1, 1)),
    ],
)
@pytest.mark.parametrize("unit", ["u", None])
def test_columns_counted_by_the_year_are_read_back_to_its_first_day(
    day: date, first: date, unit: str | None
) -> None:
    one = column("jd", ColumnKind.INTERPRETATION, unit)
    [look] = plan_looks(registry(one), day=day, known={}, clocks=CLOCKS, yearly=YEARLY)
    assert look.window_days >= (day - first).days
    if unit is not None:
        assert look.window_days == max((day - first).days, 0)


def test_columns_counted_by_the_year_are_always_read_whole() -> None:
    """A 304 may not accuse, and after the year's end the look must."""
    known = Known(seen_on=DAY - timedelta(days=1), newest_on=DAY, covered=True, validators=TAG)
    one = column("jd", ColumnKind.INTERPRETATION)
    [look] = plan_looks(registry(one), day=DAY, known={one.subject_id: known}, yearly=YEARLY)
    assert (look.validators, look.window_days) == (None, 2)


def test_documents_of_the_whole_year_are_opened_once_for_attribution() -> None:
    shared = column("jd", ColumnKind.INTERPRETATION, None)
    rows = tuple(seen_row(n, date(2026, n, 3), date(2026, 11, 1)) for n in (1, 4, 6, 11))
    usual = plan_documents(shared, (), DocumentsKnown(rows=rows), day=DAY, budget=9)
    whole = plan_documents(shared, (), DocumentsKnown(rows=rows, since=date(2026, 1, 1)), day=DAY, budget=9)
    assert [look.url[-7:] for look in usual] == ["11.html", "/6.html"]
    assert [look.url[-7:] for look in whole] == ["11.html", "/6.html", "/4.html", "/1.html"]
