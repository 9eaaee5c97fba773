"""The column shared by the whole banner, and faults in documents of the month wherever they stand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

from demo.documents import Writer, days_back, published, spoiled
from demo.world import Document, Fault, ListPage, PlantedUnit, Row, Shape
from domain.units import ColumnKind

LABELLED = frozenset({ColumnKind.ANNOUNCEMENTS, ColumnKind.POLICY})
DOCUMENT_FAULTS = (
    Fault.DOCUMENT_NO_NUMBER, Fault.DOCUMENT_EMPTY_KEYWORDS, Fault.DOCUMENT_ABSENT_NUMBER,
    Fault.DOCUMENT_BARE,
)  # fmt: skip
FIRST_DAY, LAST_DAY = date(2026, 9, 3), date(2026, 9, 27)
"""Documents of these days are there on all three nights."""
LATE_DAY = date(2026, 9, 29)
"""A document of this day is there from the second night on."""
OLD_DAY = date(2026, 8, 28)
"""Documents up to here were published before monitoring began."""
OLDEST = date(2025, 12, 1)


def shared_notices(
    writer: Writer, host: str, units: Sequence[PlantedUnit], outsiders: Sequence[str]
) -> ListPage:
    """The banner's 通知公告: of all units without a column of their own, and of some not assessed."""
    page = ListPage(
        id="qi-tzgg", name="通知公告", kind=ColumnKind.ANNOUNCEMENTS, host=host, path="/xxgk/tzgg/",
        shape=Shape.TRS_TABLE, rows=(), page_rows=15,
    )  # fmt: skip
    rows: list[Row] = []
    for unit in units:
        if unit.on_shared:
            silent = unit.shared_fault is Fault.SHARED_SILENT
            newest = date(2026, 3, 20) if silent else date(2026, 9, writer.random.randint(15, 26))
            rows += _rows(writer, page, (unit.name, *unit.aliases), newest)
    rows += _rows(writer, page, outsiders, date(2026, 9, 28))
    rows.sort(key=lambda row: row.document.day, reverse=True)
    return replace(page, rows=tuple(rows))


def _rows(writer: Writer, page: ListPage, publishers: Sequence[str], newest: date) -> list[Row]:
    days = [day for day in days_back(writer.random, newest, 12, step=40) if day > OLDEST]
    return [
        published(writer.notice(page.path, writer.random.choice(publishers), day, page.shape, policy=False))
        for day in days
    ]


def with_faulty_documents(
    random: Random, units: Sequence[PlantedUnit], shared: ListPage
) -> tuple[list[PlantedUnit], ListPage]:
    """Faults in documents of the month, own and shared; one of August; one of the month's last days."""
    own = [
        row.document
        for unit in units
        for page in unit.columns
        for row in page.rows
        if page.fault is Fault.NONE and page.kind in LABELLED
    ]
    sharers = {name for unit in units if unit.on_shared for name in (unit.name, *unit.aliases)}
    ours = [row.document for row in shared.rows if row.document.publisher in sharers]
    month = [one.path for one in (*own, *ours) if FIRST_DAY <= one.day <= LAST_DAY]
    chosen = dict(zip(random.sample(month, len(DOCUMENT_FAULTS)), DOCUMENT_FAULTS, strict=True))
    chosen[_one(random, own, LATE_DAY, LATE_DAY)] = Fault.DOCUMENT_LATE
    chosen[_one(random, own, date.min, OLD_DAY)] = Fault.DOCUMENT_OLD
    spoilt = [replace(unit, columns=tuple(_spoilt(page, chosen) for page in unit.columns)) for unit in units]
    return spoilt, _spoilt(shared, chosen)


def _one(random: Random, texts: Sequence[Document], first: date, last: date) -> str:
    return random.choice([text.path for text in texts if first <= text.day <= last])


def _spoilt(page: ListPage, chosen: dict[str, Fault]) -> ListPage:
    rows = [
        replace(row, document=spoiled(row.document, chosen[row.document.path]))
        if row.document.path in chosen
        else row
        for row in page.rows
    ]
    return replace(page, rows=tuple(rows))
