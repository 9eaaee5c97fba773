"""What tests read of columns: the looks that are judged, whose the rows are, and several columns as one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from app.office import Office
from domain.clock import local_day
from domain.looks import Look, SeenRow
from domain.readings import DatedBy, DocumentReading, PageState
from domain.rubric import Test
from domain.units import App, Column, ColumnKind, RegistrationState, Subject, Unit, stood_on
from monitors.attribution import alias_table, units_of
from monitors.case import Sheaf
from monitors.rectification import LAST_INSTANT


@dataclass(slots=True)
class Sheaves:
    """Columns as read before a moment, each loaded once for all the units and tests that ask."""

    office: Office
    until: datetime | None = None
    _known: dict[str, Sheaf] = field(default_factory=dict)
    _documents: dict[str, list[Look]] = field(default_factory=dict)

    def documents(self, column: Column) -> list[Look]:
        """The looks at the column's documents, by (at, id)."""
        found = self._documents.get(column.subject_id)
        if found is None:
            found = self.office.archive.looks_under(column.subject_id, self.until)
            self._documents[column.subject_id] = found
        return found

    def of(self, column: Column) -> Sheaf:
        found = self._known.get(column.subject_id)
        if found is None:
            found = self._known[column.subject_id] = self._read(column)
        return found

    def _read(self, column: Column) -> Sheaf:
        archive, until = self.office.archive, self.until
        rows = archive.rows_of(column.subject_id, until)
        documents = self.documents(column) if column.shared else []
        told = _dates_told(documents)  # an own list asks its documents itself (crawler/dating.py)
        rows = [_dated(row, told.get(row.key, ())) for row in rows] if told else rows
        return Sheaf(
            column_id=column.subject_id, kind=column.kind.value, name=column.name,
            looks=considered(archive.looks_of(column.subject_id, until), column),
            rows=tuple(rows),
            units_of=attributed(self.office, documents) if column.shared else None,
            until=column.valid_to,
        )  # fmt: skip


def registered(office: Office, unit: Unit, subject: Subject, kind: str) -> bool:
    """Own subjects count unless registered otherwise; shared columns only where registered as monitored.

    Notices of upper levels concern every unit.
    """
    record = office.registration(unit.id, kind)
    if record is None:
        return subject.unit_id is not None or kind == ColumnKind.CRITICISM
    return record.state is RegistrationState.MONITORED


def gathered(office: Office, unit: Unit, test: Test, day: date) -> list[Column]:
    """The columns where a unit may publish what the test counts, the one its verdict hangs on first.

    That is an own column valid on the day, else the first shared one the unit is registered on. A column
    still to come on the day is not among them.
    """
    columns = [
        column
        for column in office.registry.columns_for(unit.id)
        if column.kind.value in test.kinds
        and column.monitored_from is not None
        and (column.valid_from is None or column.valid_from <= day)
        and registered(office, unit, column, column.kind.value)
    ]

    def turn(one: Column) -> tuple[bool, bool, int]:
        return not one.valid_on(day), one.shared, -(one.valid_to or date.max).toordinal()

    return sorted(columns, key=turn)


def last_day(office: Office, until: datetime | None) -> date:
    """The Beijing day of the last moment that counts; `until`: the first left out, None: now."""
    return local_day(office.now() if until is None else until - LAST_INSTANT)


def of_another(office: Office, look: Look, unit: Unit) -> bool:
    """Whether the column was another unit's when it was looked at: handed over since, or registered wrong."""
    return look.unit_id not in {None, unit.id} and office.registry.has_unit(look.unit_id or "")


def beside(office: Office, unit: Unit, test: Test) -> list[Column]:
    """Columns read as evidence: the unit's own and all shared ones of the kinds the test names in `also`."""
    return [
        column
        for column in office.registry.columns_for(unit.id)
        if column.kind.value in test.also and column.monitored_from is not None
    ]


def considered(looks: Sequence[Look], subject: Subject) -> tuple[Look, ...]:
    """The looks that are judged: at the present address, from `monitored_from` on, while it is valid.

    An address that changed after `monitored_from`, also back to an old one, is 试运行 until the office
    renews it (design.md §4.9).
    """
    url = subject.package_url if isinstance(subject, App) else subject.url
    here = [look for look in looks if look.url == url or look.attested_by]
    elsewhere = [local_day(look.at) for look in looks if look.url != url and not look.attested_by]
    start, left = subject.monitored_from, max(elsewhere, default=None)
    crawled = (local_day(look.at) for look in here if not look.attested_by)
    moved = next((day for day in crawled if day >= left), None) if left is not None else None
    if start is None or (moved is not None and start < moved):
        return ()
    return tuple(
        look for look in here if local_day(look.at) >= start and stood_on(subject, local_day(look.at))
    )


def attributed(office: Office, documents: Iterable[Look]) -> dict[str, frozenset[str]]:
    """Row key -> units, from the documents of a shared column; keys that stay open are missing."""
    table = alias_table(office.registry.units, office.registry.other_publishers)
    found: dict[str, frozenset[str]] = {}
    for look in documents:
        if isinstance(look.reading, DocumentReading):
            units = units_of(look.reading, table)
            if units is not None:
                found[row_key(look)] = units
    return found


def _dates_told(looks: Iterable[Look]) -> Mapping[str, tuple[DatedBy, ...]]:
    """Row key -> what the document's page says of its publication date (never 发文日期: no source)."""
    found: dict[str, tuple[DatedBy, ...]] = {}
    for look in looks:
        reading = look.reading
        if isinstance(reading, DocumentReading) and reading.state is PageState.OK:
            own = reading.published_on if reading.date_source is not None else None
            first = (DatedBy(on=own, source=reading.date_source),) if own and reading.date_source else ()
            found[row_key(look)] = (*found.get(row_key(look), ()), *first, *reading.others)
    return found


def _dated(row: SeenRow, told: Sequence[DatedBy]) -> SeenRow:
    """The row with its document's date, as its own where it had none, else as another candidate (§4.6)."""
    if row.published_on is None and told:
        row = replace(row, published_on=told[0].on, date_source=told[0].source)
    others = dict.fromkeys((*row.others, *told))
    return replace(row, others=tuple(one for one in others if one.on != row.published_on))


def row_key(look: Look) -> str:
    """The key of the row behind a document's look: its address without fragment."""
    return look.url.partition("#")[0]
