"""How many columns and accounts were watched in the month, and how each of them stood."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum

from app.assess import Assessment
from app.month_items import APP_PLATFORM
from app.month_view import UNPROVEN, MonthView, answered, pending
from domain.clock import local_day
from domain.events import Event, EventState
from domain.notices import NoticeItem, SubjectCount
from domain.units import Account, App, Column, Subject


class Stand(StrEnum):
    PROBLEM = "problem"
    UNKNOWN = "unknown"
    CARRIED = "carried"
    SUSPECTED = "suspected"
    EXEMPT = "exempt"
    NORMAL = "normal"


def units(view: MonthView) -> int:
    """Units of which something was watched."""
    watched = {subject.subject_id for subject in view.watched}
    return len({one.case.unit_id for one in view.told if one.case.subject_id in watched})


def column_count(view: MonthView, items: Sequence[NoticeItem]) -> SubjectCount:
    columns = [subject for subject in view.watched if isinstance(subject, Column)]
    return _count("栏目", columns, view, items)


def platform_counts(view: MonthView, items: Sequence[NoticeItem]) -> tuple[SubjectCount, ...]:
    """One count a platform, in the order they first stand in the registry; apps last."""
    by_platform: dict[str, list[Subject]] = defaultdict(list)
    for subject in view.watched:
        if isinstance(subject, Account):
            by_platform[subject.platform].append(subject)
    by_platform[APP_PLATFORM] = [s for s in view.watched if isinstance(s, App)]
    counts = (_count(name, subjects, view, items) for name, subjects in by_platform.items())
    return tuple(count for count in counts if count.monitored)


def unconfirmed(view: MonthView) -> tuple[Event, ...]:
    """Suspected events that wait for a second look or a person: never told as problems."""
    return tuple(event for one in view.told for event in one.events if pending(event, view))


def _count(
    label: str, subjects: Iterable[Subject], view: MonthView, items: Sequence[NoticeItem]
) -> SubjectCount:
    """Only subjects that some test judges; a column is judged by its own tests, not by its documents'."""
    by_subject: dict[str, list[Assessment]] = defaultdict(list)
    for one in view.told:
        by_subject[one.case.subject_id].append(one)
    ids = [s.subject_id for s in subjects if s.subject_id in by_subject]
    mine = [item for item in items if item.subject_id in ids]
    charged = {item.subject_id for item in mine}
    stands = [_stand(view, by_subject[one], problem=one in charged) for one in ids]
    return SubjectCount(
        label=label, monitored=len(ids), problem=stands.count(Stand.PROBLEM),
        late=len({item.subject_id for item in mine if item.late}),
        carried=stands.count(Stand.CARRIED), suspected=stands.count(Stand.SUSPECTED),
        unknown=stands.count(Stand.UNKNOWN), units=len({item.unit_id for item in mine}),
        exempt=stands.count(Stand.EXEMPT),
    )  # fmt: skip


def _stand(view: MonthView, cases: Sequence[Assessment], *, problem: bool) -> Stand:
    events = [event for one in cases for event in one.events]
    if problem:
        return Stand.PROBLEM
    if not answered(view.in_month(finding for one in cases for finding in one.findings)):
        return Stand.UNKNOWN
    if any(_carried(event, view) for event in events):
        return Stand.CARRIED
    if any(pending(event, view) for event in events):
        return Stand.SUSPECTED
    return Stand.EXEMPT if any(_let_off(event, view) for event in events) else Stand.NORMAL


def _let_off(event: Event, view: MonthView) -> bool:
    """In breach in the month, and exempted: neither a problem nor in order."""
    if event.state is not EventState.EXEMPT or local_day(event.opened_at) > view.until:
        return False
    return event.closed_at is None or local_day(event.closed_at) >= view.month.first_day


def _carried(event: Event, view: MonthView) -> bool:
    """Confirmed earlier and still in breach on the month's last day."""
    if event.confirmed_at is None or event.state in UNPROVEN or local_day(event.confirmed_at) > view.until:
        return False
    return event.closed_at is None or local_day(event.closed_at) > view.until
