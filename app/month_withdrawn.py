"""What was withdrawn or exempted after closing a month is left out of print, without scoring anew."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.clock import local_day
from domain.events import Event, EventState
from domain.notices import DeductionLine, MonthReport, NoticeItem, Place, SubjectCount
from storage.archive import Archive


@dataclass(frozen=True, slots=True)
class _Split:
    kept: tuple[NoticeItem, ...]
    dropped: tuple[NoticeItem, ...]
    exempt: frozenset[int]


def lifted(report: MonthReport, archive: Archive) -> Mapping[int, EventState]:
    """Events of the report withdrawn since, or exempted for the days on which they were seen, and which."""
    events = archive.events_by_id({item.event_id for item in report.items})
    return {
        item.event_id: event.state
        for item in report.items
        if (event := events.get(item.event_id)) is not None and _lifted(item, event)
    }


def _lifted(item: NoticeItem, event: Event) -> bool:
    if event.state is EventState.EXEMPT:
        until = event.exempt_until
        seen = max(map(local_day, item.seen_at), default=None)
        return until is not None and (seen is None or seen <= until)
    return event.state is EventState.WITHDRAWN


def without(report: MonthReport, gone: Mapping[int, EventState]) -> MonthReport:
    """The report without these events' items and with their points given back; the rest stays as frozen."""
    split = _Split(
        tuple(item for item in report.items if item.event_id not in gone),
        tuple(item for item in report.items if item.event_id in gone),
        frozenset(event_id for event_id, state in gone.items() if state is EventState.EXEMPT),
    )
    if not split.dropped:
        return report
    charged = [item for item in split.dropped if item.charged]
    lines = [_reduced(line, split) for line in report.deductions]
    return replace(
        report,
        items=tuple(replace(item, number=n) for n, item in enumerate(split.kept, 1)),
        deductions=tuple(line for line in lines if line.count > 0),
        columns=_recounted(report.columns, split, Place.PORTAL),
        platforms=tuple(_recounted(one, split, Place.MEDIA) for one in report.platforms),
        year_count=report.year_count - len(charged),
        year_points=report.year_points - _points(charged),
    )


def _reduced(line: DeductionLine, split: _Split) -> DeductionLine:
    mine = [i for i in split.dropped if (i.unit_id, i.clause_id) == (line.unit_id, line.clause_id)]
    back = _points(mine)
    count = line.count - sum(1 for item in mine if item.charged)
    return replace(line, count=count, month_points=line.month_points - back, total=line.total - back)


def _recounted(count: SubjectCount, split: _Split, place: Place) -> SubjectCount:
    """A subject none of whose items is left counts as in order again, or as exempt where one is."""

    def of(items: Sequence[NoticeItem]) -> list[NoticeItem]:
        apart = ("document:", "notice:")  # no column or account of their own
        here = [item for item in items if item.place is place and not item.subject_id.startswith(apart)]
        return here if place is Place.PORTAL else [item for item in here if item.platform == count.label]

    kept, dropped = of(split.kept), of(split.dropped)
    cleared = {item.subject_id for item in dropped} - {item.subject_id for item in kept}
    exempt = cleared & {item.subject_id for item in dropped if item.event_id in split.exempt}
    late = {i.subject_id for i in dropped if i.late} - {i.subject_id for i in kept if i.late}
    return replace(
        count,
        problem=count.problem - len(cleared),
        late=count.late - len(late),
        exempt=count.exempt + len(exempt),
        units=len({item.unit_id for item in kept}),
    )


def _points(items: Iterable[NoticeItem]) -> Decimal:
    return sum((item.points for item in items), Decimal(0))
