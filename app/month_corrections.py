"""更正事项: what closed months charged and what stands of it now. No closed month is scored anew.

Compared is what the notices last told of each event and month, with later corrections counted in, so
that every difference is told once. Caps are shared out over the whole year as on the score sheet: where
a withdrawal makes room under a cap, the next event's share is corrected too, and the sums agree with it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.assess import Assessment
from app.month_items import named
from app.month_scores import shared_out
from app.month_view import MonthView, clause_of
from app.office import Office
from app.reports import issued_report
from app.scores import charged
from domain.clock import Month
from domain.events import Event, EventState
from domain.notices import Correction, CorrectionKind, MonthReport, NoticeItem
from domain.scores import Occurrence
from domain.units import Unit
from notices.frozen import thaw
from notices.headings import heading, secret
from scoring.shapes import counted

NOTHING = Decimal(0)
LIFTED = frozenset({CorrectionKind.WITHDRAWN, CorrectionKind.EXEMPT})


@dataclass(frozen=True, slots=True)
class _Key:
    month: Month
    event_id: int


@dataclass(frozen=True, slots=True)
class _Told:
    points: Decimal
    item: NoticeItem | None
    kind: CorrectionKind | None = None  # of the last correction


def corrections(view: MonthView) -> tuple[Correction, ...]:
    """By month, unit and event; empty as long as nothing told has changed."""
    closed = closed_reports(view.office)
    told = _told(closed, view.month)
    now = _now(view)
    before = {month for month in closed if month < view.month}
    events = {event.id: (one, event) for one in view.found for event in one.events}
    keys = {key for key in (*told, *now) if key.month in before}
    order = {unit.id: n for n, unit in enumerate(view.office.registry.units)}
    made = (_correction(view.office, key, told, now, events) for key in keys)
    found = [one for one in made if one is not None and _news(one, told)]
    return tuple(sorted(found, key=lambda c: (c.month, order.get(c.unit_id, len(order)), c.event_id)))


def _news(one: Correction, told: Mapping[_Key, _Told]) -> bool:
    """Points moved, or a charge is lifted that gives nothing back because of the cap: told all the same."""
    before = told.get(_Key(one.month, one.event_id))
    lifted = one.kind in LIFTED and before is not None and before.item is not None
    return bool(one.returned) or (lifted and before is not None and before.kind is not one.kind)


def closed_reports(office: Office) -> Mapping[Month, MonthReport]:
    """What was last printed of every closed month: as issued, else as closed; in order."""
    issued = {row.month: row for row in office.archive.notices()}
    found = {}
    for month in sorted(office.archive.closures()):
        row = issued.get(month)
        found[month] = issued_report(office, row) if row else thaw(MonthReport, _closed(office, month))
    return found


def _closed(office: Office, month: Month) -> Mapping[str, object]:
    row = office.archive.closed_month(month)
    return row.report if row else {}


def _told(closed: Mapping[Month, MonthReport], month: Month) -> dict[_Key, _Told]:
    told: dict[_Key, _Told] = {}
    for at, report in closed.items():
        if at < month:
            charges = (item for item in report.items if item.charged)
            told.update({_Key(at, item.event_id): _Told(item.points, item) for item in charges})
        for line in report.corrections:
            key = _Key(line.month, line.event_id)
            told[key] = _Told(line.now, told[key].item if key in told else None, line.kind)
    return told


def _now(view: MonthView) -> dict[_Key, Decimal]:
    """What every occurrence takes after the cap of its clause and score year."""
    return {
        _Key(charge.occurrence.month, charge.occurrence.event_id): charge.points
        for unit in view.office.registry.units
        for points, group in _by_cap(view, unit)
        for charge in shared_out(points, group)
    }


def _by_cap(view: MonthView, unit: Unit) -> Iterator[tuple[Decimal, list[Occurrence]]]:
    mine: Iterable[Assessment] = [one for one in view.told if one.case.unit_id == unit.id]
    if not mine:
        return
    rubric = view.office.rubric_for(unit)
    groups: dict[tuple[str, int], list[Occurrence]] = defaultdict(list)
    hits = [one for one in charged(mine, rubric) if one.month <= view.month]
    for year in {one.score_year for one in hits}:
        for one in counted(rubric, (hit for hit in hits if hit.score_year == year)):
            groups[one.clause_id, year].append(one)
    for (clause_id, _), group in groups.items():
        clause = clause_of(view.office, unit, clause_id)
        if not secret(clause):
            yield clause.points[unit.kind], group


def _correction(
    office: Office,
    key: _Key,
    told: Mapping[_Key, _Told],
    now: Mapping[_Key, Decimal],
    events: Mapping[int | None, tuple[Assessment, Event]],
) -> Correction | None:
    """None where nothing can have changed: an event no longer judged stands unless it was withdrawn."""
    before = told.get(key)
    one, event = events.get(key.event_id) or (None, office.archive.event(key.event_id))
    gone = event is None or event.state is EventState.WITHDRAWN
    if one is None and not gone:
        return None
    said = before.points if before else NOTHING
    stands = NOTHING if gone else now.get(key, NOTHING)
    if before is not None and before.item is not None:
        return _of_item(before.item, key, _kind(event, known=True), said, stands)
    if one is None or event is None:
        return None
    unit = office.unit(event.unit_id)
    return Correction(
        month=key.month, item=None, event_id=key.event_id, unit_id=unit.id, unit=unit.name,
        problem=f"{named(office, event.subject_id).name}：{heading(one.case.test)}",
        clause_id=event.clause_id, clause=clause_of(office, unit, event.clause_id).item,
        kind=_kind(event, known=before is not None), told=said, now=stands,
    )  # fmt: skip


def _of_item(item: NoticeItem, key: _Key, kind: CorrectionKind, told: Decimal, now: Decimal) -> Correction:
    return Correction(
        month=key.month, item=item.number, event_id=key.event_id, unit_id=item.unit_id, unit=item.unit,
        problem=f"{item.subject}：{item.problem}", clause_id=item.clause_id, clause=item.clause, kind=kind,
        told=told, now=now,
    )  # fmt: skip


def _kind(event: Event | None, *, known: bool) -> CorrectionKind:
    if event is None or event.state is EventState.WITHDRAWN:
        return CorrectionKind.WITHDRAWN
    if event.state is EventState.EXEMPT:
        return CorrectionKind.EXEMPT
    return CorrectionKind.CHANGED if known else CorrectionKind.ADDED
