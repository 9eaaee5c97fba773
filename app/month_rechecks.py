"""What became of the last notice's items, from the events as they stand now (design.md §4.12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.month_view import MonthView
from app.office import Office
from domain.clock import Month, day_end
from domain.events import Event, EventState
from domain.notices import MonthReport, NoticeItem, PreviousNotice, RecheckLine, RecheckResult
from domain.records import NoticeRow
from notices.frozen import thaw
from notices.headings import against_lateness

GRACE = timedelta(hours=6)
"""Rows dated by the deadline may be seen so much later: the look after midnight (design.md §4.12)."""


@dataclass(frozen=True, slots=True)
class Rechecked:
    previous: PreviousNotice | None
    lines: tuple[RecheckLine, ...]


def rechecks(view: MonthView) -> Rechecked:
    """The items of the last notice issued for an earlier month; none before the first."""
    row = last_notice(view.office, view.month)
    if row is None:
        return Rechecked(None, ())
    report = thaw(MonthReport, row.report)
    before = PreviousNotice(
        month=row.month, number=row.number, issued_on=row.issued_on, deadline=row.deadline
    )
    events = {event.id: event for one in view.found for event in one.events}
    return Rechecked(before, tuple(_line(view, item, row.deadline, events) for item in report.items))


def last_notice(office: Office, month: Month) -> NoticeRow | None:
    return max(
        (row for row in office.archive.notices() if row.month < month),
        key=lambda row: row.month,
        default=None,
    )


def _line(
    view: MonthView, item: NoticeItem, deadline: date, events: Mapping[int | None, Event]
) -> RecheckLine:
    event = events.get(item.event_id) or view.office.archive.event(item.event_id)
    return RecheckLine(
        item=item.number, unit_id=item.unit_id, unit=item.unit,
        problem=f"{item.subject}：{item.problem}", deadline=deadline,
        checked_at=(event.closed_at or event.last_seen_at) if event else None,
        result=result(event, item, deadline, view.now), counts=_counts(view.office, item.annex),
    )  # fmt: skip


def result(event: Event | None, item: NoticeItem, deadline: date, now: datetime) -> RecheckResult:
    """Late only where a look after the deadline still saw the breach; else 无法判定.

    整改不到位: something newer came, but it is still in breach.
    """
    end = day_end(deadline)
    if event is None or event.state in {EventState.WITHDRAWN, EventState.EXEMPT}:
        return RecheckResult.WITHDRAWN
    if event.closed_at is not None and event.closed_at <= end + GRACE:
        return RecheckResult.FIXED
    if event.open and now <= end:
        return RecheckResult.NOT_DUE
    if event.last_seen_at < end:
        return RecheckResult.UNKNOWN
    return RecheckResult.LATE if event.closed_at is not None else _still(event, item)


def _still(event: Event, item: NoticeItem) -> RecheckResult:
    better = event.newest_on is not None and (item.newest_on is None or event.newest_on > item.newest_on)
    return RecheckResult.PARTLY if better else RecheckResult.NOT_FIXED


def _counts(office: Office, annex: int) -> bool:
    rubric = office.rubrics.get(annex)
    return rubric is not None and any(map(against_lateness, rubric.clauses))
